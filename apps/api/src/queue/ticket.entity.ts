import type { z } from 'zod';
import type { TicketSource, TicketState } from '@haoban/contracts';
import type { QueueLane } from '@haoban/domain';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import {
  DayColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  JsonColumn,
  TextColumn,
} from '../db/columns.js';

/** The counter of a queue's day; its row is the lock of whatever changes the line: take, call, miss, leave. */
@Entity('queue_day')
export class QueueDayEntity {
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) queueId!: string;
  @PrimaryColumn({ type: 'date' }) day!: string;
  @IntColumn({ default: 0 }) lastNumber!: number;
  @IntColumn({ default: 0 }) issued!: number;
  /** The last calls, newest first, for the guaranteed walk-in share; see `queueOrder`. */
  @JsonColumn() recentCalls!: { at: string; lane: QueueLane }[];
  @IntColumn({ default: 0 }) version!: number;
}

@Entity('ticket')
@Index('ux_ticket_number', ['queueId', 'day', 'number'], { unique: true })
@Index('ux_ticket_request', ['requesterId', 'requestId'], { unique: true })
@Index('ux_ticket_booking', ['bookingId'], { unique: true })
@Index('ux_ticket_open', ['openKey'], { unique: true })
@Index('ux_ticket_desk', ['activeDeskId'], { unique: true })
@Index('ix_ticket_line', ['queueId', 'day', 'state'])
@Index('ix_ticket_called', ['hallId', 'day', 'calledAt'])
@Index('ix_ticket_citizen', ['citizenId', 'day'])
@Index('ix_ticket_hall_day', ['hallId', 'day', 'state'])
export class TicketEntity {
  @IdPrimary() id!: string;
  @IdColumn() hallId!: string;
  @IdColumn() queueId!: string;
  @DayColumn() day!: string;
  @IntColumn() number!: number;
  @TextColumn(8) label!: string;
  @TextColumn(10) state!: z.infer<typeof TicketState>;
  @TextColumn(10) source!: z.infer<typeof TicketSource>;
  @IdColumn() itemId!: string;
  @IdColumn({ nullable: true }) citizenId!: string | null;
  @IdColumn({ nullable: true }) bookingId!: string | null;
  /** Who asked for the ticket, citizen or staff: with `requestId` it makes a retry harmless. */
  @IdColumn() requesterId!: string;
  @TextColumn(64) requestId!: string;
  /** `citizen:queue:day` while the ticket is waiting, called, serving or missed, then null: one open ticket per person and queue. */
  @TextColumn(80, { nullable: true }) openKey!: string | null;
  @InstantColumn({ nullable: true }) bookedFor!: Date | null;
  @TextColumn(10, { nullable: true }) priority!: 'elder' | 'disabled' | 'pregnant' | 'military' | null;
  /** When a missed ticket came back into the line; null for those never missed. */
  @InstantColumn({ nullable: true }) rejoinedAt!: Date | null;
  /** When the person was told to come near, or was near from the start. */
  @InstantColumn({ nullable: true }) soonToldAt!: Date | null;
  @IntColumn({ default: 0 }) calledCount!: number;
  @IntColumn({ default: 0 }) missedCount!: number;
  @IdColumn({ nullable: true }) deskId!: string | null;
  /** The desk that has this person now, unique: nobody is at two desks, no desk has two people. */
  @IdColumn({ nullable: true }) activeDeskId!: string | null;
  @IdColumn({ nullable: true }) staffId!: string | null;
  @IdColumn({ nullable: true }) caseId!: string | null;
  @TextColumn(200, { nullable: true }) reason!: string | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) calledAt!: Date | null;
  @InstantColumn({ nullable: true }) startedAt!: Date | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
  @InstantColumn({ nullable: true }) ratedAt!: Date | null;
  @IntColumn({ default: 1 }) version!: number;
}

/** Every edge a ticket went over: who, why, and its place before and after. */
@Entity('ticket_event')
@Index('ix_ticket_event_ticket', ['ticketId'])
export class TicketEventEntity {
  @IdPrimary() id!: string;
  @IdColumn() ticketId!: string;
  @InstantColumn() at!: Date;
  @TextColumn(20) action!: string;
  @TextColumn(10) fromState!: string;
  @TextColumn(10) toState!: string;
  @TextColumn(10) actorKind!: string;
  @TextColumn(26, { nullable: true }) actorId!: string | null;
  @IdColumn({ nullable: true }) deskId!: string | null;
  @TextColumn(200, { nullable: true }) reason!: string | null;
}
