import { Entity, Index } from 'typeorm';
import {
  BlindColumn,
  CipherColumn,
  FlagColumn,
  IdPrimary,
  InstantColumn,
  TextColumn,
} from '../db/columns.js';

@Entity('citizen')
@Index('ux_citizen_openid', ['openid'], { unique: true })
@Index('ux_citizen_id_number', ['idNumberHash'], { unique: true })
export class CitizenEntity {
  @IdPrimary() id!: string;
  @TextColumn(64) openid!: string;
  @TextColumn(64, { nullable: true }) unionid!: string | null;
  @CipherColumn({ nullable: true }) nameCipher!: string | null;
  @CipherColumn({ nullable: true }) idNumberCipher!: string | null;
  @BlindColumn({ nullable: true }) idNumberHash!: string | null;
  @InstantColumn({ nullable: true }) verifiedAt!: Date | null;
  @CipherColumn({ nullable: true }) phoneCipher!: string | null;
  /** Proven by WeChat's phone button; a number typed by hand is not. */
  @FlagColumn({ default: false }) phoneProven!: boolean;
  @TextColumn(32, { nullable: true }) consentVersion!: string | null;
  @InstantColumn({ nullable: true }) consentAt!: Date | null;
  @FlagColumn({ default: false }) elderMode!: boolean;
  @InstantColumn() createdAt!: Date;
}
