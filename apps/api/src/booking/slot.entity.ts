import type { VisitKind } from '@haoban/domain';
import { Entity, Index } from 'typeorm';
import {
  BlindColumn,
  DayColumn,
  FlagColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  JsonColumn,
  TextColumn,
} from '../db/columns.js';

/**
 * A bookable time of a queue, of one kind of visit. The row is the lock of every act that takes or returns a place. Three contingents:
 * `capacity` (public) and `greenCapacity` are parts of `internalCapacity`, which is all there is.
 */
@Entity('slot')
@Index('ux_slot_start', ['queueId', 'startAt', 'kind'], { unique: true })
@Index('ix_slot_day', ['queueId', 'day'])
@Index('ix_slot_waited', ['waited', 'day'])
export class SlotEntity {
  @IdPrimary() id!: string;
  @IdColumn() queueId!: string;
  @IdColumn() hallId!: string;
  @DayColumn() day!: string;
  @InstantColumn() startAt!: Date;
  @InstantColumn() endAt!: Date;
  @TextColumn(12, { default: 'window' }) kind!: VisitKind;
  /** The opening that the slot was cut from: a visit of several slots stays in one. */
  @TextColumn(26, { default: '' }) ruleId!: string;
  @IntColumn() capacity!: number;
  @IntColumn({ default: 0 }) greenCapacity!: number;
  /** Includes the public and the green places: staff may book these and some more. */
  @IntColumn() internalCapacity!: number;
  /** Public places taken. */
  @IntColumn({ default: 0 }) taken!: number;
  @IntColumn({ default: 0 }) greenTaken!: number;
  /** Places taken by staff, beside the other two. */
  @IntColumn({ default: 0 }) internalTaken!: number;
  /** Returned public places that have not re-opened yet, see `slot_return`. */
  @IntColumn({ default: 0 }) heldBack!: number;
  /** At most so many places at once for an item class, e.g. `{ long: 2 }`. */
  @JsonColumn({ nullable: true }) classPlaces!: Record<string, number> | null;
  @JsonColumn({ nullable: true }) classTaken!: Record<string, number> | null;
  @FlagColumn({ default: false }) closed!: boolean;
  /** Somebody on the waitlist hopes for a place of this day: what comes back is kept for them. */
  @FlagColumn({ default: false }) waited!: boolean;
}

/** A place that somebody gave back: it opens again at a moment nobody can foresee, and never for whoever gave it back. */
@Entity('slot_return')
@Index('ix_slot_return_slot', ['slotId', 'personKey'])
@Index('ix_slot_return_due', ['reopenedAt', 'reopenAt'])
export class SlotReturnEntity {
  @IdPrimary() id!: string;
  @IdColumn() slotId!: string;
  @IdColumn() queueId!: string;
  /** Who gave a booking back; null where a hold ended, whose owner may have it again. */
  @BlindColumn({ nullable: true }) personKey!: string | null;
  /** The account that did it, for itself or somebody else. */
  @IdColumn({ nullable: true }) accountId!: string | null;
  @IntColumn() places!: number;
  @InstantColumn() returnedAt!: Date;
  @InstantColumn() reopenAt!: Date;
  @InstantColumn({ nullable: true }) reopenedAt!: Date | null;
  /** Once re-opened: kept for somebody on the waitlist, or open to all. */
  @TextColumn(10, { nullable: true }) wentTo!: 'waitlist' | 'all' | null;
}
