import { Entity, Index } from 'typeorm';
import { BlindColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../db/columns.js';

/** One sign-in is one family; using a token twice means that it was stolen, and ends the whole family. */
@Entity('refresh_token')
@Index('ux_refresh_token_hash', ['tokenHash'], { unique: true })
@Index('ix_refresh_token_family', ['familyId'])
@Index('ix_refresh_token_subject', ['subjectId'])
@Index('ix_refresh_token_expires', ['expiresAt'])
export class RefreshTokenEntity {
  @IdPrimary() id!: string;
  @IdColumn() familyId!: string;
  @TextColumn(10) subjectKind!: 'citizen' | 'staff';
  @IdColumn() subjectId!: string;
  @BlindColumn() tokenHash!: string;
  @InstantColumn() expiresAt!: Date;
  @InstantColumn({ nullable: true }) usedAt!: Date | null;
  @InstantColumn({ nullable: true }) revokedAt!: Date | null;
  @InstantColumn() createdAt!: Date;
}
