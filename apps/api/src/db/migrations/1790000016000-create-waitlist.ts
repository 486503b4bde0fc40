import type { MigrationInterface, QueryRunner } from 'typeorm';
import { blind, cipher, id, table } from './column-types.js';

/**
 * The waitlist (候补). `open_mark` is 1 while an entry waits or has an offer and null afterwards, so that its unique key holds one open entry per
 * person, item and day. `slot.waited` says under the slot's own lock that somebody waits, so that whoever gives a place back keeps it for them.
 */
export class CreateWaitlist1790000016000 implements MigrationInterface {
  name = 'CreateWaitlist1790000016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE waitlist_entry (
      id ${id} NOT NULL,
      citizen_id ${id} NOT NULL,
      request_id varchar(64) NOT NULL,
      person_key ${blind} NOT NULL,
      state varchar(10) NOT NULL,
      open_mark tinyint NULL,
      hall_id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      item_id ${id} NOT NULL,
      items json NOT NULL,
      \`day\` date NOT NULL,
      part varchar(10) NOT NULL,
      kind varchar(12) NOT NULL,
      green tinyint NOT NULL,
      persons int NOT NULL,
      authorisation_id ${id} NULL,
      for_name_cipher ${cipher(1024)} NULL,
      for_phone_cipher ${cipher(1024)} NULL,
      passed int NOT NULL DEFAULT 0,
      booking_id ${id} NULL,
      skip_code varchar(40) NULL,
      skipped_at datetime(3) NULL,
      end_reason varchar(20) NULL,
      joined_at datetime(3) NOT NULL,
      ended_at datetime(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_waitlist_request (citizen_id, request_id),
      UNIQUE KEY ux_waitlist_open (person_key, item_id, \`day\`, open_mark),
      KEY ix_waitlist_queue (queue_id, \`day\`, state),
      KEY ix_waitlist_hall (hall_id, \`day\`),
      KEY ix_waitlist_state (state, \`day\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE waitlist_offer (
      id ${id} NOT NULL,
      entry_id ${id} NOT NULL,
      booking_id ${id} NOT NULL,
      slot_id ${id} NOT NULL,
      offered_at datetime(3) NOT NULL,
      until_at datetime(3) NOT NULL,
      outcome varchar(10) NULL,
      ended_at datetime(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_waitlist_offer_booking (booking_id),
      KEY ix_waitlist_offer_entry (entry_id),
      KEY ix_waitlist_offer_outcome (outcome, until_at)
    ) ${table}`);
    await runner.query(`ALTER TABLE slot
      ADD COLUMN waited tinyint NOT NULL DEFAULT 0,
      ADD KEY ix_slot_waited (waited, \`day\`)`);
    await runner.query(`ALTER TABLE slot_return
      MODIFY COLUMN person_key ${blind} NULL,
      ADD COLUMN went_to varchar(10) NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM slot_return WHERE person_key IS NULL');
    await runner.query(
      `ALTER TABLE slot_return MODIFY COLUMN person_key ${blind} NOT NULL, DROP COLUMN went_to`,
    );
    await runner.query('ALTER TABLE slot DROP KEY ix_slot_waited, DROP COLUMN waited');
    await runner.query('DROP TABLE waitlist_offer');
    await runner.query('DROP TABLE waitlist_entry');
  }
}
