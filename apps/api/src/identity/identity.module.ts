import { WechatClient } from '@haoban/wechat';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthorisationCitizenService } from './authorisation-citizen.service.js';
import { AuthorisationDeskService } from './authorisation-desk.service.js';
import { AuthorisationExpiryService } from './authorisation-expiry.service.js';
import { AuthorisationOpenService } from './authorisation-open.service.js';
import { AuthorisationCodeEntity, AuthorisationEntity } from './authorisation.entity.js';
import { AuthorisationsService } from './authorisations.service.js';
import { CitizenLoginService } from './citizen-login.service.js';
import { CitizenProfileService } from './citizen-profile.service.js';
import { CitizenEntity } from './citizen.entity.js';
import { CitizensService } from './citizens.service.js';
import { DemoAccountsCheck } from './demo-accounts-check.js';
import { GreenDeskService } from './green-desk.service.js';
import { GreenEvidenceEntity } from './green-evidence.entity.js';
import { GreenNewsService } from './green-news.service.js';
import { GreenProfileService } from './green-profile.service.js';
import { GreenService } from './green.service.js';
import { HallNames } from './hall-names.js';
import { IdentityController } from './identity.controller.js';
import { IdentityJobs } from './identity.jobs.js';
import { PeopleController } from './people.controller.js';
import { PersonCipher } from './person-cipher.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { RevokedSessions } from './revoked-sessions.js';
import { SessionsService } from './sessions.service.js';
import { StaffLoginService } from './staff-login.service.js';
import { StaffEntity } from './staff.entity.js';
import { StaffService } from './staff.service.js';
import { wechatProvider } from './wechat.provider.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      CitizenEntity,
      StaffEntity,
      RefreshTokenEntity,
      AuthorisationEntity,
      AuthorisationCodeEntity,
      GreenEvidenceEntity,
    ]),
  ],
  controllers: [IdentityController, PeopleController],
  providers: [
    CitizensService,
    AuthorisationsService,
    AuthorisationOpenService,
    AuthorisationExpiryService,
    AuthorisationCitizenService,
    AuthorisationDeskService,
    GreenService,
    GreenNewsService,
    GreenProfileService,
    GreenDeskService,
    CitizenLoginService,
    CitizenProfileService,
    StaffService,
    StaffLoginService,
    SessionsService,
    RevokedSessions,
    PersonCipher,
    HallNames,
    DemoAccountsCheck,
    IdentityJobs,
    wechatProvider,
  ],
  exports: [
    CitizensService,
    AuthorisationsService,
    GreenService,
    StaffService,
    PersonCipher,
    HallNames,
    WechatClient,
  ],
})
export class IdentityModule {}
