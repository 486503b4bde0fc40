import type { LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { SlotEntity } from './slot.entity.js';
import { SlotsService } from './slots.service.js';

interface Recent<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

export type SlotPlace = Readonly<Pick<SlotEntity, 'queueId' | 'hallId' | 'day' | 'kind'>>;

/** Which slot belongs where never changes, so it may be remembered for ever; which slots a day has changes rarely. */
const RECENT_MS = 1_000;
const REMEMBERED = 20_000;

/**
 * The slots of a day as they looked within the last second, to find out what a wish would take. Counts and closures may be that
 * old: whoever takes a place looks again under the lock.
 */
@Injectable()
export class SlotDays {
  private readonly places = new Map<string, SlotPlace>();
  private readonly days = new Map<string, Recent<readonly SlotEntity[]>>();

  constructor(
    @InjectRepository(SlotEntity) private readonly slots: Repository<SlotEntity>,
    private readonly slotsOf: SlotsService,
  ) {}

  /** Undefined for an id that is not a slot's. */
  async placeOf(slotId: string): Promise<SlotPlace | undefined> {
    const known = this.places.get(slotId);
    if (known) return known;
    const row = await this.slots.findOne({
      select: { queueId: true, hallId: true, day: true, kind: true },
      where: { id: slotId },
    });
    if (row) this.remember(slotId, row);
    return row ?? undefined;
  }

  /** All kinds, by start. */
  async rowsOf(queueId: string, day: LocalDay): Promise<readonly SlotEntity[]> {
    const key = `${queueId} ${day}`;
    const now = performance.now();
    const known = this.days.get(key);
    if (known && now - known.at < RECENT_MS) return known.value;
    const value = this.slotsOf.ofDays(queueId, [day]).then((days) => days.get(day) ?? []);
    this.days.set(key, { at: now, value });
    value.catch(() => this.days.delete(key));
    if (this.days.size > 500) this.forgetOld(now);
    return value;
  }

  private remember(slotId: string, place: SlotPlace): void {
    if (this.places.size >= REMEMBERED) this.places.clear();
    this.places.set(slotId, place);
  }

  private forgetOld(now: number): void {
    for (const [key, { at }] of this.days) if (now - at >= RECENT_MS) this.days.delete(key);
  }
}
