import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreateOutbox1790000000000 implements MigrationInterface {
  name = 'CreateOutbox1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE outbox (
      id ${id} NOT NULL,
      topic varchar(64) NOT NULL,
      payload json NOT NULL,
      created_at datetime(3) NOT NULL,
      available_at datetime(3) NOT NULL,
      dispatched_at datetime(3) NULL,
      attempts int NOT NULL DEFAULT 0,
      PRIMARY KEY (id),
      KEY ix_outbox_pending (dispatched_at, available_at)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox');
  }
}
