import type { BookingRule, VisitKind } from '@haoban/domain';
import { Entity, Index } from 'typeorm';
import { FlagColumn, IdColumn, IdPrimary, IntColumn, JsonColumn, TextColumn } from '../db/columns.js';

export type DurationUnit = 'minute' | 'hour' | 'workday';

@Entity('service_item')
@Index('ux_service_item_code', ['code'], { unique: true })
@Index('ix_service_item_department', ['departmentId'])
export class ServiceItemEntity {
  @IdPrimary() id!: string;
  /** 实施编码, 31 characters (GB/T 39554.1) */
  @TextColumn(31) code!: string;
  @TextColumn(100) name!: string;
  /** Initials of the name's pinyin and of each keyword's, lower case, separated by blanks. */
  @TextColumn(500) initials!: string;
  @TextColumn(500) keywords!: string;
  @IdColumn() departmentId!: string;
  @TextColumn(10) kind!: 'instant' | 'promised';
  @TextColumn(10) audience!: 'person' | 'company' | 'both';
  @IntColumn() promisedValue!: number;
  @TextColumn(10) promisedUnit!: DurationUnit;
  @IntColumn() statutoryValue!: number;
  @TextColumn(10) statutoryUnit!: DurationUnit;
  @TextColumn(5) steps!: '1+1' | '2+1' | '3+1';
  @FlagColumn() zeroVisit!: boolean;
  @FlagColumn() courierAllowed!: boolean;
  @FlagColumn() bookable!: boolean;
  @IntColumn() feeFen!: number;
  @TextColumn(100, { nullable: true }) certificateName!: string | null;
  @IntColumn() rank!: number;
  @IntColumn() p50Minutes!: number;
  @IntColumn() p80Minutes!: number;
  @JsonColumn() conditions!: string[];
  @JsonColumn() process!: { name: string; text: string }[];
  @JsonColumn() fees!: { name: string; fen: number; basis: string }[];
  @JsonColumn() legalBasis!: { law: string; article: string | null; text: string }[];
  @JsonColumn() faq!: { question: string; answer: string }[];
}

@Entity('item_material')
@Index('ix_item_material_item', ['itemId'])
export class ItemMaterialEntity {
  @IdPrimary() id!: string;
  @IdColumn() itemId!: string;
  @IntColumn() position!: number;
  @TextColumn(150) name!: string;
  @IntColumn() originals!: number;
  @IntColumn() copies!: number;
  @TextColumn(12) form!: 'paper' | 'electronic' | 'either';
  @FlagColumn() required!: boolean;
  @TextColumn(300, { nullable: true }) note!: string | null;
  @JsonColumn({ nullable: true }) sample!: {
    title: string;
    fields: { label: string; value: string }[];
  } | null;
}

/** An item as one hall offers it: where, in which queue, and how many slots a visit takes. */
@Entity('item_place')
@Index('ux_item_place', ['itemId', 'hallId'], { unique: true })
@Index('ix_item_place_hall', ['hallId'])
export class ItemPlaceEntity {
  @IdPrimary() id!: string;
  @IdColumn() itemId!: string;
  @IdColumn() hallId!: string;
  @IdColumn() queueId!: string;
  @TextColumn(20) floor!: string;
  @TextColumn(50) zone!: string;
  @IntColumn() slotsNeeded!: number;
  /** How a person may be served here; null means at the window only. */
  @JsonColumn({ nullable: true }) kinds!: VisitKind[] | null;
  /** Counted against a slot's `classPlaces`. */
  @TextColumn(20, { nullable: true }) itemClass!: string | null;
  /** Can't be combined with other items in one visit. */
  @FlagColumn({ default: false }) alone!: boolean;
}

/** A line that people stand in, with its letter, and the opening rule of its bookable slots. */
@Entity('service_queue')
@Index('ux_service_queue_prefix', ['hallId', 'prefix'], { unique: true })
export class ServiceQueueEntity {
  @IdPrimary() id!: string;
  @IdColumn() hallId!: string;
  @TextColumn(20) code!: string;
  @TextColumn(2) prefix!: string;
  @TextColumn(50) name!: string;
  @FlagColumn() remoteAllowed!: boolean;
  @IntColumn() firstNumber!: number;
  @IntColumn() lastNumber!: number;
  @IntColumn() dailyCap!: number;
  @IntColumn() averageMinutes!: number;
  @IntColumn() slotMinutes!: number;
  /** Opening rules of the bookable slots, see `calendar` in the domain. */
  @JsonColumn() bookingRules!: BookingRule[];
  /** Grows when the rules are saved; a manager saves against the one that was read. */
  @IntColumn({ default: 1 }) rulesVersion!: number;
  /** Grows with every change that cuts other slots: rules, closures, days planned by hand. */
  @IntColumn({ default: 1 }) calendarVersion!: number;
}
