import { WechatClient } from '@haoban/wechat';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthorisationCodeEntity, AuthorisationEntity } from './authorisation.entity.js';
import { AuthorisationsService } from './authorisations.service.js';
import { CitizenLoginService } from './citizen-login.service.js';
import { CitizenProfileService } from './citizen-profile.service.js';
import { CitizenEntity } from './citizen.entity.js';
import { CitizensService } from './citizens.service.js';
import { DemoAccountsCheck } from './demo-accounts-check.js';
import { GreenEvidenceEntity } from './green-evidence.entity.js';
import { GreenService } from './green.service.js';
import { HallNames } from './hall-names.js';
import { IdentityController } from './identity.controller.js';
import { IdentityJobs } from './identity.jobs.js';
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
  controllers: [IdentityController],
  providers: [
    CitizensService,
    AuthorisationsService,
    GreenService,
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
