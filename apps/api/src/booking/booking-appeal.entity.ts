import type { AppealState } from '@haoban/domain';
import { Entity, Index } from 'typeorm';
import { CipherColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../db/columns.js';

/** Why somebody says that a no-show should not count. One a booking. */
@Entity('booking_appeal')
@Index('ux_booking_appeal_booking', ['bookingId'], { unique: true })
@Index('ix_booking_appeal_citizen', ['citizenId'])
@Index('ix_booking_appeal_hall', ['hallId', 'state', 'id'])
export class BookingAppealEntity {
  @IdPrimary() id!: string;
  @IdColumn() bookingId!: string;
  @IdColumn() hallId!: string;
  /** Who appeals: the account that booked, or the one whose matter it was. */
  @IdColumn() citizenId!: string;
  @TextColumn(8) state!: AppealState;
  /** People write about illness and family here. */
  @CipherColumn({ length: 2048 }) textCipher!: string;
  @TextColumn(200, { nullable: true }) reason!: string | null;
  @IdColumn({ nullable: true }) decidedBy!: string | null;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  @InstantColumn() createdAt!: Date;
}
