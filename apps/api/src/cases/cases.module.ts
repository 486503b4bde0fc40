import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GuideModule } from '../guide/guide.module.js';
import { CasePeople } from './case-people.js';
import { CaseRecords } from './case-records.js';
import {
  CaseCounterEntity,
  CaseEntity,
  CaseEventEntity,
  CaseMaterialEntity,
  CertificateEntity,
} from './case.entity.js';
import { CasesService } from './cases.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      CaseEntity,
      CaseEventEntity,
      CaseMaterialEntity,
      CaseCounterEntity,
      CertificateEntity,
    ]),
    GuideModule,
  ],
  providers: [CasePeople, CaseRecords, CasesService],
  exports: [CasesService],
})
export class CasesModule {}
