import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs } from '../common/route.js';
import { CitizenLoginService } from './citizen-login.service.js';
import { CitizenProfileService } from './citizen-profile.service.js';
import { SessionsService } from './sessions.service.js';
import { StaffLoginService } from './staff-login.service.js';
import { StaffService } from './staff.service.js';

const { identity } = endpoints;
type Of<Operation extends keyof typeof identity> = Inputs<(typeof identity)[Operation]>;

/** A whole hall shares one address, so these only stop what no crowd does. */
const perAddress = { points: 1200, seconds: 60, by: 'ip' } as const;
const perPerson = { points: 20, seconds: 60, by: 'actor' } as const;
const perUsername = {
  points: 30,
  seconds: 60,
  by: ({ body }: FastifyRequest) =>
    String((body as { username?: unknown } | null | undefined)?.username)
      .slice(0, 64)
      .trim(),
};

@Controller()
export class IdentityController {
  constructor(
    private readonly citizenLogin: CitizenLoginService,
    private readonly staffLogins: StaffLoginService,
    private readonly sessions: SessionsService,
    private readonly profiles: CitizenProfileService,
    private readonly staff: StaffService,
  ) {}

  @Route(identity.wechatLogin)
  @RateLimit(perAddress)
  wechatLogin(@Input() { code }: Of<'wechatLogin'>) {
    return this.citizenLogin.login(code);
  }

  @Route(identity.staffLogin)
  @RateLimit({ points: 120, seconds: 60, by: 'ip' }, perUsername)
  staffLogin(@Input() input: Of<'staffLogin'>) {
    return this.staffLogins.login(input);
  }

  @Route(identity.refresh)
  @RateLimit(perAddress)
  refresh(@Input() { refreshToken }: Of<'refresh'>) {
    return this.sessions.refresh(refreshToken);
  }

  @Route(identity.logout)
  @RateLimit(perAddress)
  logout(@Input() { refreshToken }: Of<'logout'>) {
    return this.sessions.logout(refreshToken);
  }

  @Route(identity.me)
  me(@CurrentActor() actor: CitizenActor) {
    return this.profiles.me(actor);
  }

  @Route(identity.acceptPrivacy)
  acceptPrivacy(@CurrentActor() actor: CitizenActor, @Input() { version }: Of<'acceptPrivacy'>) {
    return this.profiles.acceptPrivacy(actor, version);
  }

  @Route(identity.setRealName)
  @RateLimit(perPerson)
  setRealName(@CurrentActor() actor: CitizenActor, @Input() input: Of<'setRealName'>) {
    return this.profiles.setRealName(actor, input);
  }

  @Route(identity.setPhone)
  @RateLimit(perPerson)
  setPhone(@CurrentActor() actor: CitizenActor, @Input() input: Of<'setPhone'>) {
    return this.profiles.setPhone(actor, input);
  }

  @Route(identity.updatePreferences)
  updatePreferences(@CurrentActor() actor: CitizenActor, @Input() input: Of<'updatePreferences'>) {
    return this.profiles.updatePreferences(actor, input);
  }

  @Route(identity.staffMe)
  staffMe(@CurrentActor() actor: StaffActor) {
    return this.staff.account(actor.staffId);
  }

  @Route(identity.changePassword)
  @RateLimit(perPerson)
  changePassword(@CurrentActor() actor: StaffActor, @Input() input: Of<'changePassword'>) {
    return this.staffLogins.changePassword(actor, input);
  }

  @Route(identity.listStaff)
  listStaff() {
    return this.staff.list();
  }

  @Route(identity.unlockStaff)
  unlockStaff(@CurrentActor() actor: StaffActor, @Input() { staffId }: Of<'unlockStaff'>) {
    return this.staff.unlock(actor, staffId);
  }
}
