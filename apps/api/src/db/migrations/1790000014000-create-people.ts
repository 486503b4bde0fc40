import type { MigrationInterface, QueryRunner } from 'typeorm';
import { blind, cipher, id, table } from './column-types.js';

/**
 * Who may book for whom, evidence for the green channel, and appeals against no-shows. `open_key` is null once a row is closed, so a
 * unique index allows one open row and any number of old ones.
 */
export class CreatePeople1790000014000 implements MigrationInterface {
  name = 'CreatePeople1790000014000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE authorisation (
      id ${id} NOT NULL,
      kind varchar(8) NOT NULL,
      state varchar(8) NOT NULL,
      origin varchar(8) NOT NULL,
      agent_citizen_id ${id} NOT NULL,
      principal_hash ${blind} NOT NULL,
      open_key ${blind} NULL,
      name_cipher ${cipher(1024)} NOT NULL,
      number_cipher ${cipher(1024)} NOT NULL,
      phone_cipher ${cipher(1024)} NULL,
      relation varchar(24) NOT NULL,
      valid_until date NOT NULL,
      paper varchar(60) NULL,
      reason varchar(200) NULL,
      decided_by ${id} NULL,
      decided_at datetime(3) NULL,
      ended_at datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_authorisation_open (agent_citizen_id, open_key),
      KEY ix_authorisation_principal (principal_hash),
      KEY ix_authorisation_state (state, valid_until)
    ) ${table}`);
    await runner.query(`CREATE TABLE authorisation_code (
      id ${id} NOT NULL,
      principal_citizen_id ${id} NOT NULL,
      code_hash ${blind} NOT NULL,
      valid_until date NOT NULL,
      expires_at datetime(3) NOT NULL,
      used_at datetime(3) NULL,
      authorisation_id ${id} NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_authorisation_code_hash (code_hash),
      KEY ix_authorisation_code_principal (principal_citizen_id, expires_at),
      KEY ix_authorisation_code_expiry (expires_at)
    ) ${table}`);
    await runner.query(`CREATE TABLE green_evidence (
      id ${id} NOT NULL,
      person_key ${blind} NOT NULL,
      citizen_id ${id} NOT NULL,
      authorisation_id ${id} NULL,
      reason varchar(10) NOT NULL,
      state varchar(10) NOT NULL,
      open_key varchar(10) NULL,
      document_cipher ${cipher(1024)} NOT NULL,
      valid_until date NOT NULL,
      check_reason varchar(200) NULL,
      checked_by ${id} NULL,
      checked_at datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_green_evidence_open (person_key, open_key),
      KEY ix_green_evidence_citizen (citizen_id),
      KEY ix_green_evidence_state (state, id)
    ) ${table}`);
    await runner.query(`CREATE TABLE booking_appeal (
      id ${id} NOT NULL,
      booking_id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      citizen_id ${id} NOT NULL,
      state varchar(8) NOT NULL,
      text_cipher ${cipher(2048)} NOT NULL,
      reason varchar(200) NULL,
      decided_by ${id} NULL,
      decided_at datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_booking_appeal_booking (booking_id),
      KEY ix_booking_appeal_citizen (citizen_id),
      KEY ix_booking_appeal_hall (hall_id, state, id)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE booking_appeal');
    await runner.query('DROP TABLE green_evidence');
    await runner.query('DROP TABLE authorisation_code');
    await runner.query('DROP TABLE authorisation');
  }
}
