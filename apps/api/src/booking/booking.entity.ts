import type { BookingChannel, BookingState, Contingent, VisitKind } from '@haoban/domain';
import { Entity, Index, PrimaryColumn } from 'typeorm';
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

const idKey = { type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity('booking')
@Index('ux_booking_request', ['requesterId', 'requestId'], { unique: true })
@Index('ux_booking_code', ['hallId', 'day', 'code'], { unique: true })
@Index('ix_booking_citizen_day', ['citizenId', 'day'])
@Index('ix_booking_person_day', ['personKey', 'day'])
@Index('ix_booking_due', ['state', 'startAt'])
@Index('ix_booking_hold', ['state', 'holdUntil'])
@Index('ix_booking_hall_day', ['hallId', 'day', 'startAt'])
export class BookingEntity {
  @IdPrimary() id!: string;
  /** Whose phone shows it; null where staff booked for somebody without an account. */
  @IdColumn({ nullable: true }) citizenId!: string | null;
  /** Who sent the request: the citizen or a member of staff. */
  @IdColumn() requesterId!: string;
  @TextColumn(64) requestId!: string;
  /** Blind index of the ID number (or credit code) of the one whose matter it is: limits count by this, not by account. */
  @BlindColumn() personKey!: string;
  @TextColumn(8) code!: string;
  @TextColumn(12) state!: BookingState;
  /** The first of the visit. */
  @IdColumn() itemId!: string;
  @IdColumn() hallId!: string;
  @IdColumn() queueId!: string;
  @IdColumn() slotId!: string;
  @DayColumn() day!: string;
  @InstantColumn() startAt!: Date;
  @InstantColumn() endAt!: Date;
  @TextColumn(12, { default: 'window' }) kind!: VisitKind;
  @TextColumn(8, { default: 'public' }) contingent!: Contingent;
  @TextColumn(8, { default: 'app' }) channel!: BookingChannel;
  /** People to be served side by side: each takes a place of every slot. */
  @IntColumn({ default: 1 }) persons!: number;
  @TextColumn(20, { nullable: true }) itemClass!: string | null;
  /** While `held`: the first instant at which the place is no longer kept. */
  @InstantColumn({ nullable: true }) holdUntil!: Date | null;
  @IdColumn({ nullable: true }) authorisationId!: string | null;
  /** Who comes, where that is not the account's owner. */
  @CipherColumn({ nullable: true }) forNameCipher!: string | null;
  @CipherColumn({ nullable: true }) forPhoneCipher!: string | null;
  /** For a visit at home. */
  @CipherColumn({ nullable: true }) addressCipher!: string | null;
  @IdColumn({ nullable: true }) waitlistId!: string | null;
  /** `coming`, once the person said so after a reminder. */
  @TextColumn(8, { nullable: true }) reply!: 'coming' | null;
  @InstantColumn({ nullable: true }) dayRemindedAt!: Date | null;
  @InstantColumn({ nullable: true }) hourRemindedAt!: Date | null;
  /** A no-show that a manager took off the record after an appeal. */
  @FlagColumn({ default: false }) excused!: boolean;
  @IntColumn({ default: 1 }) version!: number;
  @IdColumn({ nullable: true }) ticketId!: string | null;
  @TextColumn(100, { nullable: true }) cancelReason!: string | null;
  @InstantColumn({ nullable: true }) cancelledAt!: Date | null;
  @InstantColumn({ nullable: true }) checkedInAt!: Date | null;
  @InstantColumn() createdAt!: Date;
}

/** The slots that a booking covers, one row each: a visit may take several in a row. */
@Entity('booking_slot')
@Index('ix_booking_slot_slot', ['slotId'])
export class BookingSlotEntity {
  @PrimaryColumn(idKey) bookingId!: string;
  @PrimaryColumn(idKey) slotId!: string;
}

/** The items of a visit in the order they are served; none for one file of one item, as nearly all are: the booking names it. */
@Entity('booking_item')
@Index('ix_booking_item_item', ['itemId'])
export class BookingItemEntity {
  @PrimaryColumn(idKey) bookingId!: string;
  @PrimaryColumn({ type: 'int' }) position!: number;
  @IdColumn() itemId!: string;
  /** How many files of this item: each takes the item's slots once more. */
  @IntColumn({ default: 1 }) files!: number;
}

/** What was changed on a booking after it was made, by whom and why. */
@Entity('booking_change')
@Index('ux_booking_change_request', ['bookingId', 'requestId'], { unique: true })
@Index('ix_booking_change_booking', ['bookingId'])
export class BookingChangeEntity {
  @IdPrimary() id!: string;
  @IdColumn() bookingId!: string;
  @InstantColumn() at!: Date;
  @TextColumn(16) action!: 'move' | 'cancel' | 'release' | 'reply' | 'excuse' | 'serve' | 'no_show';
  @TextColumn(10) actorKind!: 'citizen' | 'staff' | 'system';
  @IdColumn({ nullable: true }) actorId!: string | null;
  @TextColumn(64, { nullable: true }) requestId!: string | null;
  @TextColumn(200, { nullable: true }) reason!: string | null;
  @JsonColumn({ nullable: true }) before!: unknown;
  @JsonColumn({ nullable: true }) after!: unknown;
}
