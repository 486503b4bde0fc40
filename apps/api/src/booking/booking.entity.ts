import type { z } from 'zod';
import type { BookingState } from '@haoban/contracts';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { DayColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../db/columns.js';

@Entity('booking')
@Index('ux_booking_request', ['citizenId', 'requestId'], { unique: true })
@Index('ux_booking_code', ['hallId', 'day', 'code'], { unique: true })
@Index('ix_booking_citizen_day', ['citizenId', 'day'])
@Index('ix_booking_due', ['state', 'startAt'])
@Index('ix_booking_hall_day', ['hallId', 'day', 'startAt'])
export class BookingEntity {
  @IdPrimary() id!: string;
  @IdColumn() citizenId!: string;
  @TextColumn(64) requestId!: string;
  @TextColumn(8) code!: string;
  @TextColumn(12) state!: z.infer<typeof BookingState>;
  @IdColumn() itemId!: string;
  @IdColumn() hallId!: string;
  @IdColumn() queueId!: string;
  @IdColumn() slotId!: string;
  @DayColumn() day!: string;
  @InstantColumn() startAt!: Date;
  @InstantColumn() endAt!: Date;
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
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) bookingId!: string;
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) slotId!: string;
}
