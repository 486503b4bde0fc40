import type { LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  In,
  IsNull,
  LessThanOrEqual,
  type EntityManager,
  type FindOptionsWhere,
  type Repository,
} from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Transactions } from '../db/transactions.js';
import { SlotLedger, type LockedSlots } from './slot-ledger.js';
import { SlotReturnEntity } from './slot.entity.js';

export interface DueReturn {
  readonly id: string;
  readonly slotId: string;
  readonly places: number;
}

export function placesBySlot(due: readonly DueReturn[]): ReadonlyMap<string, number> {
  const bySlot = new Map<string, number>();
  for (const { slotId, places } of due) bySlot.set(slotId, (bySlot.get(slotId) ?? 0) + places);
  return bySlot;
}

/** Returned places on their way back to the public. */
@Injectable()
export class SlotReturns {
  constructor(
    @InjectRepository(SlotReturnEntity) private readonly rows: Repository<SlotReturnEntity>,
    private readonly transactions: Transactions,
    private readonly ledger: SlotLedger,
    private readonly clock: Clock,
  ) {}

  /** Places that are due to re-open. */
  async due(queueId: string, day: LocalDay): Promise<DueReturn[]> {
    return this.rows.manager.query<DueReturn[]>(
      `SELECT slot_return.id, slot_return.slot_id AS slotId, slot_return.places
        FROM slot_return JOIN slot ON slot.id = slot_return.slot_id
        WHERE slot_return.reopened_at IS NULL AND slot_return.reopen_at <= ?
          AND slot.queue_id = ? AND slot.\`day\` = ?`,
      [this.clock.now(), queueId, day],
    );
  }

  /** Takes due places out of what is held back, as many as a visit needs of each slot. The slots must be locked; the caller writes them. */
  async use(
    em: EntityManager,
    slots: LockedSlots,
    slotIds: readonly string[],
    places: number,
  ): Promise<void> {
    const now = this.clock.now();
    const wanted = new Map(slotIds.map((id) => [id, places]));
    for (const row of await this.lockDue(em, { slotId: In([...slotIds]) })) {
      const used = Math.min(row.places, wanted.get(row.slotId) ?? 0);
      if (used === 0) continue;
      wanted.set(row.slotId, (wanted.get(row.slotId) ?? 0) - used);
      const left = row.places - used;
      await em.update(
        SlotReturnEntity,
        { id: row.id },
        { places: used, reopenedAt: now, wentTo: 'waitlist' },
      );
      // What is left goes on waiting under the same name, so that the one who gave it back is still known.
      if (left > 0) await em.insert(SlotReturnEntity, { ...row, id: newId(), places: left });
      slots.reopen(row.slotId, used);
    }
  }

  /** Nobody on the waitlist wants them: everybody may. */
  async openToAll(due: readonly DueReturn[]): Promise<void> {
    if (due.length === 0) return;
    await this.transactions.run(async (em) => {
      const slots = await this.ledger.lock(
        em,
        due.map(({ slotId }) => slotId),
      );
      const rows = await this.lockDue(em, { id: In(due.map(({ id }) => id)) });
      if (rows.length === 0) return;
      const change = { reopenedAt: this.clock.now(), wentTo: 'all' as const };
      await em.update(SlotReturnEntity, { id: In(rows.map(({ id }) => id)) }, change);
      for (const { slotId, places } of rows) slots.reopen(slotId, places);
      await slots.write();
    });
  }

  private lockDue(em: EntityManager, which: FindOptionsWhere<SlotReturnEntity>): Promise<SlotReturnEntity[]> {
    return em.find(SlotReturnEntity, {
      where: { ...which, reopenedAt: IsNull(), reopenAt: LessThanOrEqual(this.clock.now()) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }
}
