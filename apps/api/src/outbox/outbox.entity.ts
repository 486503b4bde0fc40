import { Entity, Index } from 'typeorm';
import { IdPrimary, InstantColumn, IntColumn, JsonColumn, TextColumn } from '../db/columns.js';

/** One thing that must follow a commit, written with it. The relay hands it to the job queue and stamps it. */
@Entity('outbox')
@Index('ix_outbox_pending', ['dispatchedAt', 'availableAt'])
@Index('ix_outbox_undone', ['doneAt', 'dispatchedAt'])
export class OutboxEntry {
  @IdPrimary()
  id!: string;

  @TextColumn(64)
  topic!: string;

  @JsonColumn()
  payload!: unknown;

  @InstantColumn()
  createdAt!: Date;

  /** Not before; the relay also moves it on while it holds the row, so that another takes over if it dies. */
  @InstantColumn()
  availableAt!: Date;

  @InstantColumn({ nullable: true })
  dispatchedAt!: Date | null;

  /** When its job succeeded; until then the row is handed over again, for Redis may have lost the job. */
  @InstantColumn({ nullable: true })
  doneAt!: Date | null;

  @IntColumn({ default: 0 })
  attempts!: number;
}
