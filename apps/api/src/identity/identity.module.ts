import { WechatClient } from '@haoban/wechat';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CitizenLoginService } from './citizen-login.service.js';
import { CitizenProfileService } from './citizen-profile.service.js';
import { CitizenEntity } from './citizen.entity.js';
import { CitizensService } from './citizens.service.js';
import { DemoAccountsCheck } from './demo-accounts-check.js';
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
  imports: [TypeOrmModule.forFeature([CitizenEntity, StaffEntity, RefreshTokenEntity])],
  controllers: [IdentityController],
  providers: [
    CitizensService,
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
  exports: [CitizensService, StaffService, PersonCipher, HallNames, WechatClient],
})
export class IdentityModule {}
