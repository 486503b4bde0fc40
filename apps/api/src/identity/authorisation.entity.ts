import type { AuthorisationKind, AuthorisationState, CompanyRole, FamilyRelation } from '@haoban/domain';
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

/** That one citizen, the agent, may book for a principal: a family member, with or without an account, or a company. */
@Entity('authorisation')
@Index('ux_authorisation_open', ['agentCitizenId', 'openKey'], { unique: true })
@Index('ix_authorisation_principal', ['principalHash'])
@Index('ix_authorisation_state', ['state', 'validUntil'])
export class AuthorisationEntity {
  @IdPrimary() id!: string;
  @TextColumn(8) kind!: AuthorisationKind;
  @TextColumn(8) state!: AuthorisationState;
  /** By the principal's code, by the agent's word until a desk has seen the papers, or at a desk. */
  @TextColumn(8) origin!: 'code' | 'declared' | 'desk';
  @IdColumn() agentCitizenId!: string;
  /** Blind index of the ID number or the credit code. All rows of one principal together are the lock of what is booked for it. */
  @BlindColumn() principalHash!: string;
  /** `principalHash` while pending or active, then null: one open row for an agent and a principal. */
  @BlindColumn({ nullable: true }) openKey!: string | null;
  @CipherColumn() nameCipher!: string;
  /** The ID number, or the credit code. */
  @CipherColumn() numberCipher!: string;
  /** As the agent gave it; a principal with an account has its own. */
  @CipherColumn({ nullable: true }) phoneCipher!: string | null;
  @TextColumn(24) relation!: FamilyRelation | CompanyRole;
  @DayColumn() validUntil!: string;
  /** What the desk saw. */
  @TextColumn(60, { nullable: true }) paper!: string | null;
  /** Why it was refused or ended. */
  @TextColumn(200, { nullable: true }) reason!: string | null;
  /** The member of staff who granted or refused it. */
  @IdColumn({ nullable: true }) decidedBy!: string | null;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
  @InstantColumn() createdAt!: Date;
}

/** What a principal tells an agent on the phone; only its hash is kept. */
@Entity('authorisation_code')
@Index('ux_authorisation_code_hash', ['codeHash'], { unique: true })
@Index('ix_authorisation_code_principal', ['principalCitizenId', 'expiresAt'])
@Index('ix_authorisation_code_expiry', ['expiresAt'])
export class AuthorisationCodeEntity {
  @IdPrimary() id!: string;
  @IdColumn() principalCitizenId!: string;
  @BlindColumn() codeHash!: string;
  /** The end date of the authorisation that comes of it. */
  @DayColumn() validUntil!: string;
  @InstantColumn() expiresAt!: Date;
  @InstantColumn({ nullable: true }) usedAt!: Date | null;
  @IdColumn({ nullable: true }) authorisationId!: string | null;
  @InstantColumn() createdAt!: Date;
}
