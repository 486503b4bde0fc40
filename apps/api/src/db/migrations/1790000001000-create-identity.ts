import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, blind, cipher, table } from './column-types.js';

export class CreateIdentity1790000001000 implements MigrationInterface {
  name = 'CreateIdentity1790000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE citizen (
      id ${id} NOT NULL,
      openid varchar(64) NOT NULL,
      unionid varchar(64) NULL,
      name_cipher ${cipher(1024)} NULL,
      id_number_cipher ${cipher(1024)} NULL,
      id_number_hash ${blind} NULL,
      verified_at datetime(3) NULL,
      phone_cipher ${cipher(1024)} NULL,
      phone_proven tinyint NOT NULL DEFAULT 0,
      consent_version varchar(32) NULL,
      consent_at datetime(3) NULL,
      elder_mode tinyint NOT NULL DEFAULT 0,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_citizen_id_number (id_number_hash),
      UNIQUE KEY ux_citizen_openid (openid)
    ) ${table}`);
    await runner.query(`CREATE TABLE staff (
      id ${id} NOT NULL,
      username varchar(64) NOT NULL,
      name varchar(50) NOT NULL,
      password_hash varchar(255) NOT NULL,
      role varchar(20) NOT NULL,
      hall_id ${id} NULL,
      active tinyint NOT NULL DEFAULT 1,
      failed_logins int NOT NULL DEFAULT 0,
      locked_until datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_staff_username (username)
    ) ${table}`);
    await runner.query(`CREATE TABLE refresh_token (
      id ${id} NOT NULL,
      family_id ${id} NOT NULL,
      subject_kind varchar(10) NOT NULL,
      subject_id ${id} NOT NULL,
      token_hash ${blind} NOT NULL,
      expires_at datetime(3) NOT NULL,
      used_at datetime(3) NULL,
      revoked_at datetime(3) NULL,
      created_at datetime(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ux_refresh_token_hash (token_hash),
      KEY ix_refresh_token_expires (expires_at),
      KEY ix_refresh_token_family (family_id),
      KEY ix_refresh_token_subject (subject_id)
    ) ${table}`);
    await runner.query(`CREATE TABLE audit_entry (
      id ${id} NOT NULL,
      \`at\` datetime(3) NOT NULL,
      actor_kind varchar(10) NOT NULL,
      actor_id varchar(26) NULL,
      actor_name varchar(50) NULL,
      action varchar(64) NOT NULL,
      subject_kind varchar(32) NOT NULL,
      subject_id varchar(64) NOT NULL,
      ip varchar(64) NULL,
      request_id varchar(64) NULL,
      \`before\` json NULL,
      \`after\` json NULL,
      PRIMARY KEY (id),
      KEY ix_audit_action (action),
      KEY ix_audit_subject (subject_id)
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_entry');
    await runner.query('DROP TABLE refresh_token');
    await runner.query('DROP TABLE staff');
    await runner.query('DROP TABLE citizen');
  }
}
