import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreateRatings1790000008000 implements MigrationInterface {
  name = 'CreateRatings1790000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE rating_invitation (
      id ${id} NOT NULL,
      subject varchar(8) NOT NULL,
      subject_id ${id} NOT NULL,
      citizen_id ${id} NULL,
      hall_id ${id} NOT NULL,
      title varchar(100) NOT NULL,
      item_name varchar(100) NOT NULL,
      desk_label varchar(30) NULL,
      staff_id ${id} NULL,
      ended_at datetime(3) NOT NULL,
      open_until datetime(3) NOT NULL,
      rated_at datetime(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_rating_invitation (subject, subject_id),
      KEY ix_rating_invitation_hall (hall_id, ended_at),
      KEY ix_rating_invitation_citizen (citizen_id, open_until)
    ) ${table}`);
    await runner.query(`CREATE TABLE rating (
      id ${id} NOT NULL,
      subject varchar(8) NOT NULL,
      subject_id ${id} NOT NULL,
      citizen_id ${id} NOT NULL,
      request_id varchar(64) NOT NULL,
      hall_id ${id} NOT NULL,
      title varchar(100) NOT NULL,
      item_name varchar(100) NOT NULL,
      desk_label varchar(30) NULL,
      staff_id ${id} NULL,
      \`level\` int NOT NULL,
      tags json NOT NULL,
      \`comment\` varchar(500) NULL,
      anonymous tinyint NOT NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_rating_request (citizen_id, request_id),
      UNIQUE KEY ux_rating_subject (subject, subject_id),
      KEY ix_rating_hall_day (hall_id, created_at, \`level\`),
      KEY ix_rating_hall (hall_id, id)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rating');
    await runner.query('DROP TABLE rating_invitation');
  }
}
