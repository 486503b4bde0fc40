import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

/**
 * Closures and days planned by hand, the history of a calendar, the booking rules of each hall, and the bookings that a change took their time
 * from. `rules_version` is what a manager edits against; `calendar_version` also grows with closures, and slots are cut only from its newest.
 */
export class CreateCalendar1790000013000 implements MigrationInterface {
  name = 'CreateCalendar1790000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE service_queue
      ADD COLUMN rules_version int NOT NULL DEFAULT 1,
      ADD COLUMN calendar_version int NOT NULL DEFAULT 1`);
    await runner.query(`CREATE TABLE calendar_exception (
      id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      queue_id ${id} NULL,
      kind varchar(10) NOT NULL,
      \`day\` date NOT NULL,
      from_minute int NULL,
      to_minute int NULL,
      reason varchar(100) NOT NULL,
      plan json NULL,
      request_id varchar(64) NOT NULL,
      created_by ${id} NOT NULL,
      created_by_name varchar(50) NOT NULL,
      created_at datetime(3) NOT NULL,
      removed_at datetime(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_calendar_exception_request (created_by, request_id, \`day\`),
      KEY ix_calendar_exception_hall (hall_id, \`day\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE calendar_change (
      id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      queue_id ${id} NULL,
      \`at\` datetime(3) NOT NULL,
      staff_id ${id} NOT NULL,
      staff_name varchar(50) NOT NULL,
      action varchar(20) NOT NULL,
      reason varchar(100) NOT NULL,
      \`before\` json NOT NULL,
      \`after\` json NOT NULL,
      affected int NOT NULL DEFAULT 0,
      PRIMARY KEY (id),
      KEY ix_calendar_change_hall (hall_id, id)
    ) ${table}`);
    await runner.query(`CREATE TABLE booking_policy (
      hall_id ${id} NOT NULL,
      preset varchar(32) NOT NULL,
      settings json NOT NULL,
      version int NOT NULL,
      saved_by ${id} NULL,
      saved_by_name varchar(50) NULL,
      saved_at datetime(3) NULL,
      PRIMARY KEY (hall_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE booking_disruption (
      id ${id} NOT NULL,
      booking_id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      exception_id ${id} NULL,
      start_at datetime(3) NOT NULL,
      reason varchar(100) NOT NULL,
      reachable tinyint NOT NULL,
      told_at datetime(3) NOT NULL,
      state varchar(10) NOT NULL,
      settled_at datetime(3) NULL,
      PRIMARY KEY (id),
      KEY ix_booking_disruption_booking (booking_id),
      KEY ix_booking_disruption_exception (exception_id),
      KEY ix_booking_disruption_due (state, start_at),
      KEY ix_booking_disruption_hall (hall_id, id)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE booking_disruption');
    await runner.query('DROP TABLE booking_policy');
    await runner.query('DROP TABLE calendar_change');
    await runner.query('DROP TABLE calendar_exception');
    await runner.query('ALTER TABLE service_queue DROP COLUMN rules_version, DROP COLUMN calendar_version');
  }
}
