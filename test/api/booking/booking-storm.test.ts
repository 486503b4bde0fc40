/**
 * Random acts of many people in parallel bursts, as on the morning when places come out. Who wins is nobody's to say; but at rest every
 * total, limit and run must be what the bookings say. The acts follow from a seed, which a failure names.
 */
import { randomInt } from 'node:crypto';
import type { Booking } from '@haoban/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookingJobs } from '../../../apps/api/src/booking/booking.jobs.js';
import { SlotReturnJobs } from '../../../apps/api/src/booking/slot-return.jobs.js';
import { orphanHolds } from '../../support/booking-truth.js';
import { requestId } from '../../support/builders/booking.js';
import { newWorld, type World } from '../../support/world.js';
import { answer, askOf, at, faultsOf, newStage, send, truthOf, type Stage } from './model-stage.js';

const SEED = Number(process.env.BOOKING_STORM_SEED ?? randomInt(2 ** 31));
const BURSTS = 24;
const ACTS = 30;

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

/** Mulberry32: small, and the same everywhere. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

interface Known {
  readonly owner: number;
  readonly id: string;
}

/** One act of somebody who knows what own bookings there are, told nothing of what the others do at this moment. */
function anAct(stage: Stage, roll: (sides: number) => number, known: readonly Known[]): Promise<unknown>[] {
  const { people, slotIds, hallId, shortId: itemId, days } = stage;
  const who = roll(people.length);
  const { api } = at(people, who);
  const own = known.filter(({ owner }) => owner === who);
  const wish = {
    who,
    slot: roll(slotIds.length),
    long: roll(3) === 0,
    persons: 1 + Number(roll(4) === 0),
    green: roll(2) === 0 && at(people, who).elder,
    hold: roll(2) === 0,
  };
  const kind = roll(10);
  if (kind === 9)
    return [answer(api.waitlist.join({ requestId: requestId(), hallId, itemId, day: at(days, roll(9)) }))];
  if (kind < 4 || own.length === 0) {
    const id = requestId();
    // Every fifth phone sends twice.
    return roll(5) === 0
      ? [answer(send(stage, wish, id)), answer(send(stage, wish, id))]
      : [answer(send(stage, wish, id))];
  }
  const { id: bookingId } = at(own, roll(own.length));
  const { slotId } = askOf(stage, wish);
  if (kind < 6) return [answer(api.booking.reschedule({ bookingId, requestId: requestId(), slotId }))];
  return [answer(api.booking[at(['confirm', 'release', 'cancel'] as const, kind)]({ bookingId }))];
}

async function knownOf(stage: Stage): Promise<Known[]> {
  const { bookings } = await truthOf(stage);
  return bookings
    .filter(({ state }) => state === 'held' || state === 'confirmed')
    .map(({ id, citizenId }) => ({
      id,
      owner: stage.people.findIndex((person) => person.citizenId === citizenId),
    }));
}

describe('a hall in a storm', () => {
  it('has at rest what its bookings say, whoever won', async () => {
    const roll = dice(SEED);
    const bursts: string[] = [];
    for (let stages = 0; stages < 3; stages++) {
      const stage = await newStage(world, 12);
      for (let burst = 0; burst < BURSTS / 3; burst++) {
        const known = await knownOf(stage);
        const acts = Array.from({ length: ACTS }, () => anAct(stage, roll, known)).flat();
        const outcomes = await Promise.all([
          ...acts,
          world.get(BookingJobs).expireHolds(),
          world.get(SlotReturnJobs).reopenPlaces(),
        ]);
        const won = outcomes.filter((each) => typeof each === 'object' && 'ok' in (each as { ok?: Booking }));
        bursts.push(`${won.length} of ${outcomes.length}`);
        const truth = await truthOf(stage);
        expect({ seed: SEED, bursts, faults: faultsOf(stage, truth) }).toEqual({
          seed: SEED,
          bursts,
          faults: [],
        });
        world.clock.advance(at([0, 60_000, 240_000, 300_000], roll(4)));
      }
      world.clock.advance(600_000);
      await world.get(BookingJobs).expireHolds();
      expect({ seed: SEED, orphans: orphanHolds(await truthOf(stage), world.now) }).toEqual({
        seed: SEED,
        orphans: [],
      });
    }
  }, 300_000);
});
