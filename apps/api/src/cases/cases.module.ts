import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { QueueModule } from '../queue/queue.module.js';
import { CaseApplicants } from './case-applicant.service.js';
import { CaseCertificates } from './case-certificates.service.js';
import { CaseDeskService } from './case-desk.service.js';
import { CaseLookUpService } from './case-look-up.service.js';
import { CaseOpenService } from './case-open.service.js';
import { CasePeople } from './case-people.js';
import { CaseReadService } from './case-read.service.js';
import { CaseRecords } from './case-records.js';
import { CaseSteps } from './case-steps.service.js';
import { CaseTopics } from './case-topics.js';
import { CaseViews } from './case-views.service.js';
import {
  CaseCounterEntity,
  CaseEntity,
  CaseEventEntity,
  CaseMaterialEntity,
  CertificateEntity,
} from './case.entity.js';
import { CasesController } from './cases.controller.js';
import { CasesJobs } from './cases.jobs.js';
import { CasesService } from './cases.service.js';

const entities = [CaseEntity, CaseEventEntity, CaseMaterialEntity, CaseCounterEntity, CertificateEntity];

@Module({
  imports: [TypeOrmModule.forFeature(entities), IdentityModule, GuideModule, QueueModule],
  controllers: [CasesController],
  providers: [
    CasePeople,
    CaseRecords,
    CaseViews,
    CaseReadService,
    CaseLookUpService,
    CaseApplicants,
    CaseOpenService,
    CaseSteps,
    CaseCertificates,
    CaseDeskService,
    CaseTopics,
    CasesJobs,
    CasesService,
  ],
  exports: [CasesService],
})
export class CasesModule {}
