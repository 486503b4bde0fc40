import { Entity, Index } from 'typeorm';
import { IdPrimary, InstantColumn, JsonColumn, TextColumn } from '../db/columns.js';

/** Who did what to which record, when and from where; appended only. `before` and `after` hold no clear personal data. */
@Entity('audit_entry')
@Index('ix_audit_subject', ['subjectId'])
@Index('ix_audit_action', ['action'])
export class AuditEntity {
  @IdPrimary() id!: string;
  @InstantColumn() at!: Date;
  @TextColumn(10) actorKind!: 'staff' | 'citizen' | 'system' | 'provider';
  @TextColumn(26, { nullable: true }) actorId!: string | null;
  @TextColumn(50, { nullable: true }) actorName!: string | null;
  @TextColumn(64) action!: string;
  @TextColumn(32) subjectKind!: string;
  @TextColumn(64) subjectId!: string;
  @TextColumn(64, { nullable: true }) ip!: string | null;
  @TextColumn(64, { nullable: true }) requestId!: string | null;
  @JsonColumn({ nullable: true }) before!: object | null;
  @JsonColumn({ nullable: true }) after!: object | null;
}
