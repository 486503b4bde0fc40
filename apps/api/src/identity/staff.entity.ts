import type { StaffRole } from '@haoban/contracts';
import { Entity, Index } from 'typeorm';
import { FlagColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, TextColumn } from '../db/columns.js';

@Entity('staff')
@Index('ux_staff_username', ['username'], { unique: true })
export class StaffEntity {
  @IdPrimary() id!: string;
  @TextColumn(64) username!: string;
  @TextColumn(50) name!: string;
  @TextColumn(255) passwordHash!: string;
  @TextColumn(20) role!: StaffRole;
  @IdColumn({ nullable: true }) hallId!: string | null;
  @FlagColumn({ default: true }) active!: boolean;
  @IntColumn({ default: 0 }) failedLogins!: number;
  @InstantColumn({ nullable: true }) lockedUntil!: Date | null;
  @InstantColumn() createdAt!: Date;
}
