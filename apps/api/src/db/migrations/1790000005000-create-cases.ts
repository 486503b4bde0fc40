import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, blind, cipher, table } from './column-types.js';

export class CreateCases1790000005000 implements MigrationInterface {
  name = 'CreateCases1790000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE case_file (
      id ${id} NOT NULL,
      case_no varchar(64) NOT NULL,
      hall_id ${id} NOT NULL,
      item_id ${id} NOT NULL,
      department_id ${id} NOT NULL,
      ticket_id ${id} NULL,
      ticket_label varchar(8) NULL,
      citizen_id ${id} NULL,
      opened_by ${id} NOT NULL,
      request_id varchar(64) NOT NULL,
      name_cipher ${cipher(1024)} NOT NULL,
      id_number_cipher ${cipher(1024)} NOT NULL,
      id_number_hash ${blind} NOT NULL,
      phone_cipher ${cipher(1024)} NULL,
      state varchar(14) NOT NULL,
      state_before_stop varchar(14) NULL,
      result varchar(10) NULL,
      decision_reason varchar(500) NULL,
      steps varchar(5) NOT NULL,
      promised_value int NOT NULL,
      promised_unit varchar(10) NOT NULL,
      accepted_at datetime(3) NOT NULL,
      due_at datetime(3) NOT NULL,
      clock_stops json NOT NULL,
      decided_at datetime(3) NULL,
      closed_at datetime(3) NULL,
      delivery_id ${id} NULL,
      waybill_no varchar(32) NULL,
      rated_at datetime(3) NULL,
      version int NOT NULL DEFAULT 1,
      PRIMARY KEY (id),
      UNIQUE KEY ux_case_request (opened_by, request_id),
      UNIQUE KEY ux_case_waybill (waybill_no),
      UNIQUE KEY ux_case_ticket (ticket_id, item_id),
      UNIQUE KEY ux_case_no (case_no),
      KEY ix_case_hall (hall_id, state, id),
      KEY ix_case_citizen (citizen_id, id)
    ) ${table}`);
    await runner.query(`CREATE TABLE case_event (
      id ${id} NOT NULL,
      case_id ${id} NOT NULL,
      \`at\` datetime(3) NOT NULL,
      kind varchar(12) NOT NULL,
      action varchar(20) NOT NULL,
      title varchar(60) NOT NULL,
      \`text\` varchar(500) NULL,
      actor_kind varchar(10) NOT NULL,
      actor_id varchar(26) NULL,
      PRIMARY KEY (id),
      KEY ix_case_event_case (case_id, \`at\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE case_material (
      case_id ${id} NOT NULL,
      material_id ${id} NOT NULL,
      received_at datetime(3) NOT NULL,
      PRIMARY KEY (case_id, material_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE case_counter (
      hall_id ${id} NOT NULL,
      \`day\` date NOT NULL,
      last_number int NOT NULL DEFAULT 0,
      PRIMARY KEY (hall_id, \`day\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE certificate (
      id ${id} NOT NULL,
      case_id ${id} NOT NULL,
      name varchar(100) NOT NULL,
      certificate_no varchar(64) NOT NULL,
      copies int NOT NULL,
      place varchar(14) NOT NULL,
      issued_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_certificate_no (certificate_no),
      UNIQUE KEY ux_certificate_case (case_id)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE certificate');
    await runner.query('DROP TABLE case_counter');
    await runner.query('DROP TABLE case_material');
    await runner.query('DROP TABLE case_event');
    await runner.query('DROP TABLE case_file');
  }
}
