import type { z } from 'zod';
import type { CaseResult, CaseState } from '@haoban/contracts';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import {
  BlindColumn,
  CipherColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  JsonColumn,
  TextColumn,
} from '../db/columns.js';

/** A stretch in which the promised time does not run (特别程序, 补正). ISO instants; `to` null while it lasts. */
export interface ClockStop {
  from: string;
  to: string | null;
  reason: string;
}

@Entity('case_file')
@Index('ux_case_no', ['caseNo'], { unique: true })
@Index('ux_case_ticket', ['ticketId', 'itemId'], { unique: true })
@Index('ux_case_waybill', ['waybillNo'], { unique: true })
@Index('ux_case_request', ['openedBy', 'requestId'], { unique: true })
@Index('ix_case_citizen', ['citizenId', 'id'])
@Index('ix_case_hall', ['hallId', 'state', 'id'])
export class CaseEntity {
  @IdPrimary() id!: string;
  @TextColumn(64) caseNo!: string;
  @IdColumn() hallId!: string;
  @IdColumn() itemId!: string;
  @IdColumn() departmentId!: string;
  @IdColumn({ nullable: true }) ticketId!: string | null;
  @TextColumn(8, { nullable: true }) ticketLabel!: string | null;
  @IdColumn({ nullable: true }) citizenId!: string | null;
  @IdColumn() openedBy!: string;
  @TextColumn(64) requestId!: string;
  @CipherColumn() nameCipher!: string;
  @CipherColumn() idNumberCipher!: string;
  @BlindColumn() idNumberHash!: string;
  @CipherColumn({ nullable: true }) phoneCipher!: string | null;
  @TextColumn(14) state!: z.infer<typeof CaseState>;
  /** Where the case goes back to when a stop or a correction ends. */
  @TextColumn(14, { nullable: true }) stateBeforeStop!: z.infer<typeof CaseState> | null;
  @TextColumn(10, { nullable: true }) result!: z.infer<typeof CaseResult> | null;
  @TextColumn(500, { nullable: true }) decisionReason!: string | null;
  @TextColumn(5) steps!: '1+1' | '2+1' | '3+1';
  @IntColumn() promisedValue!: number;
  @TextColumn(10) promisedUnit!: 'minute' | 'hour' | 'workday';
  @InstantColumn() acceptedAt!: Date;
  @InstantColumn() dueAt!: Date;
  @JsonColumn() clockStops!: ClockStop[];
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
  @IdColumn({ nullable: true }) deliveryId!: string | null;
  @TextColumn(32, { nullable: true }) waybillNo!: string | null;
  @InstantColumn({ nullable: true }) ratedAt!: Date | null;
  @IntColumn({ default: 1 }) version!: number;
}

@Entity('case_event')
@Index('ix_case_event_case', ['caseId', 'at'])
export class CaseEventEntity {
  @IdPrimary() id!: string;
  @IdColumn() caseId!: string;
  @InstantColumn() at!: Date;
  @TextColumn(12) kind!: 'case' | 'certificate' | 'delivery' | 'payment' | 'rating';
  @TextColumn(20) action!: string;
  @TextColumn(60) title!: string;
  @TextColumn(500, { nullable: true }) text!: string | null;
  @TextColumn(10) actorKind!: string;
  @TextColumn(26, { nullable: true }) actorId!: string | null;
}

@Entity('case_material')
export class CaseMaterialEntity {
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) caseId!: string;
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) materialId!: string;
  @InstantColumn() receivedAt!: Date;
}

/** The counter of case numbers of a hall's day. */
@Entity('case_counter')
export class CaseCounterEntity {
  @PrimaryColumn({ type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' }) hallId!: string;
  @PrimaryColumn({ type: 'date' }) day!: string;
  @IntColumn({ default: 0 }) lastNumber!: number;
}

@Entity('certificate')
@Index('ux_certificate_case', ['caseId'], { unique: true })
@Index('ux_certificate_no', ['certificateNo'], { unique: true })
export class CertificateEntity {
  @IdPrimary() id!: string;
  @IdColumn() caseId!: string;
  @TextColumn(100) name!: string;
  @TextColumn(64) certificateNo!: string;
  @IntColumn() copies!: number;
  @TextColumn(14) place!: 'at_hall' | 'handed_over' | 'with_courier' | 'delivered';
  @InstantColumn() issuedAt!: Date;
}
