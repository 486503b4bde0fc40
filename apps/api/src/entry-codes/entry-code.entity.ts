import { Column, Entity, Index } from 'typeorm';
import { IdColumn, IdPrimary, InstantColumn, TextColumn } from '../db/columns.js';

const ascii = { charset: 'ascii', collation: 'ascii_bin' };

/** A code on a wall: hangs there for years, so the row is never deleted and never comes to mean something else. */
@Entity('entry_code')
@Index('ux_entry_code_scene', ['scene'], { unique: true })
@Index('ux_entry_code_target', ['target'], { unique: true })
export class EntryCodeEntity {
  @IdPrimary() id!: string;
  @TextColumn(10, ascii) scene!: string;
  /** Kind and ids in one, so that one index keeps it to one code per target. */
  @TextColumn(64, ascii) target!: string;
  @TextColumn(10) kind!: 'item' | 'hall' | 'window';
  @IdColumn() hallId!: string;
  @IdColumn({ nullable: true }) itemId!: string | null;
  @IdColumn({ nullable: true }) deskId!: string | null;
  @IdColumn() createdBy!: string;
  @InstantColumn() createdAt!: Date;
  /** What WeChat drew: kept, since its calls are limited and the code stays good for ever. */
  @Column({ type: 'mediumblob', nullable: true, select: false }) picture!: Buffer | null;
  @TextColumn(50, { nullable: true }) pictureType!: string | null;
  /** Which mini-program, page and size it was drawn for; of another one it is drawn anew. */
  @TextColumn(64, { nullable: true }) pictureOf!: string | null;
}
