import { randomUUID } from 'node:crypto';
import type { Fault, FaultBook } from './faults.js';

const ANSWER_WITHIN_MS = 5_000;
const REORDER_HOLD_MS = 3_000;
const KEPT_FINISHED = 400;

export interface Try {
  at: string;
  ok: boolean;
  note: string;
}

/** Something the simulator must bring to our side: a payment notice, an EMS scan. */
export interface Delivery {
  id: string;
  /** First attempts of one group go out one after the other, as a provider's own events do. */
  group: string;
  title: string;
  url: string;
  /** What is told, before signing or encryption. */
  payload: string;
  createdAt: string;
  state: 'pending' | 'delivered' | 'gaveUp';
  tries: Try[];
  nextAt: string | null;
}

export interface SendResult {
  ok: boolean;
  note: string;
}

export interface OutboxOptions {
  /** Name under which faults strike, e.g. 'notice'. */
  name: string;
  deliveries: () => Map<string, Delivery>;
  changed: () => void;
  faults: FaultBook;
  /** Waits between attempts, ms; after the last one it gives up. */
  ladderMs: readonly number[];
  send: (delivery: Delivery, corrupt: boolean, signal: AbortSignal) => Promise<SendResult>;
}

/** Sends deliveries with a retry ladder until the other side takes them, surviving restarts. */
export class Outbox {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly chains = new Map<string, Promise<void>>();
  private held: Delivery[] = [];
  private closing = new AbortController();

  constructor(private readonly options: OutboxOptions) {}

  add(what: Pick<Delivery, 'group' | 'title' | 'url' | 'payload'>): Delivery {
    const delivery: Delivery = {
      ...what,
      id: randomUUID(),
      createdAt: new Date().toISOString(),
      state: 'pending',
      tries: [],
      nextAt: new Date().toISOString(),
    };
    this.options.deliveries().set(delivery.id, delivery);
    this.forgetOld();
    this.options.changed();
    this.schedule(delivery, 0);
    return delivery;
  }

  /** After a restart: whatever was not delivered goes on where its ladder stood. */
  resume(): void {
    for (const delivery of this.options.deliveries().values()) {
      if (delivery.state !== 'pending') continue;
      const due = delivery.nextAt === null ? 0 : new Date(delivery.nextAt).getTime() - Date.now();
      this.schedule(delivery, Math.max(0, due));
    }
  }

  /** Sends once more, whatever its state: the duplicate that every receiver must expect. */
  resend(id: string): boolean {
    const delivery = this.options.deliveries().get(id);
    if (delivery === undefined) return false;
    this.schedule(delivery, 0);
    return true;
  }

  stop(): void {
    this.closing.abort();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.held = [];
  }

  /** Forgets everything under way; used by reset. */
  restart(): void {
    this.stop();
    this.chains.clear();
    this.closing = new AbortController();
  }

  private schedule(delivery: Delivery, ms: number): void {
    clearTimeout(this.timers.get(delivery.id));
    const timer = setTimeout(() => {
      this.timers.delete(delivery.id);
      this.enqueue(delivery);
    }, ms);
    this.timers.set(delivery.id, timer);
  }

  private enqueue(delivery: Delivery): void {
    if (delivery.tries.length > 0) {
      void this.attempt(delivery, this.options.faults.takeOutbound(this.options.name));
      return;
    }
    const before = this.chains.get(delivery.group) ?? Promise.resolve();
    const mine = before.then(() =>
      this.attempt(delivery, this.options.faults.takeOutbound(this.options.name)),
    );
    this.chains.set(delivery.group, mine);
    void mine.then(() => {
      if (this.chains.get(delivery.group) === mine) this.chains.delete(delivery.group);
    });
  }

  private async attempt(delivery: Delivery, fault: Fault | undefined): Promise<void> {
    const { signal } = this.closing;
    if (signal.aborted) return;
    switch (fault?.mode) {
      case 'reorder':
        this.hold(delivery);
        return;
      case 'delay':
        this.timers.set(
          delivery.id,
          setTimeout(() => void this.attempt(delivery, undefined), fault.ms ?? 1_000),
        );
        return;
      case 'fail':
      case 'timeout':
      case 'html502':
        this.settle(delivery, { ok: false, note: `故障注入：未送出（${fault.mode}）` });
        break;
      case 'duplicate': {
        const [first, second] = await Promise.all([
          this.trySend(delivery, false),
          this.trySend(delivery, false),
        ]);
        if (signal.aborted) return;
        delivery.tries.push({ at: new Date().toISOString(), ...second });
        this.settle(delivery, first.ok ? first : second);
        break;
      }
      case 'loseReplyAfterApply': {
        const result = await this.trySend(delivery, false);
        if (signal.aborted) return;
        this.settle(delivery, { ok: false, note: `故障注入：回应丢失（实际 ${result.note}）` });
        break;
      }
      case 'badSignature':
      case undefined: {
        const result = await this.trySend(delivery, fault !== undefined);
        if (signal.aborted) return;
        this.settle(delivery, result);
        break;
      }
    }
    this.release();
  }

  private async trySend(delivery: Delivery, corrupt: boolean): Promise<SendResult> {
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    try {
      return await this.options.send(delivery, corrupt, signal);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { ok: false, note: cause instanceof Error ? cause.message || cause.name : 'failed' };
    }
  }

  private settle(delivery: Delivery, result: SendResult): void {
    delivery.tries.push({ at: new Date().toISOString(), ...result });
    const wait = this.options.ladderMs[delivery.tries.length - 1];
    if (result.ok || delivery.state === 'delivered') {
      delivery.state = 'delivered';
      delivery.nextAt = null;
    } else if (wait === undefined) {
      delivery.state = 'gaveUp';
      delivery.nextAt = null;
    } else {
      delivery.nextAt = new Date(Date.now() + wait).toISOString();
      this.schedule(delivery, wait);
    }
    this.options.changed();
  }

  /** Keeps it back until a later one has gone out, or for a few seconds when none comes. */
  private hold(delivery: Delivery): void {
    this.held.push(delivery);
    this.timers.set(
      delivery.id,
      setTimeout(() => this.release(), REORDER_HOLD_MS),
    );
  }

  private release(): void {
    const waiting = this.held.reverse();
    this.held = [];
    for (const delivery of waiting) {
      clearTimeout(this.timers.get(delivery.id));
      this.timers.delete(delivery.id);
      void this.attempt(delivery, undefined);
    }
  }

  private forgetOld(): void {
    const all = this.options.deliveries();
    if (all.size <= 2 * KEPT_FINISHED) return;
    let extra = all.size - KEPT_FINISHED;
    for (const [id, each] of all) {
      if (extra <= 0) return;
      if (each.state === 'pending') continue;
      all.delete(id);
      extra -= 1;
    }
  }
}
