import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  JsonColumn,
  TextColumn,
} from '../db/columns.js';

/** Something that may be rated, once, until `openUntil`: a visit that ended or a case that closed. */
@Entity('rating_invitation')
@Index('ux_rating_invitation', ['subject', 'subjectId'], { unique: true })
@Index('ix_rating_invitation_citizen', ['citizenId', 'openUntil'])
@Index('ix_rating_invitation_hall', ['hallId', 'endedAt'])
export class RatingInvitationEntity {
  @IdPrimary() id!: string;
  @TextColumn(8) subject!: 'visit' | 'case';
  @IdColumn() subjectId!: string;
  @IdColumn({ nullable: true }) citizenId!: string | null;
  @IdColumn() hallId!: string;
  @TextColumn(100) title!: string;
  @TextColumn(100) itemName!: string;
  @TextColumn(30, { nullable: true }) deskLabel!: string | null;
  @IdColumn({ nullable: true }) staffId!: string | null;
  @InstantColumn() endedAt!: Date;
  @InstantColumn() openUntil!: Date;
  @InstantColumn({ nullable: true }) ratedAt!: Date | null;
}

@Entity('rating')
@Index('ux_rating_subject', ['subject', 'subjectId'], { unique: true })
@Index('ux_rating_request', ['citizenId', 'requestId'], { unique: true })
@Index('ix_rating_hall', ['hallId', 'id'])
@Index('ix_rating_hall_day', ['hallId', 'createdAt', 'level'])
export class RatingEntity {
  @IdPrimary() id!: string;
  @TextColumn(8) subject!: 'visit' | 'case';
  @IdColumn() subjectId!: string;
  @IdColumn() citizenId!: string;
  @TextColumn(64) requestId!: string;
  @IdColumn() hallId!: string;
  @TextColumn(100) title!: string;
  @TextColumn(100) itemName!: string;
  @TextColumn(30, { nullable: true }) deskLabel!: string | null;
  @IdColumn({ nullable: true }) staffId!: string | null;
  @IntColumn() level!: number;
  @JsonColumn() tags!: string[];
  @TextColumn(500, { nullable: true }) comment!: string | null;
  @FlagColumn() anonymous!: boolean;
  @InstantColumn() createdAt!: Date;
}
