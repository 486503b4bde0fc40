import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, table } from './column-types.js';

export class CreateQueue1790000004000 implements MigrationInterface {
  name = 'CreateQueue1790000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE desk (
      id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      \`number\` int NOT NULL,
      label varchar(30) NOT NULL,
      status varchar(10) NOT NULL DEFAULT 'closed',
      staff_id ${id} NULL,
      pause_reason varchar(30) NULL,
      last_call_request varchar(64) NULL,
      version int NOT NULL DEFAULT 1,
      PRIMARY KEY (id),
      UNIQUE KEY ux_desk_staff (staff_id),
      UNIQUE KEY ux_desk_number (hall_id, \`number\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE desk_queue (
      desk_id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      PRIMARY KEY (desk_id, queue_id),
      KEY ix_desk_queue_queue (queue_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE desk_session (
      id ${id} NOT NULL,
      desk_id ${id} NOT NULL,
      staff_id ${id} NOT NULL,
      opened_at datetime(3) NOT NULL,
      closed_at datetime(3) NULL,
      PRIMARY KEY (id),
      KEY ix_desk_session_desk (desk_id, opened_at)
    ) ${table}`);
    await runner.query(`CREATE TABLE queue_day (
      queue_id ${id} NOT NULL,
      \`day\` date NOT NULL,
      last_number int NOT NULL DEFAULT 0,
      issued int NOT NULL DEFAULT 0,
      recent_calls json NOT NULL,
      version int NOT NULL DEFAULT 0,
      PRIMARY KEY (queue_id, \`day\`)
    ) ${table}`);
    await runner.query(`CREATE TABLE ticket (
      id ${id} NOT NULL,
      hall_id ${id} NOT NULL,
      queue_id ${id} NOT NULL,
      \`day\` date NOT NULL,
      \`number\` int NOT NULL,
      label varchar(8) NOT NULL,
      state varchar(10) NOT NULL,
      \`source\` varchar(10) NOT NULL,
      item_id ${id} NOT NULL,
      citizen_id ${id} NULL,
      booking_id ${id} NULL,
      requester_id ${id} NOT NULL,
      request_id varchar(64) NOT NULL,
      open_key varchar(80) NULL,
      booked_for datetime(3) NULL,
      priority varchar(10) NULL,
      rejoined_at datetime(3) NULL,
      soon_told_at datetime(3) NULL,
      called_count int NOT NULL DEFAULT 0,
      missed_count int NOT NULL DEFAULT 0,
      desk_id ${id} NULL,
      active_desk_id ${id} NULL,
      staff_id ${id} NULL,
      case_id ${id} NULL,
      \`reason\` varchar(200) NULL,
      created_at datetime(3) NOT NULL,
      called_at datetime(3) NULL,
      started_at datetime(3) NULL,
      ended_at datetime(3) NULL,
      rated_at datetime(3) NULL,
      version int NOT NULL DEFAULT 1,
      PRIMARY KEY (id),
      UNIQUE KEY ux_ticket_desk (active_desk_id),
      UNIQUE KEY ux_ticket_open (open_key),
      UNIQUE KEY ux_ticket_booking (booking_id),
      UNIQUE KEY ux_ticket_request (requester_id, request_id),
      UNIQUE KEY ux_ticket_number (queue_id, \`day\`, \`number\`),
      KEY ix_ticket_hall_day (hall_id, \`day\`, state),
      KEY ix_ticket_called (hall_id, \`day\`, called_at),
      KEY ix_ticket_citizen (citizen_id, \`day\`),
      KEY ix_ticket_line (queue_id, \`day\`, state)
    ) ${table}`);
    await runner.query(`CREATE TABLE ticket_event (
      id ${id} NOT NULL,
      ticket_id ${id} NOT NULL,
      \`at\` datetime(3) NOT NULL,
      action varchar(20) NOT NULL,
      from_state varchar(10) NOT NULL,
      to_state varchar(10) NOT NULL,
      actor_kind varchar(10) NOT NULL,
      actor_id varchar(26) NULL,
      desk_id ${id} NULL,
      \`reason\` varchar(200) NULL,
      PRIMARY KEY (id),
      KEY ix_ticket_event_ticket (ticket_id)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ticket_event');
    await runner.query('DROP TABLE ticket');
    await runner.query('DROP TABLE queue_day');
    await runner.query('DROP TABLE desk_session');
    await runner.query('DROP TABLE desk_queue');
    await runner.query('DROP TABLE desk');
  }
}
