import type { VisitKind, WaitlistPart, WaitlistState } from '@haoban/domain';
import { Entity, Index } from 'typeorm';
import {
  BlindColumn,
  CipherColumn,
  DayColumn,
  FlagColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  JsonColumn,
  TextColumn,
} from '../db/columns.js';

/** Somebody who wants a place on a day that is full. */
@Entity('waitlist_entry')
@Index('ux_waitlist_request', ['citizenId', 'requestId'], { unique: true })
@Index('ux_waitlist_open', ['personKey', 'itemId', 'day', 'openMark'], { unique: true })
@Index('ix_waitlist_queue', ['queueId', 'day', 'state'])
@Index('ix_waitlist_hall', ['hallId', 'day'])
@Index('ix_waitlist_state', ['state', 'day'])
export class WaitlistEntryEntity {
  @IdPrimary() id!: string;
  /** Whose phone shows it. */
  @IdColumn() citizenId!: string;
  @TextColumn(64) requestId!: string;
  /** Whose matter it is, as in a booking. */
  @BlindColumn() personKey!: string;
  @TextColumn(10) state!: WaitlistState;
  /** Null once it is over. */
  @FlagColumn({ nullable: true }) openMark!: boolean | null;
  @IdColumn() hallId!: string;
  @IdColumn() queueId!: string;
  @IdColumn() itemId!: string;
  /** All items in the order they are served; the first is `itemId`. */
  @JsonColumn() items!: { itemId: string; files: number }[];
  @DayColumn() day!: string;
  @TextColumn(10) part!: WaitlistPart;
  @TextColumn(12) kind!: VisitKind;
  @FlagColumn() green!: boolean;
  @IntColumn() persons!: number;
  @IdColumn({ nullable: true }) authorisationId!: string | null;
  @CipherColumn({ nullable: true }) forNameCipher!: string | null;
  @CipherColumn({ nullable: true }) forPhoneCipher!: string | null;
  /** Offers that were declined or ran out. */
  @IntColumn({ default: 0 }) passed!: number;
  /** While offered or once booked. */
  @IdColumn({ nullable: true }) bookingId!: string | null;
  /** The catalogue code for which the last free place went past. */
  @TextColumn(40, { nullable: true }) skipCode!: string | null;
  @InstantColumn({ nullable: true }) skippedAt!: Date | null;
  @TextColumn(20, { nullable: true }) endReason!: 'day_over' | 'day_closed' | 'booked_otherwise' | null;
  @InstantColumn() joinedAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}

/** A place that was kept for an entry: nobody is offered the same time twice. */
@Entity('waitlist_offer')
@Index('ux_waitlist_offer_booking', ['bookingId'], { unique: true })
@Index('ix_waitlist_offer_entry', ['entryId'])
@Index('ix_waitlist_offer_outcome', ['outcome', 'untilAt'])
export class WaitlistOfferEntity {
  @IdPrimary() id!: string;
  @IdColumn() entryId!: string;
  @IdColumn() bookingId!: string;
  /** The first slot of the visit. */
  @IdColumn() slotId!: string;
  @InstantColumn() offeredAt!: Date;
  @InstantColumn() untilAt!: Date;
  @TextColumn(10, { nullable: true }) outcome!: 'taken' | 'declined' | 'lapsed' | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
