import type { BookingSettings, PolicyPresetKey } from '@haoban/domain';
import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, InstantColumn, IntColumn, JsonColumn, TextColumn } from '../db/columns.js';

/** The booking rules of a hall; one without a row goes by the standard set. */
@Entity('booking_policy')
export class BookingPolicyEntity {
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) hallId!: string;
  @TextColumn(32) preset!: PolicyPresetKey | 'custom';
  /** Complete, also where a preset was chosen: a later version of it changes no hall's rules by itself. */
  @JsonColumn() settings!: BookingSettings;
  @IntColumn() version!: number;
  @IdColumn({ nullable: true }) savedBy!: string | null;
  @TextColumn(50, { nullable: true }) savedByName!: string | null;
  @InstantColumn({ nullable: true }) savedAt!: Date | null;
}
