import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { LocalDay } from '@haoban/domain';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { MessageBus } from '../common/redis.js';
import { afterCommit } from '../db/transactions.js';

const CHANNEL = 'booking:slots-changed';
/** A rush commits hundreds of times a second; the other processes need to hear of a day only once in a while. */
const QUIET_MS = 10;

/** What changed: the free places of a queue's day. */
export interface SlotChange {
  readonly queueId: string;
  readonly day: LocalDay;
}

type Listener = (change: SlotChange) => void;

/**
 * Tells every process that the places of a day have changed, so that none goes on showing the old ones. A hint: whoever listens
 * must also be right, a little later, without it.
 */
@Injectable()
export class SlotChanges implements OnModuleInit {
  private readonly logger = new Logger(SlotChanges.name);
  private readonly ofTransaction = new WeakMap<EntityManager, Map<string, SlotChange>>();
  private readonly listeners: Listener[] = [];
  private readonly me = newId();
  private readonly untold = new Set<string>();
  private quiet = false;

  constructor(private readonly bus: MessageBus) {}

  async onModuleInit(): Promise<void> {
    await this.bus.listen(CHANNEL, (message) => {
      const [sender, ...keys] = message.split(',');
      if (sender !== this.me) for (const key of keys) this.tellHere(parse(key));
    });
  }

  /**
   * Call it in the transaction that takes or gives back places, opens or closes slots; as often as is convenient. This process
   * hears of it as soon as the transaction is committed, the others a few milliseconds later; nobody if it is rolled back.
   */
  changed(em: EntityManager, queueId: string, day: LocalDay): void {
    const known = this.ofTransaction.get(em);
    const change = { queueId, day };
    if (known) {
      known.set(keyOf(change), change);
      return;
    }
    const changes = new Map([[keyOf(change), change]]);
    this.ofTransaction.set(em, changes);
    afterCommit(em, () => this.tell([...changes.values()]));
  }

  /** For this process's own and for the others' changes; must not throw. */
  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  private tell(changes: readonly SlotChange[]): void {
    for (const change of changes) {
      this.tellHere(change);
      this.untold.add(keyOf(change));
    }
    if (!this.quiet) this.publish();
  }

  private tellHere(change: SlotChange): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Nobody waits for Redis here: an answer must not be late because a hint is. */
  private publish(): void {
    const message = [this.me, ...this.untold].join(',');
    this.untold.clear();
    this.quiet = true;
    setTimeout(() => {
      this.quiet = false;
      if (this.untold.size > 0) this.publish();
    }, QUIET_MS).unref();
    this.bus
      .publish(CHANNEL, message)
      .catch((error: unknown) => this.logger.debug({ err: error, msg: 'A change of slots was not told' }));
  }
}

const keyOf = ({ queueId, day }: SlotChange): string => `${queueId}@${day}`;

function parse(key: string): SlotChange {
  const [queueId = '', day = ''] = key.split('@');
  return { queueId, day };
}
