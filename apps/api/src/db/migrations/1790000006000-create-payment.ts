import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreatePayment1790000006000 implements MigrationInterface {
  name = 'CreatePayment1790000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE payment_order (
      id ${id} NOT NULL,
      out_trade_no varchar(32) NOT NULL,
      citizen_id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      subject_kind varchar(16) NOT NULL,
      subject_id ${id} NOT NULL,
      case_no varchar(64) NULL,
      description varchar(127) NOT NULL,
      amount_fen int NOT NULL,
      refunded_fen int NOT NULL DEFAULT 0,
      state varchar(10) NOT NULL,
      transaction_id varchar(64) NULL,
      expires_at datetime(3) NOT NULL,
      paid_at datetime(3) NULL,
      closed_at datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      version int NOT NULL DEFAULT 1,
      PRIMARY KEY (id),
      UNIQUE KEY ux_payment_subject (subject_kind, subject_id),
      UNIQUE KEY ux_payment_transaction (transaction_id),
      UNIQUE KEY ux_payment_out_trade_no (out_trade_no),
      KEY ix_payment_open (state, expires_at),
      KEY ix_payment_paid (paid_at),
      KEY ix_payment_hall (hall_id, id),
      KEY ix_payment_citizen (citizen_id, id)
    ) ${table}`);
    await runner.query(`CREATE TABLE payment_refund (
      id ${id} NOT NULL,
      payment_id ${id} NOT NULL,
      out_refund_no varchar(64) NOT NULL,
      request_id varchar(64) NOT NULL,
      amount_fen int NOT NULL,
      \`reason\` varchar(80) NOT NULL,
      state varchar(12) NOT NULL,
      refund_id varchar(64) NULL,
      created_at datetime(3) NOT NULL,
      succeeded_at datetime(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_refund_request (payment_id, request_id),
      UNIQUE KEY ux_refund_out_refund_no (out_refund_no),
      KEY ix_refund_open (state, created_at)
    ) ${table}`);
    await runner.query(`CREATE TABLE payment_notice (
      id ${id} NOT NULL,
      notice_key varchar(120) NOT NULL,
      event_type varchar(40) NOT NULL,
      body text NOT NULL,
      received_at datetime(3) NOT NULL,
      applied_at datetime(3) NULL,
      outcome varchar(200) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_payment_notice (notice_key)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payment_notice');
    await runner.query('DROP TABLE payment_refund');
    await runner.query('DROP TABLE payment_order');
  }
}
