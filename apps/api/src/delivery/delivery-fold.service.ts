import {
  applyTrace,
  decideDelivery,
  deliveredToSomeoneElse,
  effectiveTraces,
  type DeliveryState,
  type TraceEvent,
} from '@haoban/domain';
import { attemptReason, deliveredTo, EmsError } from '@haoban/ems';
import { Injectable, Logger } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { CasesService, type CaseFile } from '../cases/cases.service.js';
import { system } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { DeliveryLedger } from './delivery-ledger.service.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { DeliveryEntity, DeliveryTraceEntity } from './delivery.entity.js';
import { DeliveryTraceService } from './delivery-trace.service.js';

interface Standing {
  readonly state: DeliveryState;
  /** The scan that led there; undefined while none did. */
  readonly cause: DeliveryTraceEntity | undefined;
}

/** Before these EMS can't have scanned it, after the last nothing counts any more. */
const NOT_FOLDED: ReadonlySet<DeliveryState> = new Set(['awaiting_payment', 'paid', 'cancelled']);
const CONFIRMED: ReadonlySet<DeliveryState> = new Set(['delivered', 'returned']);

/** The state that all known scans add up to, always counted anew: they come late, twice, out of order, and void each other. */
@Injectable()
export class DeliveryFoldService {
  private readonly logger = new Logger(DeliveryFoldService.name);

  constructor(
    @InjectRepository(DeliveryTraceEntity) private readonly traces: Repository<DeliveryTraceEntity>,
    private readonly transactions: Transactions,
    private readonly ledger: DeliveryLedger,
    private readonly cases: CasesService,
    private readonly scans: DeliveryTraceService,
    private readonly metrics: DeliveryMetrics,
    private readonly clock: Clock,
  ) {}

  /** For the job, after scans were stored. */
  async fold(deliveryId: string): Promise<void> {
    const row = await this.ledger.find(deliveryId);
    if (!row?.waybillNo || NOT_FOLDED.has(row.state)) return;
    await this.traces.update({ waybillNo: row.waybillNo, deliveryId: IsNull() }, { deliveryId });
    const preview = standingOf(row, await this.traces.findBy({ deliveryId }));
    if (preview.state !== row.state && CONFIRMED.has(preview.state)) await this.confirm(deliveryId);
    await this.transactions.run((em) => this.apply(em, row));
  }

  /** An end is not believed on a push alone; EMS also tells only here who took the parcel. */
  private async confirm(deliveryId: string): Promise<void> {
    try {
      await this.scans.pull(deliveryId);
    } catch (error) {
      if (!(error instanceof EmsError)) throw error;
      this.logger.warn({
        err: error,
        deliveryId,
        msg: 'The end of a delivery will be confirmed by a later pull',
      });
    }
  }

  private async apply(em: EntityManager, known: DeliveryEntity): Promise<void> {
    const { file, row } = await this.ledger.lock(em, known.id);
    if (NOT_FOLDED.has(row.state)) return;
    const standing = standingOf(row, await em.findBy(DeliveryTraceEntity, { deliveryId: row.id }));
    const { state, cause } = standing;
    const at = cause?.opTime ?? this.clock.now();
    if (state !== row.state) {
      const step = decideDelivery(row.state, 'trace', 'system', state);
      if (!step.ok) return this.refuse(row, state);
    }
    if (state === 'cancelled') {
      // EMS took the order back by itself (801): the money goes back, too.
      const why = { actor: system, role: 'system', reason: '邮政已撤单', from: ['ordered'] } as const;
      await this.ledger.cancel(em, row, why);
      return;
    }
    const change = changeFor(row, standing);
    await this.movePaper(em, file, state);
    // Back in the hall it may be fetched there, or sent again under another waybill.
    if (state === 'returned' && file.deliveryId === row.id) await this.cases.linkDelivery(em, file.id, null);
    if (state === row.state) {
      if (Object.keys(change).length > 0) await this.ledger.change(em, row, change);
      return;
    }
    if (change.problem) this.metrics.problems.inc({ kind: state });
    await this.ledger.move(em, row, {
      state,
      at,
      actor: system,
      change,
      text: cause?.opDesc || cause?.opName,
    });
  }

