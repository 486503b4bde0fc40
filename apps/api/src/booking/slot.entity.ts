import { Entity, Index } from 'typeorm';
import { DayColumn, FlagColumn, IdColumn, IdPrimary, InstantColumn, IntColumn } from '../db/columns.js';

/** A bookable time of a queue. `taken` never passes `capacity`; the row is the lock of a reserve. */
@Entity('slot')
@Index('ux_slot_start', ['queueId', 'startAt'], { unique: true })
@Index('ix_slot_day', ['queueId', 'day'])
export class SlotEntity {
  @IdPrimary() id!: string;
  @IdColumn() queueId!: string;
  @IdColumn() hallId!: string;
  @DayColumn() day!: string;
  @InstantColumn() startAt!: Date;
  @InstantColumn() endAt!: Date;
  @IntColumn() capacity!: number;
  /** Includes the public places: staff may book these and some more. */
  @IntColumn() internalCapacity!: number;
  @IntColumn({ default: 0 }) taken!: number;
  @FlagColumn({ default: false }) closed!: boolean;
}
