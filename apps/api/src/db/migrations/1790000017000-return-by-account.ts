import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id } from './column-types.js';

/** Which account gave a place back: an agent must not hand it from one client to the next. */
export class ReturnByAccount1790000017000 implements MigrationInterface {
  name = 'ReturnByAccount1790000017000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE slot_return ADD COLUMN account_id ${id} NULL AFTER person_key`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE slot_return DROP COLUMN account_id');
  }
}
