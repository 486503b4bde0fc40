import { addDays, instantAt, releasedPlaces, type BookingSettings, type DripQuestion } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { BlindIndex } from '../common/field-crypto.js';
import { openingMinute, ruleOf, type BookingRule } from './booking-offer.js';
import type { PublicPlaces } from './slot-ledger.js';
import type { SlotEntity } from './slot.entity.js';

/** Which of a slot's public places are out by now: all of them, or drop by drop where the hall's policy says so. */
@Injectable()
export class SlotRelease {
  constructor(
    private readonly index: BlindIndex,
    private readonly clock: Clock,
  ) {}

  /** @param ofDay the rows of the day, whose first opening is when it opens for booking */
  publicPlaces(
    ofDay: readonly SlotEntity[],
    rules: readonly BookingRule[],
    policy: BookingSettings,
  ): PublicPlaces {
    const { drip } = policy;
    if (drip.atOpening >= 1 || drip.overHours <= 0) return (row) => row.capacity;
    return (row) => {
      const question = this.question(row, ofDay, rules, policy);
      return question ? releasedPlaces({ ...question, now: this.clock.now() }) : row.capacity;
    };
  }

  /** The slot's schedule, for whoever shows it; undefined where its opening is gone. */
  question(
    row: SlotEntity,
    ofDay: readonly SlotEntity[],
    rules: readonly BookingRule[],
    { drip }: BookingSettings,
  ): DripQuestion | undefined {
    const rule = ruleOf(row, rules);
    if (!rule) return undefined;
    const opensAt = instantAt(addDays(row.day, -rule.windowToDays), openingMinute(ofDay, row.kind));
    // Keyed, so that nobody outside can work out when the next place comes.
    return {
      capacity: row.capacity,
      opensAt,
      drip,
      seed: this.index.of('slot.release', row.id),
      until: row.startAt,
    };
  }
}
