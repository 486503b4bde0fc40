import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { CaseRecords } from './case-records.js';
import { CaseSteps } from './case-steps.service.js';
import { CertificateEntity, type CaseEntity } from './case.entity.js';
import { certificateAtHand } from './case.mapper.js';

/** The paper at the end of a granted case: made once, fetched at the desk or sent. */
@Injectable()
export class CaseCertificates {
  constructor(
    private readonly steps: CaseSteps,
    private readonly transactions: Transactions,
    private readonly records: CaseRecords,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * @param certificateNo as printed by the authority's own system; without it one is derived from the case number
   * @throws AppError NOT_FOUND, CASE_STATE, CERTIFICATE_NOT_APPLICABLE, CERTIFICATE_ALREADY_ISSUED, CERTIFICATE_NUMBER_TAKEN, BUSY
   */
  issue(
    actor: StaffActor,
    caseId: string,
    { certificateNo, copies }: { certificateNo?: string | undefined; copies: number },
  ): Promise<CaseEntity> {
    return this.steps.take(actor, caseId, { action: 'issueCertificate' }, async (context, em) => {
      const { row, names, now } = context;
      const name = names.certificateName ?? '';
      const number = certificateNo ?? certificateNumberOf(row.caseNo);
      await insert(em, {
        id: newId(),
        caseId,
        name,
        certificateNo: number,
        copies,
        place: 'at_hall',
        issuedAt: now,
      });
      const how = names.courierAllowed ? '可到窗口领取或邮寄到家' : '可到窗口领取';
      return {
        kind: 'certificate',
        title: '证照已制作',
        text: `${name} ${copies} 份，${how}`,
        audit: { certificateNo: number, copies },
      };
    });
  }

  /** The applicant fetches the paper. @throws AppError NOT_FOUND, CERTIFICATE_NOT_ISSUED, CASE_STATE, BUSY */
  async handOver(actor: StaffActor, caseId: string): Promise<CaseEntity> {
    await this.steps.own(actor, caseId);
    return this.transactions.run(async (em) => {
      const row = await this.records.lock(em, caseId);
      const certificate = await em.findOneBy(CertificateEntity, { caseId });
      if (!certificate) throw new AppError('CERTIFICATE_NOT_ISSUED');
      if (!certificateAtHand(row, certificate))
        throw new AppError('CASE_STATE', { place: certificate.place });
      await em.update(CertificateEntity, { caseId }, { place: 'handed_over' });
      const changed = await this.records.change(em, row, {});
      const at = this.clock.now();
      const event = { kind: 'certificate', action: 'handOver', title: '证照已在窗口领取', at } as const;
      await this.records.addEvent(em, caseId, event, actor);
      await this.audit.record(em, actor, {
        action: 'case.handOverCertificate',
        subjectKind: 'case',
        subjectId: caseId,
        before: { place: certificate.place },
        after: { place: 'handed_over' },
      });
      return changed;
    });
  }
}

/** One paper a case, so the case number makes it unique; the letter keeps the two from being mixed up. */
function certificateNumberOf(caseNo: string): string {
  return `Z${caseNo}`;
}

async function insert(em: EntityManager, certificate: CertificateEntity): Promise<void> {
  try {
    await em.insert(CertificateEntity, certificate);
  } catch (error) {
    onUnique(error, {
      ux_certificate_case: 'CERTIFICATE_ALREADY_ISSUED',
      ux_certificate_no: 'CERTIFICATE_NUMBER_TAKEN',
    });
  }
}
