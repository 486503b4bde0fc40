import {
  dayOf,
  formatClock,
  maskName,
  minutesOfDay,
  releaseMoments,
  waitlistOrder,
  type LocalDay,
} from '@haoban/domain';
import type { HallWaitlistEntry, SlotRelease, SlotReturn } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThanOrEqual, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import type { ServiceQueue } from '../guide/catalogue.service.js';
import { BookingPeople } from './booking-people.service.js';
import { BookingPolicies } from './booking-policies.service.js';
import { releaseTexts } from './booking-settings.js';
import { SlotLedger } from './slot-ledger.js';
import { SlotRelease as SlotReleases } from './slot-release.js';
import { SlotEntity, SlotReturnEntity } from './slot.entity.js';
import { WaitlistOffers } from './waitlist-offers.service.js';
import { WaitlistViews } from './waitlist-views.service.js';
import { WaitlistEntryEntity } from './waitlist.entity.js';

/** Returns of one day that a manager is shown. */
const SHOWN_RETURNS = 200;

interface HallDay {
  readonly day?: LocalDay | undefined;
  readonly queueId?: string | undefined;
}

/** What the manager sees of the waitlist, the releases and the returns of the own hall. */
@Injectable()
export class HallWaitlistService {
  constructor(
    @InjectRepository(WaitlistEntryEntity) private readonly entries: Repository<WaitlistEntryEntity>,
    @InjectRepository(SlotEntity) private readonly slots: Repository<SlotEntity>,
    @InjectRepository(SlotReturnEntity) private readonly returns: Repository<SlotReturnEntity>,
    private readonly transactions: Transactions,
    private readonly ledger: SlotLedger,
    private readonly offers: WaitlistOffers,
    private readonly views: WaitlistViews,
    private readonly people: BookingPeople,
    private readonly policies: BookingPolicies,
    private readonly drip: SlotReleases,
    private readonly guide: GuideService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Those with an offer first, then in the order in which they are asked, then what is over. */
  async listOfHall(
    actor: StaffActor,
    { open, ...input }: HallDay & { open?: boolean | undefined },
  ): Promise<{ day: LocalDay; items: HallWaitlistEntry[] }> {
    const { hallId } = actor;
    if (!hallId) return { day: input.day ?? dayOf(this.clock.now()), items: [] };
    const day = input.day ?? (await this.nearestWaited(hallId, input.queueId));
    const rows = await this.entries.find({
      where: {
        hallId,
        day,
        ...(input.queueId && { queueId: input.queueId }),
        ...(open && { state: In(['waiting', 'offered']) }),
      },
      order: { id: 'ASC' },
    });
    const offered = rows.filter(({ state }) => state === 'offered');
    const waiting = waitlistOrder(rows.filter(({ state }) => state === 'waiting'));
    const over = rows.filter((row) => !offered.includes(row) && !waiting.includes(row));
    return { day, items: await this.views.ofHall([...offered, ...waiting, ...over]) };
  }

  /** The next day for which anybody waits, today where nobody does. */
  private async nearestWaited(hallId: string, queueId: string | undefined): Promise<LocalDay> {
    const today = dayOf(this.clock.now());
    const entry = await this.entries.findOne({
      select: { id: true, day: true },
      where: {
        hallId,
        day: MoreThanOrEqual(today),
        state: In(['waiting', 'offered']),
        ...(queueId && { queueId }),
      },
      order: { day: 'ASC' },
    });
    return entry?.day ?? today;
  }

  async releases(actor: StaffActor, input: HallDay) {
    const day = input.day ?? dayOf(this.clock.now());
    if (!actor.hallId) return { day, rules: [], slots: [], returns: [] };
    const policy = await this.policies.forHall(actor.hallId);
    const rows = await this.slots.find({
      where: { hallId: actor.hallId, day, ...(input.queueId && { queueId: input.queueId }) },
      order: { startAt: 'ASC', id: 'ASC' },
    });
    const { queues } = await this.guide.catalogue();
    const now = this.clock.now();
    const slots = rows
      .filter(({ closed }) => !closed)
      .flatMap((row): SlotRelease[] => {
        const queue = queues.get(row.queueId);
        if (!queue) return [];
        const ofDay = rows.filter(({ queueId }) => queueId === row.queueId);
        const question = this.drip.question(row, ofDay, queue.bookingRules, policy);
        const moments = question ? releaseMoments(question) : [];
        return [
          {
            ...slotNames(row, queue),
            capacity: row.capacity,
            // A day that was planned by hand is out as a whole.
            released: question ? (moments.filter(({ at }) => at <= now).at(-1)?.total ?? 0) : row.capacity,
            taken: row.taken,
            heldBack: row.heldBack,
            moments: moments.map(({ at, total }) => ({ at: at.toISOString(), total })),
          },
        ];
      });
    return { day, rules: releaseTexts(policy), slots, returns: await this.returnsOf(rows, queues) };
  }

  /**
   * Lets a returned place out before its time, to the waitlist first. One that is out already stays as it is.
   * @throws AppError NOT_FOUND, for other halls' places too
   */
  async reopenNow(actor: StaffActor, input: { returnId: string; reason: string }): Promise<SlotReturn> {
    const { returnId, reason } = input;
    const slot = await this.slotOf(returnId);
    if (!slot || slot.hallId !== actor.hallId) throw new AppError('NOT_FOUND');
    const now = this.clock.now();
    await this.transactions.run(async (em) => {
      await this.ledger.lock(em, [slot.id]);
      const row = await em.findOneByOrFail(SlotReturnEntity, { id: returnId });
      if (row.reopenedAt || row.reopenAt <= now) return;
      await em.update(SlotReturnEntity, { id: returnId }, { reopenAt: now });
      await this.audit.record(em, actor, {
        action: 'slot_return.reopen',
        subjectKind: 'slot_return',
        subjectId: returnId,
        before: { reopenAt: row.reopenAt.toISOString() },
        after: { reopenAt: now.toISOString(), slotId: slot.id, reason },
      });
    });
    await this.offers.serve(slot.queueId, slot.day);
    const { queues } = await this.guide.catalogue();
    const [shown] = await this.toReturns(
      [await this.returns.findOneByOrFail({ id: returnId })],
      new Map([[slot.id, slot]]),
      queues,
    );
    if (!shown) throw new AppError('NOT_FOUND');
    return shown;
  }

  private async slotOf(returnId: string): Promise<SlotEntity | null> {
    const row = await this.returns.findOneBy({ id: returnId });
    return row && this.slots.findOneBy({ id: row.slotId });
  }

  private async returnsOf(
    slots: readonly SlotEntity[],
    queues: ReadonlyMap<string, ServiceQueue>,
  ): Promise<SlotReturn[]> {
    if (slots.length === 0) return [];
    const rows = await this.returns.find({
      where: { slotId: In(slots.map(({ id }) => id)) },
      order: { id: 'DESC' },
      take: SHOWN_RETURNS,
    });
    const pending = rows
      .filter(({ reopenedAt }) => reopenedAt === null)
      .sort((a, b) => a.reopenAt.getTime() - b.reopenAt.getTime());
    const done = rows.filter(({ reopenedAt }) => reopenedAt !== null);
    return this.toReturns([...pending, ...done], new Map(slots.map((slot) => [slot.id, slot])), queues);
  }

  private async toReturns(
    rows: readonly SlotReturnEntity[],
    slots: ReadonlyMap<string, SlotEntity>,
    queues: ReadonlyMap<string, ServiceQueue>,
  ): Promise<SlotReturn[]> {
    const names = await this.people.maskedNames(rows.flatMap(({ personKey }) => personKey ?? []));
    return rows.flatMap((row): SlotReturn[] => {
      const slot = slots.get(row.slotId);
      const queue = slot && queues.get(slot.queueId);
      if (!slot || !queue) return [];
      return [
        {
          id: row.id,
          ...slotNames(slot, queue),
          day: slot.day,
          places: row.places,
          personName: row.personKey ? (names.get(row.personKey) ?? maskName('')) : '未确认的保留',
          returnedAt: row.returnedAt.toISOString(),
          reopenAt: row.reopenAt.toISOString(),
          reopenedAt: row.reopenedAt?.toISOString() ?? null,
          wentTo: row.wentTo,
        },
      ];
    });
  }
}

function slotNames(slot: SlotEntity, queue: ServiceQueue) {
  return {
    slotId: slot.id,
    queueId: slot.queueId,
    queueName: queue.name,
    start: slot.startAt.toISOString(),
    startTime: formatClock(minutesOfDay(slot.startAt)),
    kind: slot.kind,
  };
}
