import type { endpoints, HallAppeal } from '@haoban/contracts';
import { decideAppeal, formatClock, formatInstant, dayOf, minutesOfDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, MoreThan, type EntityManager, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Inputs } from '../common/route.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { Tell } from '../outbox/topics.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { AppealViews } from './booking-appeal-views.js';
import { BookingChangeEntity, BookingEntity } from './booking.entity.js';

type Of<Operation extends keyof typeof endpoints.people> = Inputs<(typeof endpoints.people)[Operation]>;

const STANDING_PAGE = 'pages/booking/standing/index';

/** Appeals as the hall sees them: a clerk reads, the manager decides. */
@Injectable()
export class HallAppealsService {
  constructor(
    @InjectRepository(BookingAppealEntity) private readonly appeals: Repository<BookingAppealEntity>,
    private readonly transactions: Transactions,
    private readonly views: AppealViews,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** What waits is read in the order it came, everything else newest first. */
  async list(
    actor: StaffActor,
    { cursor, limit, state }: Of<'listHallAppeals'>,
  ): Promise<{ items: HallAppeal[]; nextCursor: string | null }> {
    if (!actor.hallId) return { items: [], nextCursor: null };
    const oldestFirst = state === 'open';
    const rows = await this.appeals.find({
      where: {
        hallId: actor.hallId,
        ...(state ? { state } : {}),
        ...(cursor ? { id: oldestFirst ? MoreThan(cursor) : LessThan(cursor) } : {}),
      },
      order: { id: oldestFirst ? 'ASC' : 'DESC' },
      take: limit + 1,
    });
    const items = await this.views.forHall(rows.slice(0, limit), actor.role);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Granted, the no-show no longer counts. @throws AppError NOT_FOUND, APPEAL_STATE, REASON_REQUIRED */
  async decide(actor: StaffActor, { appealId, result, reason }: Of<'decideAppeal'>): Promise<HallAppeal> {
    const granted = result === 'granted';
    if (!granted && !reason) throw new AppError('REASON_REQUIRED');
    const row = await this.transactions.run(async (em) => {
      const named = await em.findOneBy(BookingAppealEntity, { id: appealId });
      if (!named || named.hallId !== actor.hallId) throw new AppError('NOT_FOUND');
      const { booking, appeal } = await lockBoth(em, named);
      const decision = decideAppeal(appeal.state, granted ? 'grant' : 'refuse', actor.role);
      if (!decision.ok) throw new AppError(decision.code);
      const change = {
        state: decision.next,
        reason: reason ?? null,
        decidedBy: actor.staffId,
        decidedAt: this.clock.now(),
      };
      await em.update(BookingAppealEntity, { id: appealId }, change);
      if (granted) await this.excuse(em, actor, booking, reason ?? null);
      await this.audit.record(em, actor, {
        action: `appeal.${granted ? 'grant' : 'refuse'}`,
        subjectKind: 'booking',
        subjectId: booking.id,
        before: { appeal: appeal.state, excused: Boolean(booking.excused) },
        after: { appeal: change.state, excused: granted, reason: change.reason },
      });
      const decided = Object.assign(appeal, change);
      await this.outbox.add(em, 'notifications.tell', appealTell(decided, booking, change.decidedAt));
      return decided;
    });
    const [view] = await this.views.forHall([row], actor.role);
    if (!view) throw new AppError('NOT_FOUND');
    return view;
  }

  private async excuse(
    em: EntityManager,
    { staffId }: StaffActor,
    { id, excused }: BookingEntity,
    reason: string | null,
  ): Promise<void> {
    await em.update(BookingEntity, { id }, { excused: true });
    await em.insert(BookingChangeEntity, {
      id: newId(),
      bookingId: id,
      at: this.clock.now(),
      action: 'excuse',
      actorKind: 'staff',
      actorId: staffId,
      requestId: null,
      reason,
      before: { excused: Boolean(excused) },
      after: { excused: true },
    });
  }
}

/** The booking first, as everywhere. */
async function lockBoth(
  em: EntityManager,
  { id, bookingId }: BookingAppealEntity,
): Promise<{ booking: BookingEntity; appeal: BookingAppealEntity }> {
  const lock = { mode: 'pessimistic_write' } as const;
  const booking = await em.findOneOrFail(BookingEntity, { where: { id: bookingId }, lock });
  const appeal = await em.findOneOrFail(BookingAppealEntity, { where: { id }, lock });
  return { booking, appeal };
}

function appealTell(appeal: BookingAppealEntity, { startAt }: BookingEntity, now: Date): Tell {
  const granted = appeal.state === 'granted';
  return {
    template: 'review_result',
    citizenId: appeal.citizenId,
    dedupeKey: `appeal_decided:${appeal.id}`,
    title: granted ? '爽约申诉已采纳' : '爽约申诉未采纳',
    body: granted
      ? `您 ${formatInstant(startAt)} 的预约未到不再计入爽约次数。`
      : `您 ${formatInstant(startAt)} 的预约未到仍计入爽约次数，原因可以在“我的申诉”里查看；现场取号不受影响。`,
    page: `${STANDING_PAGE}?hallId=${appeal.hallId}`,
    data: {
      thing1: '预约未到的申诉',
      phrase2: granted ? '已采纳' : '未采纳',
      time3: `${dayOf(now)} ${formatClock(minutesOfDay(now))}`,
    },
  };
}
