import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CitizenEntity } from './citizen.entity.js';
import { CitizensService } from './citizens.service.js';
import { HallNames } from './hall-names.js';
import { PersonCipher } from './person-cipher.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { StaffEntity } from './staff.entity.js';
import { StaffService } from './staff.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CitizenEntity, StaffEntity, RefreshTokenEntity])],
  providers: [CitizensService, StaffService, PersonCipher, HallNames],
  exports: [CitizensService, StaffService, PersonCipher, HallNames],
})
export class IdentityModule {}
