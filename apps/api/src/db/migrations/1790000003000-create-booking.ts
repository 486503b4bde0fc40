import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreateBooking1790000003000 implements MigrationInterface {
  name = 'CreateBooking1790000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE slot (
      id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      \`day\` date NOT NULL,
      start_at datetime(3) NOT NULL,
      end_at datetime(3) NOT NULL,
      capacity int NOT NULL,
      internal_capacity int NOT NULL,
      taken int NOT NULL DEFAULT 0,
      closed tinyint NOT NULL DEFAULT 0,
      PRIMARY KEY (id),
      UNIQUE KEY ux_slot_start (queue_id, start_at),
      KEY ix_slot_day (queue_id, \`day\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE booking (
      id ${id} NOT NULL,
      citizen_id ${id} NOT NULL,
      request_id varchar(64) NOT NULL,
      code varchar(8) NOT NULL,
      state varchar(12) NOT NULL,
      item_id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      slot_id ${id} NOT NULL,
      \`day\` date NOT NULL,
      start_at datetime(3) NOT NULL,
      end_at datetime(3) NOT NULL,
      ticket_id ${id} NULL,
      cancel_reason varchar(100) NULL,
      cancelled_at datetime(3) NULL,
      checked_in_at datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_booking_code (hall_id, \`day\`, code),
      UNIQUE KEY ux_booking_request (citizen_id, request_id),
      KEY ix_booking_due (state, start_at),
      KEY ix_booking_hall_day (hall_id, \`day\`, start_at),
      KEY ix_booking_citizen_day (citizen_id, \`day\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE booking_slot (
      booking_id ${id} NOT NULL,
      slot_id ${id} NOT NULL,
      PRIMARY KEY (booking_id, slot_id),
      KEY ix_booking_slot_slot (slot_id)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE booking_slot');
    await runner.query('DROP TABLE booking');
    await runner.query('DROP TABLE slot');
  }
}
