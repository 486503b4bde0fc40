import type { MigrationInterface, QueryRunner } from 'typeorm';
import { blind, cipher, id, table } from './column-types.js';

/**
 * Kinds, contingents, holds, several items in a visit, bookings for others and by staff. A booking keeps its id when it is moved; what was
 * changed and by whom stands in `booking_change`. `requester_id` is whoever sent the request: the citizen, or the clerk at the desk.
 */
export class BookingInFull1790000011000 implements MigrationInterface {
  name = 'BookingInFull1790000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE slot
      ADD COLUMN kind varchar(12) NOT NULL DEFAULT 'window',
      ADD COLUMN rule_id varchar(26) NOT NULL DEFAULT '',
      ADD COLUMN green_capacity int NOT NULL DEFAULT 0,
      ADD COLUMN green_taken int NOT NULL DEFAULT 0,
      ADD COLUMN internal_taken int NOT NULL DEFAULT 0,
      ADD COLUMN held_back int NOT NULL DEFAULT 0,
      ADD COLUMN class_places json NULL,
      ADD COLUMN class_taken json NULL,
      DROP KEY ux_slot_start,
      ADD UNIQUE KEY ux_slot_start (queue_id, start_at, kind)`);
    await runner.query(`ALTER TABLE booking
      MODIFY COLUMN citizen_id ${id} NULL,
      ADD COLUMN requester_id ${id} NULL,
      ADD COLUMN person_key ${blind} NULL,
      ADD COLUMN kind varchar(12) NOT NULL DEFAULT 'window',
      ADD COLUMN contingent varchar(8) NOT NULL DEFAULT 'public',
      ADD COLUMN channel varchar(8) NOT NULL DEFAULT 'app',
      ADD COLUMN persons int NOT NULL DEFAULT 1,
      ADD COLUMN item_class varchar(20) NULL,
      ADD COLUMN hold_until datetime(3) NULL,
      ADD COLUMN authorisation_id ${id} NULL,
      ADD COLUMN for_name_cipher ${cipher(1024)} NULL,
      ADD COLUMN for_phone_cipher ${cipher(1024)} NULL,
      ADD COLUMN address_cipher ${cipher(1024)} NULL,
      ADD COLUMN waitlist_id ${id} NULL,
      ADD COLUMN reply varchar(8) NULL,
      ADD COLUMN day_reminded_at datetime(3) NULL,
      ADD COLUMN hour_reminded_at datetime(3) NULL,
      ADD COLUMN excused tinyint NOT NULL DEFAULT 0,
      ADD COLUMN version int NOT NULL DEFAULT 1`);
    await runner.query('UPDATE booking SET requester_id = citizen_id');
    await runner.query(`UPDATE booking JOIN citizen ON citizen.id = booking.citizen_id
      SET booking.person_key = COALESCE(citizen.id_number_hash, citizen.id)`);
    await runner.query(`ALTER TABLE booking
      MODIFY COLUMN requester_id ${id} NOT NULL,
      MODIFY COLUMN person_key ${blind} NOT NULL,
      DROP KEY ux_booking_request,
      ADD UNIQUE KEY ux_booking_request (requester_id, request_id),
      ADD KEY ix_booking_person_day (person_key, \`day\`),
      ADD KEY ix_booking_hold (state, hold_until)`);
    await runner.query(`CREATE TABLE booking_item (
      booking_id ${id} NOT NULL,
      position int NOT NULL,
      item_id ${id} NOT NULL,
      files int NOT NULL DEFAULT 1,
      PRIMARY KEY (booking_id, position),
      KEY ix_booking_item_item (item_id)
    ) ${table}`);
    await runner.query(`INSERT INTO booking_item (booking_id, position, item_id, files)
      SELECT id, 0, item_id, 1 FROM booking`);
    await runner.query(`CREATE TABLE booking_change (
      id ${id} NOT NULL,
      booking_id ${id} NOT NULL,
      \`at\` datetime(3) NOT NULL,
      action varchar(16) NOT NULL,
      actor_kind varchar(10) NOT NULL,
      actor_id ${id} NULL,
      request_id varchar(64) NULL,
      reason varchar(200) NULL,
      \`before\` json NULL,
      \`after\` json NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_booking_change_request (booking_id, request_id),
      KEY ix_booking_change_booking (booking_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE slot_return (
      id ${id} NOT NULL,
      slot_id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      person_key ${blind} NOT NULL,
      places int NOT NULL,
      returned_at datetime(3) NOT NULL,
      reopen_at datetime(3) NOT NULL,
      reopened_at datetime(3) NULL,
      PRIMARY KEY (id),
      KEY ix_slot_return_slot (slot_id, person_key),
      KEY ix_slot_return_due (reopened_at, reopen_at)
    ) ${table}`);
    await runner.query(`ALTER TABLE item_place
      ADD COLUMN kinds json NULL,
      ADD COLUMN item_class varchar(20) NULL,
      ADD COLUMN alone tinyint NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE item_place DROP COLUMN kinds, DROP COLUMN item_class, DROP COLUMN alone');
    await runner.query('DROP TABLE slot_return');
    await runner.query('DROP TABLE booking_change');
    await runner.query('DROP TABLE booking_item');
    await runner.query('DELETE FROM booking WHERE citizen_id IS NULL');
    await runner.query(`ALTER TABLE booking
      DROP KEY ux_booking_request,
      DROP KEY ix_booking_person_day,
      DROP KEY ix_booking_hold,
      MODIFY COLUMN citizen_id ${id} NOT NULL,
      DROP COLUMN requester_id, DROP COLUMN person_key, DROP COLUMN kind, DROP COLUMN contingent,
      DROP COLUMN channel, DROP COLUMN persons, DROP COLUMN item_class, DROP COLUMN hold_until,
      DROP COLUMN authorisation_id, DROP COLUMN for_name_cipher, DROP COLUMN for_phone_cipher,
      DROP COLUMN address_cipher, DROP COLUMN waitlist_id, DROP COLUMN reply, DROP COLUMN day_reminded_at,
      DROP COLUMN hour_reminded_at, DROP COLUMN excused, DROP COLUMN version,
      ADD UNIQUE KEY ux_booking_request (citizen_id, request_id)`);
    await runner.query("DELETE FROM slot WHERE kind <> 'window'");
    await runner.query(`ALTER TABLE slot
      DROP KEY ux_slot_start,
      DROP COLUMN kind, DROP COLUMN rule_id, DROP COLUMN green_capacity, DROP COLUMN green_taken,
      DROP COLUMN internal_taken, DROP COLUMN held_back, DROP COLUMN class_places, DROP COLUMN class_taken,
      ADD UNIQUE KEY ux_slot_start (queue_id, start_at)`);
  }
}
