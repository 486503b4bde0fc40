import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, IdPrimary, InstantColumn, IntColumn, TextColumn } from '../db/columns.js';

@Entity('desk')
@Index('ux_desk_number', ['hallId', 'number'], { unique: true })
@Index('ux_desk_staff', ['staffId'], { unique: true })
export class DeskEntity {
  @IdPrimary() id!: string;
  @IdColumn() hallId!: string;
  @IntColumn() number!: number;
  @TextColumn(30) label!: string;
  @TextColumn(10, { default: 'closed' }) status!: 'closed' | 'open' | 'paused';
  /** Who sits there now: one person has one desk, one desk one person. */
  @IdColumn({ nullable: true }) staffId!: string | null;
  @TextColumn(30, { nullable: true }) pauseReason!: string | null;
  /** Request id of the last call from this desk: the same again gets the same person, not the next one. */
  @TextColumn(64, { nullable: true }) lastCallRequest!: string | null;
  @IntColumn({ default: 1 }) version!: number;
}

@Entity('desk_queue')
@Index('ix_desk_queue_queue', ['queueId'])
export class DeskQueueEntity {
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) deskId!: string;
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) queueId!: string;
}

/** Who worked at which desk from when to when: the ground of every later figure about windows. */
@Entity('desk_session')
@Index('ix_desk_session_desk', ['deskId', 'openedAt'])
export class DeskSessionEntity {
  @IdPrimary() id!: string;
  @IdColumn() deskId!: string;
  @IdColumn() staffId!: string;
  @InstantColumn() openedAt!: Date;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
}
