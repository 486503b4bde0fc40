import type { CalendarStretch } from '@haoban/domain';
import { Entity, Index } from 'typeorm';
import {
  DayColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  JsonColumn,
  TextColumn,
} from '../db/columns.js';

/** A closure of a hall or of one queue, or a day that a queue plans by hand. Rows are never deleted: `removed_at` ends one. */
@Entity('calendar_exception')
@Index('ux_calendar_exception_request', ['createdBy', 'requestId', 'day'], { unique: true })
@Index('ix_calendar_exception_hall', ['hallId', 'day'])
export class CalendarExceptionEntity {
  @IdPrimary() id!: string;
  @IdColumn() hallId!: string;
  /** Null: the whole hall. */
  @IdColumn({ nullable: true }) queueId!: string | null;
  @TextColumn(10) kind!: 'closure' | 'override';
  @DayColumn() day!: string;
  /** Minutes after midnight; null: the whole day. */
  @IntColumn({ nullable: true }) fromMinute!: number | null;
  @IntColumn({ nullable: true }) toMinute!: number | null;
  @TextColumn(100) reason!: string;
  /** Of an override. */
  @JsonColumn({ nullable: true }) plan!: CalendarStretch[] | null;
  @TextColumn(64) requestId!: string;
  @IdColumn() createdBy!: string;
  @TextColumn(50) createdByName!: string;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) removedAt!: Date | null;
}

/** Who changed what in a hall's calendar and rules, and why; appended only. Before and after are sentences. */
@Entity('calendar_change')
@Index('ix_calendar_change_hall', ['hallId', 'id'])
export class CalendarChangeEntity {
  @IdPrimary() id!: string;
  @IdColumn() hallId!: string;
  @IdColumn({ nullable: true }) queueId!: string | null;
  @InstantColumn() at!: Date;
  @IdColumn() staffId!: string;
  @TextColumn(50) staffName!: string;
  @TextColumn(20) action!: 'rules' | 'close' | 'reopen' | 'override' | 'override_removed' | 'policy';
  @TextColumn(100) reason!: string;
  @JsonColumn() before!: string[];
  @JsonColumn() after!: string[];
  /** Bookings that lost their time. */
  @IntColumn({ default: 0 }) affected!: number;
}
