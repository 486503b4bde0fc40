import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreateEntryCodes1790000012000 implements MigrationInterface {
  name = 'CreateEntryCodes1790000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE entry_code (
      id ${id} NOT NULL,
      scene varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      target varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      kind varchar(10) NOT NULL,
      hall_id ${id} NOT NULL,
      item_id ${id} NULL,
      desk_id ${id} NULL,
      created_by ${id} NOT NULL,
      created_at datetime(3) NOT NULL,
      picture mediumblob NULL,
      picture_type varchar(50) NULL,
      picture_of varchar(64) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_entry_code_scene (scene),
      UNIQUE KEY ux_entry_code_target (target)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE entry_code');
  }
}
