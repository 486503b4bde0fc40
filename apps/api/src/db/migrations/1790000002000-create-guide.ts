import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreateGuide1790000002000 implements MigrationInterface {
  name = 'CreateGuide1790000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE hall (
      id ${id} NOT NULL,
      code varchar(20) NOT NULL,
      name varchar(50) NOT NULL,
      serves varchar(20) NOT NULL,
      address varchar(200) NOT NULL,
      transport varchar(500) NOT NULL,
      phone varchar(32) NOT NULL,
      facilities json NOT NULL,
      latitude double NOT NULL,
      longitude double NOT NULL,
      week json NOT NULL,
      notices json NOT NULL,
      courier_address json NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_hall_code (code)
    ) ${table}`);
    await runner.query(`CREATE TABLE hall_day (
      id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      \`day\` date NOT NULL,
      periods json NOT NULL,
      note varchar(100) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_hall_day (hall_id, \`day\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE department (
      id ${id} NOT NULL,
      code varchar(20) NOT NULL,
      name varchar(50) NOT NULL,
      short_name varchar(20) NOT NULL,
      credit_code varchar(18) NOT NULL,
      phone varchar(32) NOT NULL,
      \`rank\` int NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_department_code (code)
    ) ${table}`);
    await runner.query(`CREATE TABLE service_item (
      id ${id} NOT NULL,
      code varchar(31) NOT NULL,
      name varchar(100) NOT NULL,
      initials varchar(500) NOT NULL,
      keywords varchar(500) NOT NULL,
      department_id ${id} NOT NULL,
      kind varchar(10) NOT NULL,
      audience varchar(10) NOT NULL,
      promised_value int NOT NULL,
      promised_unit varchar(10) NOT NULL,
      statutory_value int NOT NULL,
      statutory_unit varchar(10) NOT NULL,
      steps varchar(5) NOT NULL,
      zero_visit tinyint NOT NULL,
      courier_allowed tinyint NOT NULL,
      bookable tinyint NOT NULL,
      fee_fen int NOT NULL,
      certificate_name varchar(100) NULL,
      \`rank\` int NOT NULL,
      p50_minutes int NOT NULL,
      p80_minutes int NOT NULL,
      conditions json NOT NULL,
      \`process\` json NOT NULL,
      fees json NOT NULL,
      legal_basis json NOT NULL,
      faq json NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_service_item_code (code),
      KEY ix_service_item_department (department_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE item_material (
      id ${id} NOT NULL,
      item_id ${id} NOT NULL,
      position int NOT NULL,
      name varchar(150) NOT NULL,
      originals int NOT NULL,
      copies int NOT NULL,
      form varchar(12) NOT NULL,
      required tinyint NOT NULL,
      note varchar(300) NULL,
      sample json NULL,
      PRIMARY KEY (id),
      KEY ix_item_material_item (item_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE item_place (
      id ${id} NOT NULL,
      item_id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      floor varchar(20) NOT NULL,
      zone varchar(50) NOT NULL,
      slots_needed int NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_item_place (item_id, hall_id),
      KEY ix_item_place_hall (hall_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE service_queue (
      id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      code varchar(20) NOT NULL,
      prefix varchar(2) NOT NULL,
      name varchar(50) NOT NULL,
      remote_allowed tinyint NOT NULL,
      first_number int NOT NULL,
      last_number int NOT NULL,
      daily_cap int NOT NULL,
      average_minutes int NOT NULL,
      slot_minutes int NOT NULL,
      booking_rules json NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_service_queue_prefix (hall_id, prefix)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE service_queue');
    await runner.query('DROP TABLE item_place');
    await runner.query('DROP TABLE item_material');
    await runner.query('DROP TABLE service_item');
    await runner.query('DROP TABLE department');
    await runner.query('DROP TABLE hall_day');
    await runner.query('DROP TABLE hall');
  }
}
