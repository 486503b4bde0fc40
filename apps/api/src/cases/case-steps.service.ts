import { clockStopped, decideCase, formatInstant, type ActorRole, type CaseCommand } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService, type HallCalendar } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { endStops, restartClock, stopClock } from './case-clock.js';
import { CaseRecords } from './case-records.js';
import { caseInvite, caseTell } from './case-tell.js';
import { advanceTitle } from './case-texts.js';
import { namesOf } from './case-views.service.js';
import { CaseEntity, CertificateEntity } from './case.entity.js';
import { factsOf, type CaseNames } from './case.mapper.js';

/** The facts of a step, read before anything is locked; the row is the locked one. */
export interface StepContext {
  readonly row: CaseEntity;
  readonly next: CaseEntity['state'];
  readonly names: CaseNames;
  readonly calendar: HallCalendar;
  readonly now: Date;
}

/** What a step writes beside the state. */
export interface StepEffect {
  readonly change?: Partial<CaseEntity>;
  readonly title: string;
  /** For the applicant; staff's own words are hidden in the public look-up. */
  readonly text?: string | null;
  readonly kind?: 'case' | 'certificate';
  /** More for the audit row. */
  readonly audit?: Record<string, unknown>;
}

type Effect = (context: StepContext, em: EntityManager) => StepEffect | Promise<StepEffect>;

/** The one way a case changes its state: the table decides; event, audit row, message and version come with it. */
@Injectable()
export class CaseSteps {
  constructor(
    @InjectRepository(CaseEntity) private readonly cases: Repository<CaseEntity>,
    private readonly transactions: Transactions,
    private readonly records: CaseRecords,
    private readonly guide: GuideService,
    private readonly calendars: CalendarService,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** A case of the actor's hall, or the actor's own. @throws AppError NOT_FOUND */
  async own(actor: StaffActor | CitizenActor, caseId: string): Promise<CaseEntity> {
    const row = await this.cases.findOneBy({ id: caseId });
    if (!row || !reaches(actor, row)) throw new AppError('NOT_FOUND');
    return row;
  }

  /** @throws AppError NOT_FOUND, BUSY, and what `decideCase` refuses with */
  async take(
    actor: StaffActor | CitizenActor,
    caseId: string,
    command: CaseCommand,
    effect: Effect,
  ): Promise<CaseEntity> {
    // Outside the transaction: inside it nothing else may ask for a connection.
    const found = await this.own(actor, caseId);
    const names = namesOf(found, await this.guide.catalogue());
    const calendar = await this.calendars.forHall(found.hallId);
    return this.transactions.run(async (em) => {
      const row = await this.records.lock(em, caseId);
      const certificate = await em.findOneBy(CertificateEntity, { caseId });
      const decision = decideCase(factsOf(row, certificate, names), command, roleOf(actor));
      if (!decision.ok) throw new AppError(decision.code, { state: row.state });
      const context = { row, next: decision.next, names, calendar, now: this.clock.now() };
      const done = await effect(context, em);
      const changed = await this.records.change(em, row, {
        ...clockOf(context, command),
        ...done.change,
        state: decision.next,
      });
      await this.tell(em, actor, { context, changed, done, action: command.action });
      return changed;
    });
  }

  advance(actor: StaffActor, caseId: string, note?: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'advance' }, ({ row, next }) => ({
      title: advanceTitle(row.steps, next),
      audit: { note: note ?? null },
    }));
  }

  /** 特别程序: the applicant is told why, and the clock stands (行政许可法 §45). */
  suspend(actor: StaffActor, caseId: string, reason: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'suspend', reason }, () => ({
      title: '进入特别程序，暂停计时',
      text: reason,
    }));
  }

  resume(actor: StaffActor, caseId: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'resume' }, (context) => ({
      title: '特别程序结束，恢复计时',
      text: dueText(context),
    }));
  }

  /** 一次性告知: all that is missing, at once (行政许可法 §32). */
  askCorrection(actor: StaffActor, caseId: string, reason: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'askCorrection', reason }, () => ({
      title: '需要补正材料，暂停计时',
      text: reason,
    }));
  }

  receiveCorrection(actor: StaffActor, caseId: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'receiveCorrection' }, (context) => ({
      title: '已收到补正材料，恢复计时',
      text: dueText(context),
    }));
  }

  decide(
    actor: StaffActor,
    caseId: string,
    { result, reason }: { result: 'granted' | 'refused'; reason?: string | undefined },
  ): Promise<CaseEntity> {
    const command = { action: 'decide', result, ...(reason ? { reason } : {}) } as const;
    return this.take(actor, caseId, command, ({ now }) => ({
      change: { result, decidedAt: now, decisionReason: reason || null },
      title: result === 'granted' ? '作出准予决定' : '作出不予许可决定',
      text: reason || null,
      audit: { result },
    }));
  }

  notAccept(actor: StaffActor, caseId: string, reason: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'notAccept', reason }, ({ now }) => ({
      change: { closedAt: now, decisionReason: reason },
      title: '不予受理',
      text: reason,
    }));
  }

  withdraw(actor: CitizenActor, caseId: string, reason?: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'withdraw' }, ({ now }) => ({
      change: { closedAt: now },
      title: '申请人撤回申请',
      text: reason || null,
    }));
  }

  close(actor: StaffActor, caseId: string): Promise<CaseEntity> {
    return this.take(actor, caseId, { action: 'close' }, async ({ row, names, now }, em) => {
      await this.outbox.add(em, 'ratings.invite', caseInvite(row, names.itemName, now));
      return { change: { closedAt: now }, title: '已办结' };
    });
  }

  private async tell(
    em: EntityManager,
    actor: StaffActor | CitizenActor,
    step: { context: StepContext; changed: CaseEntity; done: StepEffect; action: CaseCommand['action'] },
  ): Promise<void> {
    const { changed, done, action } = step;
    const { row, names, now } = step.context;
    const { title, text, kind = 'case' } = done;
    await this.records.addEvent(em, row.id, { kind, action, title, text: text ?? null, at: now }, actor);
    if (actor.kind === 'staff') {
      await this.audit.record(em, actor, {
        action: `case.${action}`,
        subjectKind: 'case',
        subjectId: row.id,
        before: { state: row.state },
        after: { state: changed.state, ...done.audit },
      });
    }
    // Nobody is told of what they have just done themselves.
    if (changed.citizenId && actor.kind === 'staff') {
      const tell = caseTell(changed, changed.citizenId, names.itemName, title, now);
      await this.outbox.add(em, 'notifications.tell', tell);
    }
  }
}

function reaches(actor: StaffActor | CitizenActor, row: CaseEntity): boolean {
  return actor.kind === 'citizen' ? row.citizenId === actor.citizenId : row.hallId === actor.hallId;
}

function roleOf(actor: StaffActor | CitizenActor): ActorRole {
  return actor.kind === 'citizen' ? 'citizen' : actor.role;
}

/** The clock follows from the two states alone. */
function clockOf({ row, next, calendar, now }: StepContext, { reason }: CaseCommand): Partial<CaseEntity> {
  const before = clockStopped(row.state);
  const after = clockStopped(next);
  if (!before && after) return { ...stopClock(row, now, reason ?? ''), stateBeforeStop: row.state };
  if (!before || after) return {};
  const running = next === row.stateBeforeStop;
  const clock = running ? restartClock(row, calendar, now) : { clockStops: endStops(row.clockStops, now) };
  return { ...clock, stateBeforeStop: null };
}

function dueText({ row, calendar, now }: StepContext): string {
  return `办结期限顺延至 ${formatInstant(restartClock(row, calendar, now).dueAt)}`;
}
