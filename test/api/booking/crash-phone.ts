import { ApiError, type Client } from '@haoban/client';
import type { Booking } from '@haoban/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { requestId, type TestHall } from '../../support/builders/booking.js';
import type { Relay } from '../../support/killable-api.js';
import { checkedClient, ContractError } from '../../support/checked-client.js';

/** How long the last request waits for its answer after the phone was put away. */
const PATIENCE_MS = 15_000;

/** The last word about a booking. */
export interface Told {
  readonly id: string;
  readonly state: Booking['state'];
  readonly slotId: string;
  /** A newer hold of the same person may have ended this one. */
  readonly replaced: boolean;
  readonly wasConfirmed: boolean;
}

const dice = (sides: number) => Math.floor(Math.random() * sides);
const oneOf = <T>(list: readonly T[]): T => {
  const found = list[dice(list.length)];
  if (found === undefined) throw new RangeError('Nothing to choose from');
  return found;
};

/** Books, changes its mind and books again, and remembers what it was told. */
export class Phone {
  /** By booking. */
  readonly told = new Map<string, Told>();
  /** What no phone should ever see. */
  readonly surprises: string[] = [];
  /** Refusals too. */
  answers = 0;
  /** Requests whose answer never came. */
  cut = 0;
  private awaySince: number | undefined;

  constructor(
    private readonly server: Relay,
    private readonly token: string,
    private readonly slots: readonly string[],
    private readonly items: Pick<TestHall['a'], 'itemId' | 'longItemId'>,
  ) {}

  /** Until it is put away; then once more until everything asked is answered. */
  async use(): Promise<void> {
    while (this.awaySince === undefined) {
      await this.server.rush;
      if (this.awaySince === undefined) await this.act();
    }
  }

  putAway(): void {
    this.awaySince = performance.now();
  }

  private async act(): Promise<void> {
    const open = [...this.told.values()].filter(
      ({ state, replaced }) => state === 'confirmed' || (state === 'held' && !replaced),
    );
    if (open.length === 0 || dice(2) === 0) return this.take();
    const { id: bookingId, state } = oneOf(open);
    if (state === 'held') {
      const act = dice(3) === 0 ? 'release' : 'confirm';
      return this.note(await this.ask((api) => api.booking[act]({ bookingId })));
    }
    if (dice(2) === 0) return this.note(await this.ask((api) => api.booking.cancel({ bookingId })));
    const move = { bookingId, requestId: requestId(), slotId: oneOf(this.slots) };
    this.note(await this.ask((api) => api.booking.reschedule(move)));
  }

  private async take(): Promise<void> {
    const { itemId, longItemId } = this.items;
    const input = {
      requestId: requestId(),
      itemId: dice(4) === 0 ? longItemId : itemId,
      slotId: oneOf(this.slots),
      persons: dice(6) === 0 ? 2 : 1,
    };
    const hold = dice(2) === 0;
    const booking = await this.ask((api) => (hold ? api.booking.hold(input) : api.booking.reserve(input)));
    if (hold && booking)
      for (const [id, each] of this.told)
        if (each.state === 'held' && id !== booking.id) this.told.set(id, { ...each, replaced: true });
    this.note(booking);
  }

  private note(booking: Booking | undefined): void {
    if (!booking) return;
    const { id, state, slotId } = booking;
    const wasConfirmed = this.told.get(id)?.wasConfirmed ?? false;
    this.told.set(id, {
      id,
      state,
      slotId,
      replaced: false,
      wasConfirmed: wasConfirmed || state === 'confirmed',
    });
  }

  /** The same request until there is an answer. @returns undefined where it was refused */
  private async ask(call: (api: Client) => Promise<Booking>): Promise<Booking | undefined> {
    for (;;) {
      const api = checkedClient(this.server.url, () => Promise.resolve(this.token));
      try {
        const booking = await call(api);
        this.answers++;
        return booking;
      } catch (error) {
        if (error instanceof ApiError && error.code !== 'BUSY') {
          if (error.code === 'INTERNAL') this.surprises.push(error.message);
          this.answers++;
          return undefined;
        }
        if (error instanceof ContractError) {
          this.surprises.push(error.message);
          return undefined;
        }
        this.cut++;
        if (this.awaySince !== undefined && performance.now() - this.awaySince > PATIENCE_MS) throw error;
        await pause(20 + dice(50));
      }
    }
  }
}
