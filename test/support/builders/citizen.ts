import type { Client } from '@haoban/client';
import type { Session } from '@haoban/contracts';
import { mod11Radix2 } from '@haoban/domain';
import type { CitizenActor } from '../../../apps/api/src/common/actor.js';
import { CitizenLoginService } from '../../../apps/api/src/identity/citizen-login.service.js';
import { CitizenProfileService } from '../../../apps/api/src/identity/citizen-profile.service.js';
import type { World } from '../world.js';

export interface CitizenOptions {
  /** Where this differs from the usual: 林一, 林二, … */
  readonly name?: string;
  readonly idNumber?: string;
  readonly phone?: string;
  readonly openid?: string;
  /** How far the person has come: `signed-in` has agreed to nothing yet. Default `real-name`, with a phone. */
  readonly upTo?: 'signed-in' | 'consented' | 'real-name';
}

export interface TestCitizen {
  readonly id: string;
  readonly openid: string;
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly actor: CitizenActor;
  /** Speaks the contract as this person. */
  readonly client: Client;
  readonly session: Session;
}

let made = 0;

/** A valid ID number of a region that is not allotted; `n` up to 999 differ on one birthday. */
export function idNumberOf(n: number, birthday = '19900307'): string {
  const digits = `359901${birthday}${String(n % 1000).padStart(3, '0')}`;
  return digits + mod11Radix2(digits);
}

/** A person who opened the mini-program, agreed, and gave name, ID number and phone. */
export async function newCitizen(world: World, options: CitizenOptions = {}): Promise<TestCitizen> {
  made += 1;
  // A thousand people a birthday.
  const birthday = String(19_500_101 + Math.floor(made / 1000) * 10_000);
  const {
    name = `林${[...String(made)].map((digit) => '零一二三四五六七八九'.charAt(Number(digit))).join('')}`,
    idNumber = idNumberOf(made, birthday),
    phone = `154${String(made).padStart(8, '0')}`,
    openid = `test-openid-${made}`,
    upTo = 'real-name',
  } = options;
  const { session, citizen } = await world.get(CitizenLoginService).signIn({ openid });
  const actor: CitizenActor = { kind: 'citizen', citizenId: citizen.id };
  const profiles = world.get(CitizenProfileService);
  if (upTo !== 'signed-in') await profiles.acceptPrivacy(actor, '2026-01');
  if (upTo === 'real-name') {
    await profiles.setRealName(actor, { name, idNumber });
    await profiles.setPhone(actor, { phone });
  }
  return {
    id: citizen.id,
    openid,
    name,
    idNumber,
    phone,
    actor,
    // By the actor and not by the session: a test may move the clock by weeks.
    client: world.client(actor),
    session,
  };
}

/** `count` of them, made side by side. */
export async function newCitizens(world: World, count: number): Promise<TestCitizen[]> {
  const citizens: TestCitizen[] = [];
  for (let left = count; left > 0; left -= 20) {
    const batch = Array.from({ length: Math.min(20, left) }, () => newCitizen(world));
    citizens.push(...(await Promise.all(batch)));
  }
  return citizens;
}
