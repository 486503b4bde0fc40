import { bookingPresets, type BookingSettings } from '@haoban/domain';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { MessageBus } from '../common/redis.js';
import { afterCommit } from '../db/transactions.js';
import { BookingPolicyEntity } from './booking-policy.entity.js';

export type PolicyRow = Readonly<BookingPolicyEntity>;

const CHANGED = 'booking:policies-changed';
/** A change that nobody told of is asked for after this long. */
const FRESH_MS = 30_000;

/** A hall that never chose. */
export const unsavedPolicy = (hallId: string): PolicyRow => ({
  hallId,
  preset: 'standard',
  settings: bookingPresets.standard,
  version: 0,
  savedBy: null,
  savedByName: null,
  savedAt: null,
});

/**
 * The numbers of the booking rules, by hall: asked for with every booking and changed a few times a year, so they are kept in memory.
 * A change is told to all processes; the old numbers serve on while the new ones are read.
 */
@Injectable()
export class BookingPolicies implements OnModuleInit {
  private readonly logger = new Logger(BookingPolicies.name);
  private current: Promise<ReadonlyMap<string, PolicyRow>> | undefined;
  private readAt = 0;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    @InjectRepository(BookingPolicyEntity) private readonly policies: Repository<BookingPolicyEntity>,
    private readonly bus: MessageBus,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.listen(CHANGED, () => void this.refresh());
  }

  async forHall(hallId: string): Promise<BookingSettings> {
    return (await this.all()).get(hallId)?.settings ?? bookingPresets.standard;
  }

  async rowOf(hallId: string): Promise<PolicyRow> {
    return (await this.all()).get(hallId) ?? unsavedPolicy(hallId);
  }

  /** Call it in the transaction that saves one. */
  changed(em: EntityManager): void {
    afterCommit(em, async () => {
      await this.refresh();
      await this.bus.publish(CHANGED, '');
    });
  }

  private all(): Promise<ReadonlyMap<string, PolicyRow>> {
    if (!this.current) {
      const first = this.read();
      this.current = first;
      this.readAt = performance.now();
      // A failure is not kept: the next caller tries again.
      first.catch(() => {
        if (this.current === first) this.current = undefined;
      });
      return first;
    }
    if (performance.now() - this.readAt >= FRESH_MS) {
      this.readAt = performance.now();
      void this.refresh();
    }
    return this.current;
  }

  /** After whatever read is under way, which may have begun before the change. */
  private refresh(): Promise<void> {
    this.reading = this.reading.then(async () => {
      try {
        const rows = await this.read();
        this.current = Promise.resolve(rows);
        this.readAt = performance.now();
      } catch (error) {
        this.logger.warn({ err: error, msg: 'The booking rules could not be read again' });
      }
    });
    return this.reading;
  }

  private async read(): Promise<ReadonlyMap<string, PolicyRow>> {
    const rows = await this.policies.find();
    return new Map(rows.map((row) => [row.hallId, row]));
  }
}
