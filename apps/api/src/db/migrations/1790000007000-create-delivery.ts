import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, cipher, table } from './column-types.js';

export class CreateDelivery1790000007000 implements MigrationInterface {
  name = 'CreateDelivery1790000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE delivery (
      id ${id} NOT NULL,
      case_id ${id} NOT NULL,
      open_case_id ${id} NULL,
      citizen_id ${id} NOT NULL,
      request_id varchar(64) NOT NULL,
      hall_id ${id} NOT NULL,
      case_no varchar(64) NOT NULL,
      item_name varchar(100) NOT NULL,
      certificate_no varchar(64) NOT NULL,
      contents varchar(100) NOT NULL,
      state varchar(20) NOT NULL,
      receiver_cipher ${cipher(2048)} NOT NULL,
      receiver_masked varchar(120) NOT NULL,
      fee_fen int NOT NULL,
      payment_id ${id} NULL,
      logistics_order_no varchar(40) NOT NULL,
      waybill_no varchar(32) NULL,
      signed_by varchar(20) NULL,
      problem varchar(200) NULL,
      handed_over_by ${id} NULL,
      created_at datetime(3) NOT NULL,
      order_tried_at datetime(3) NULL,
      ordered_at datetime(3) NULL,
      handed_over_at datetime(3) NULL,
      delivered_at datetime(3) NULL,
      last_pulled_at datetime(3) NULL,
      version int NOT NULL DEFAULT 1,
      PRIMARY KEY (id),
      UNIQUE KEY ux_delivery_logistics_order (logistics_order_no),
      UNIQUE KEY ux_delivery_waybill (waybill_no),
      UNIQUE KEY ux_delivery_open_case (open_case_id),
      UNIQUE KEY ux_delivery_request (citizen_id, request_id),
      KEY ix_delivery_hall (hall_id, state, id),
      KEY ix_delivery_pull (state, last_pulled_at),
      KEY ix_delivery_citizen (citizen_id, id)
    ) ${table}`);
    await runner.query(`CREATE TABLE delivery_trace (
      id ${id} NOT NULL,
      delivery_id ${id} NULL,
      waybill_no varchar(32) NOT NULL,
      op_code varchar(16) NOT NULL,
      op_time datetime(3) NOT NULL,
      op_org_code varchar(32) NOT NULL DEFAULT '',
      op_name varchar(64) NOT NULL,
      op_desc varchar(300) NOT NULL,
      place varchar(100) NULL,
      deliver_code varchar(8) NULL,
      attempt_delivery_code varchar(8) NULL,
      \`source\` varchar(8) NOT NULL,
      received_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_delivery_trace (waybill_no, op_code, op_time, op_org_code),
      KEY ix_delivery_trace_delivery (delivery_id, op_time)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery_trace');
    await runner.query('DROP TABLE delivery');
  }
}