  private refuse(row: DeliveryEntity, state: DeliveryState): void {
    this.metrics.problems.inc({ kind: 'state' });
    this.logger.error({ deliveryId: row.id, from: row.state, to: state, msg: 'Scans lead where none may' });
  }

  private async movePaper(em: EntityManager, file: CaseFile, state: DeliveryState): Promise<void> {
    const now = file.certificate?.place;
    // Handed to the applicant at the desk: no scan changes that.
    if (now === undefined || now === 'handed_over') return;
    const place = placeOf(state);
    if (place !== now) await this.cases.setCertificatePlace(em, file.id, place);
  }
}

function standingOf(row: DeliveryEntity, traces: readonly DeliveryTraceEntity[]): Standing {
  const rowOf = new Map<TraceEvent, DeliveryTraceEntity>(
    traces.map((trace) => [
      {
        opCode: trace.opCode,
        at: trace.opTime,
        opOrgCode: trace.opOrgCode,
        deliverCode: trace.deliverCode ?? undefined,
        attemptDeliveryCode: trace.attemptDeliveryCode ?? undefined,
      },
      trace,
    ]),
  );
  const start: Standing = { state: row.handedOverBy === null ? 'ordered' : 'handed_over', cause: undefined };
  return effectiveTraces([...rowOf.keys()]).reduce((standing, event) => {
    const state = applyTrace(event.opCode, event.deliverCode, event.attemptDeliveryCode, standing.state);
    return state === standing.state ? standing : { state, cause: rowOf.get(event) };
  }, start);
}

/** What else changes with the standing; empty where nothing does. */
function changeFor(row: DeliveryEntity, { state, cause }: Standing): Partial<DeliveryEntity> {
  const isDelivered = state === 'delivered';
  const wanted = {
    deliveredAt: isDelivered ? (cause?.opTime ?? row.deliveredAt) : null,
    signedBy: isDelivered ? signedBy(cause) : null,
    problem: problemOf(state, cause),
    openCaseId: state === 'returned' ? null : row.openCaseId,
  };
  const same =
    wanted.deliveredAt?.getTime() === row.deliveredAt?.getTime() &&
    wanted.signedBy === row.signedBy &&
    wanted.problem === row.problem &&
    wanted.openCaseId === row.openCaseId;
  return same ? {} : wanted;
}

function signedBy(cause: DeliveryTraceEntity | undefined): string | null {
  return cause?.deliverCode ? deliveredTo(cause.deliverCode) : null;
}

function problemOf(state: DeliveryState, cause: DeliveryTraceEntity | undefined): string | null {
  switch (state) {
    case 'delivered': {
      const code = cause?.deliverCode ?? undefined;
      return code && deliveredToSomeoneElse(code)
        ? `不是本人签收（${deliveredTo(code)}），请联系收件人核实`
        : null;
    }
    case 'attempt_failed':
      return `未妥投：${cause?.attemptDeliveryCode ? attemptReason(cause.attemptDeliveryCode) : (cause?.opDesc ?? '')}`.slice(
        0,
        200,
      );
    case 'exception':
      return `邮件异常：${cause?.opDesc || cause?.opName || '原因不明'}`.slice(0, 200);
    case 'returning':
    case 'returned':
      return '邮件退回，请联系申请人确认领取方式';
    case 'awaiting_payment':
    case 'paid':
    case 'ordered':
    case 'handed_over':
    case 'in_transit':
    case 'out_for_delivery':
    case 'cancelled':
      return null;
  }
}

function placeOf(state: DeliveryState): 'at_hall' | 'with_courier' | 'delivered' {
  switch (state) {
    case 'awaiting_payment':
    case 'paid':
    case 'ordered':
    case 'returned':
    case 'cancelled':
      return 'at_hall';
    case 'handed_over':
    case 'in_transit':
    case 'out_for_delivery':
    case 'attempt_failed':
    case 'returning':
    case 'exception':
      return 'with_courier';
    case 'delivered':
      return 'delivered';
  }
}
