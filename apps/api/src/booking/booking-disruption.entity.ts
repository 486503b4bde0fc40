import { Entity, Index } from 'typeorm';
import { FlagColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../db/columns.js';

/** A booking that lost its time to a closure or a change of the rules, and what came of it. At most one is open for a booking. */
@Entity('booking_disruption')
@Index('ix_booking_disruption_booking', ['bookingId'])
@Index('ix_booking_disruption_exception', ['exceptionId'])
@Index('ix_booking_disruption_due', ['state', 'startAt'])
@Index('ix_booking_disruption_hall', ['hallId', 'id'])
export class BookingDisruptionEntity {
  @IdPrimary() id!: string;
  @IdColumn() bookingId!: string;
  @IdColumn() hallId!: string;
  @IdColumn() queueId!: string;
  /** Null where the rules were changed. */
  @IdColumn({ nullable: true }) exceptionId!: string | null;
  /** The booked time that is gone; a booking that begins at another has been moved. */
  @InstantColumn() startAt!: Date;
  @TextColumn(100) reason!: string;
  /** False: no account to send a message to, staff have to ring. */
  @FlagColumn() reachable!: boolean;
  @InstantColumn() toldAt!: Date;
  /** `answered`: moved, cancelled or come to the hall; `restored`: the time is open again; `cancelled`: by the hall, without an answer. */
  @TextColumn(10) state!: 'open' | 'answered' | 'restored' | 'cancelled';
  @InstantColumn({ nullable: true }) settledAt!: Date | null;
}
