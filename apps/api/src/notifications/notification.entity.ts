import type { TemplateKey } from '@haoban/contracts';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, IdPrimary, InstantColumn, IntColumn, JsonColumn, TextColumn } from '../db/columns.js';

/** The copy that every message leaves, whether or not WeChat let it through. */
@Entity('inbox_message')
@Index('ux_inbox_dedupe', ['dedupeKey'], { unique: true })
@Index('ix_inbox_citizen', ['citizenId', 'id'])
@Index('ix_inbox_unread', ['citizenId', 'readAt'])
export class InboxMessageEntity {
  @IdPrimary() id!: string;
  @IdColumn() citizenId!: string;
  /** What happened to what, e.g. `ticket_called:<id>:2`: an event told twice is one message. */
  @TextColumn(120) dedupeKey!: string;
  @TextColumn(24) template!: TemplateKey;
  @TextColumn(60) title!: string;
  @TextColumn(300) body!: string;
  @TextColumn(200, { nullable: true }) page!: string | null;
  /** The values of the subscribe message, already fitted to the template's types. */
  @JsonColumn() data!: Record<string, string>;
  @TextColumn(10) sendState!: 'none' | 'pending' | 'sent' | 'refused' | 'invalid';
  @TextColumn(120, { nullable: true }) sendNote!: string | null;
  @InstantColumn({ nullable: true }) sentAt!: Date | null;
  @InstantColumn({ nullable: true }) readAt!: Date | null;
  @InstantColumn() createdAt!: Date;
}

/** WeChat has no query for what was granted: one accept is one message, so we count. */
@Entity('subscription_grant')
export class SubscriptionGrantEntity {
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) citizenId!: string;
  @PrimaryColumn({ type: 'varchar', length: 24 }) template!: TemplateKey;
  @IntColumn({ default: 0 }) remaining!: number;
  @IntColumn({ default: 0 }) accepted!: number;
  @InstantColumn() updatedAt!: Date;
}
