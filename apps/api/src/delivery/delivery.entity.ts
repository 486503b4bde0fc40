import type { z } from 'zod';
import type { DeliveryState } from '@haoban/contracts';
import { Column, Entity, Index } from 'typeorm';
import { CipherColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, TextColumn } from '../db/columns.js';

@Entity('delivery')
@Index('ux_delivery_request', ['citizenId', 'requestId'], { unique: true })
@Index('ux_delivery_open_case', ['openCaseId'], { unique: true })
@Index('ux_delivery_waybill', ['waybillNo'], { unique: true })
@Index('ux_delivery_logistics_order', ['logisticsOrderNo'], { unique: true })
@Index('ix_delivery_citizen', ['citizenId', 'id'])
@Index('ix_delivery_hall', ['hallId', 'state', 'id'])
@Index('ix_delivery_pull', ['state', 'lastPulledAt'])
export class DeliveryEntity {
  @IdPrimary() id!: string;
  @IdColumn() caseId!: string;
  /** The case until this delivery is cancelled or came back, then null: a certificate travels once at a time. */
  @IdColumn({ nullable: true }) openCaseId!: string | null;
  @IdColumn() citizenId!: string;
  @TextColumn(64) requestId!: string;
  @IdColumn() hallId!: string;
  @TextColumn(64) caseNo!: string;
  @TextColumn(100) itemName!: string;
  @TextColumn(64) certificateNo!: string;
  @TextColumn(100) contents!: string;
  @TextColumn(20) state!: z.infer<typeof DeliveryState>;
  /** Name, phone and address of the receiver as one encrypted JSON text. */
  @CipherColumn({ length: 2048 }) receiverCipher!: string;
  @TextColumn(120) receiverMasked!: string;
  @IntColumn() feeFen!: number;
  @IdColumn({ nullable: true }) paymentId!: string | null;
  /** Ours, sent to EMS with the order and again on every retry, so that one parcel is ordered once. */
  @TextColumn(40) logisticsOrderNo!: string;
  @TextColumn(32, { nullable: true }) waybillNo!: string | null;
  @TextColumn(20, { nullable: true }) signedBy!: string | null;
  @TextColumn(200, { nullable: true }) problem!: string | null;
  @IdColumn({ nullable: true }) handedOverBy!: string | null;
  @InstantColumn() createdAt!: Date;
  /** Before EMS is called, so that a cancellation knows that an order may exist there even if no answer ever came. */
  @InstantColumn({ nullable: true }) orderTriedAt!: Date | null;
  @InstantColumn({ nullable: true }) orderedAt!: Date | null;
  @InstantColumn({ nullable: true }) handedOverAt!: Date | null;
  @InstantColumn({ nullable: true }) deliveredAt!: Date | null;
  @InstantColumn({ nullable: true }) lastPulledAt!: Date | null;
  @IntColumn({ default: 1 }) version!: number;
}

/** One scan of EMS, pushed or pulled, kept once. */
@Entity('delivery_trace')
@Index('ux_delivery_trace', ['waybillNo', 'opCode', 'opTime', 'opOrgCode'], { unique: true })
@Index('ix_delivery_trace_delivery', ['deliveryId', 'opTime'])
export class DeliveryTraceEntity {
  @IdPrimary() id!: string;
  @IdColumn({ nullable: true }) deliveryId!: string | null;
  @TextColumn(32) waybillNo!: string;
  @TextColumn(16) opCode!: string;
  @InstantColumn() opTime!: Date;
  @TextColumn(32, { default: '' }) opOrgCode!: string;
  @TextColumn(64) opName!: string;
  @TextColumn(300) opDesc!: string;
  @TextColumn(100, { nullable: true }) place!: string | null;
  @TextColumn(8, { nullable: true }) deliverCode!: string | null;
  @TextColumn(8, { nullable: true }) attemptDeliveryCode!: string | null;
  @Column({ type: 'varchar', length: 8 }) source!: 'push' | 'pull';
  @InstantColumn() receivedAt!: Date;
}
