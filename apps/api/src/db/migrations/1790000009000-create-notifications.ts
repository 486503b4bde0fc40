import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreateNotifications1790000009000 implements MigrationInterface {
  name = 'CreateNotifications1790000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE inbox_message (
      id ${id} NOT NULL,
      citizen_id ${id} NOT NULL,
      dedupe_key varchar(120) NOT NULL,
      template varchar(24) NOT NULL,
      title varchar(60) NOT NULL,
      body varchar(300) NOT NULL,
      page varchar(200) NULL,
      data json NOT NULL,
      send_state varchar(10) NOT NULL,
      send_note varchar(120) NULL,
      sent_at datetime(3) NULL,
      read_at datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_inbox_dedupe (dedupe_key),
      KEY ix_inbox_unread (citizen_id, read_at),
      KEY ix_inbox_citizen (citizen_id, id)
    ) ${table}`);
    await runner.query(`CREATE TABLE subscription_grant (
      citizen_id ${id} NOT NULL,
      template varchar(24) NOT NULL,
      remaining int NOT NULL DEFAULT 0,
      accepted int NOT NULL DEFAULT 0,
      updated_at datetime(3) NOT NULL,
      PRIMARY KEY (citizen_id, template)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE subscription_grant');
    await runner.query('DROP TABLE inbox_message');
  }
}
