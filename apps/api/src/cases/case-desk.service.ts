import type { CaseDetail, CaseOpen, CaseResult, HallCase } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { CaseCertificates } from './case-certificates.service.js';
import { CaseOpenService } from './case-open.service.js';
import { CaseSteps } from './case-steps.service.js';
import { CaseViews } from './case-views.service.js';
import type { CaseEntity } from './case.entity.js';

interface OfCase {
  readonly caseId: string;
}

/** What people do with a case, answered with the case as the same person sees it afterwards. */
@Injectable()
export class CaseDeskService {
  constructor(
    private readonly opening: CaseOpenService,
    private readonly steps: CaseSteps,
    private readonly certificates: CaseCertificates,
    private readonly views: CaseViews,
  ) {}

  open(actor: StaffActor, input: CaseOpen): Promise<HallCase> {
    return this.opening.open(actor, input);
  }

  advance(actor: StaffActor, { caseId, note }: OfCase & { note?: string | undefined }): Promise<HallCase> {
    return this.show(actor, this.steps.advance(actor, caseId, note));
  }

  suspend(actor: StaffActor, { caseId, reason }: OfCase & { reason: string }): Promise<HallCase> {
    return this.show(actor, this.steps.suspend(actor, caseId, reason));
  }

  resume(actor: StaffActor, { caseId }: OfCase): Promise<HallCase> {
    return this.show(actor, this.steps.resume(actor, caseId));
  }

  askCorrection(actor: StaffActor, { caseId, reason }: OfCase & { reason: string }): Promise<HallCase> {
    return this.show(actor, this.steps.askCorrection(actor, caseId, reason));
  }

  receiveCorrection(actor: StaffActor, { caseId }: OfCase): Promise<HallCase> {
    return this.show(actor, this.steps.receiveCorrection(actor, caseId));
  }

  decide(
    actor: StaffActor,
    { caseId, ...decision }: OfCase & { result: z.infer<typeof CaseResult>; reason?: string | undefined },
  ): Promise<HallCase> {
    return this.show(actor, this.steps.decide(actor, caseId, decision));
  }

  notAccept(actor: StaffActor, { caseId, reason }: OfCase & { reason: string }): Promise<HallCase> {
    return this.show(actor, this.steps.notAccept(actor, caseId, reason));
  }

  close(actor: StaffActor, { caseId }: OfCase): Promise<HallCase> {
    return this.show(actor, this.steps.close(actor, caseId));
  }

  issueCertificate(
    actor: StaffActor,
    { caseId, ...paper }: OfCase & { certificateNo?: string | undefined; copies: number },
  ): Promise<HallCase> {
    return this.show(actor, this.certificates.issue(actor, caseId, paper));
  }

  handOverCertificate(actor: StaffActor, { caseId }: OfCase): Promise<HallCase> {
    return this.show(actor, this.certificates.handOver(actor, caseId));
  }

  async withdraw(
    actor: CitizenActor,
    { caseId, reason }: OfCase & { reason?: string | undefined },
  ): Promise<CaseDetail> {
    return this.views.detail(await this.steps.withdraw(actor, caseId, reason));
  }

  private async show(actor: StaffActor, step: Promise<CaseEntity>): Promise<HallCase> {
    return this.views.hallCase(await step, actor.role);
  }
}
