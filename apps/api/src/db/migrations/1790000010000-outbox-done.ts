import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OutboxDone1790000010000 implements MigrationInterface {
  name = 'OutboxDone1790000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox ADD COLUMN done_at datetime(3) NULL AFTER dispatched_at');
    // What was handed over before anybody wrote down the end is taken for done, else a week of it would run again.
    await runner.query('UPDATE outbox SET done_at = dispatched_at WHERE dispatched_at IS NOT NULL');
    await runner.query('CREATE INDEX ix_outbox_undone ON outbox (done_at, dispatched_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_outbox_undone ON outbox');
    await runner.query('ALTER TABLE outbox DROP COLUMN done_at');
  }
}
