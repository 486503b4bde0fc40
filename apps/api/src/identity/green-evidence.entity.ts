import type { GreenReason, GreenState } from '@haoban/domain';
import { Entity, Index } from 'typeorm';
import {
  BlindColumn,
  CipherColumn,
  DayColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  TextColumn,
} from '../db/columns.js';

/** A paper that lets a person use the green channel, as declared in the profile and checked at a desk. */
@Entity('green_evidence')
@Index('ux_green_evidence_open', ['personKey', 'openKey'], { unique: true })
@Index('ix_green_evidence_citizen', ['citizenId'])
@Index('ix_green_evidence_state', ['state', 'id'])
export class GreenEvidenceEntity {
  @IdPrimary() id!: string;
  /** Blind index of the ID number of the one whose paper it is. */
  @BlindColumn() personKey!: string;
  /** Who declared it: the person, or an agent. */
  @IdColumn() citizenId!: string;
  @IdColumn({ nullable: true }) authorisationId!: string | null;
  @TextColumn(10) reason!: GreenReason;
  @TextColumn(10) state!: GreenState;
  /** `reason` while declared or verified, then null: one paper of a kind at a time. */
  @TextColumn(10, { nullable: true }) openKey!: GreenReason | null;
  @CipherColumn() documentCipher!: string;
  @DayColumn() validUntil!: string;
  @TextColumn(200, { nullable: true }) checkReason!: string | null;
  @IdColumn({ nullable: true }) checkedBy!: string | null;
  @InstantColumn({ nullable: true }) checkedAt!: Date | null;
  @InstantColumn() createdAt!: Date;
}
