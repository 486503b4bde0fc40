import { decideDelivery, isWaybill, normaliseWaybill } from '@haoban/domain';
import type { HallDelivery } from '@haoban/contracts';
import { EmsClient, EmsError } from '@haoban/ems';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { DeliveryLedger } from './delivery-ledger.service.js';
import type { DeliveryEntity } from './delivery.entity.js';
import { mayPrint } from './delivery.mapper.js';
import { deliverySettings } from './delivery-settings.js';
import { DeliveryService } from './delivery.service.js';

interface Scan {
  readonly deliveryId: string;
  readonly waybillNo: string;
  readonly certificateNo: string;
}

/** The courier desk: label, scan, hand over. */
@Injectable()
export class DeliveryHandOverService {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: DeliveryLedger,
    private readonly deliveries: DeliveryService,
    private readonly cases: CasesService,
    private readonly ems: EmsClient,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the parcel to the courier, after both numbers were read from the parcel itself. A second scan of the same parcel
   * changes nothing. A wrong pair is refused and kept in the audit trail: it is how certificates get to strangers.
   * @throws AppError NOT_FOUND, WAYBILL_INVALID, DELIVERY_STATE, WAYBILL_MISMATCH, BUSY
   */
  async handOver(actor: StaffActor, input: Scan): Promise<HallDelivery> {
    const known = await this.deliveries.findOfHall(actor, { id: input.deliveryId });
    const waybillNo = normaliseWaybill(input.waybillNo);
    if (waybillNo !== known.waybillNo && !isWaybill(waybillNo)) throw new AppError('WAYBILL_INVALID');
    const scanned = { ...input, waybillNo, certificateNo: normaliseCertificate(input.certificateNo) };
    const row = await this.transactions.run((em) => this.scan(em, actor, scanned));
    // The audit row of a mismatch is committed before the refusal.
    if (!row) throw new AppError('WAYBILL_MISMATCH');
    return this.deliveries.toHall(row);
  }

  /**
   * The label from EMS, fetched anew each time: how long its address lives is not documented.
   * @throws AppError NOT_FOUND, DELIVERY_STATE, EMS_UNAVAILABLE, EMS_REFUSED
   */
  async label(actor: StaffActor, deliveryId: string): Promise<{ url: string }> {
    const row = await this.deliveries.findOfHall(actor, { id: deliveryId });
    const { waybillNo } = row;
    if (!waybillNo || !mayPrint(row)) throw new AppError('DELIVERY_STATE');
    const label = await this.ems
      .label({ waybillNo, size: deliverySettings.labelSize })
      .catch((error: unknown) => {
        if (!(error instanceof EmsError)) throw error;
        const code = error.kind === 'refused' ? 'EMS_REFUSED' : 'EMS_UNAVAILABLE';
        throw new AppError(code, undefined, { cause: error });
      });
    await this.transactions.run((em) =>
      this.audit.record(em, actor, {
        action: 'delivery.print-label',
        subjectKind: 'delivery',
        subjectId: deliveryId,
        after: { waybillNo },
      }),
    );
    const url =
      label.kind === 'url' ? label.url : `data:application/pdf;base64,${label.pdf.toString('base64')}`;
    return { url };
  }

  /** @returns null where the numbers don't belong together */
  private async scan(em: EntityManager, actor: StaffActor, scan: Scan): Promise<DeliveryEntity | null> {
    const { file, row } = await this.ledger.lock(em, scan.deliveryId);
    const matches =
      row.waybillNo === scan.waybillNo && normaliseCertificate(row.certificateNo) === scan.certificateNo;
    const isRepeated = row.state === 'handed_over' && matches;
    if (isRepeated && row.handedOverBy !== null) return row;
    if (!isRepeated) {
      const step = decideDelivery(row.state, 'handOver', actor.role);
      if (!step.ok) throw new AppError(step.code);
    }
    if (!matches) {
      await this.audit.record(em, actor, {
        action: 'delivery.mismatch',
        subjectKind: 'delivery',
        subjectId: row.id,
        before: { waybillNo: row.waybillNo, certificateNo: row.certificateNo },
        after: { waybillNo: scan.waybillNo, certificateNo: scan.certificateNo.slice(0, 64) },
      });
      return null;
    }
    // The applicant may have come for the paper meanwhile.
    if (file.certificate?.place === 'handed_over') throw new AppError('DELIVERY_STATE');
    const at = this.clock.now();
    const change = { handedOverAt: at, handedOverBy: actor.staffId };
    await this.cases.setCertificatePlace(em, row.caseId, 'with_courier');
    await this.audit.record(em, actor, {
      action: 'delivery.hand-over',
      subjectKind: 'delivery',
      subjectId: row.id,
      before: { state: row.state },
      after: { state: 'handed_over', waybillNo: row.waybillNo, certificateNo: row.certificateNo },
    });
    // EMS's own scan may have been faster; then the timeline has its line already.
    if (isRepeated) return this.ledger.change(em, row, change);
    return this.ledger.move(em, row, { state: 'handed_over', at, actor, change });
  }
}

/** As scanners and Chinese keyboards give it: no blanks, narrow, capital letters. */
function normaliseCertificate(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}
