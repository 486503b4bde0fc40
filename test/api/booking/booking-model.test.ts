/**
 * Random days of a hall against the real database and over HTTP. Before each act the outcome is foretold by counting bookings one by
 * one; after it every total, limit and list must say what the bookings say. A failure prints seed and path: put them into `fc.assert`
 * to live that day again.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openReturns, total, type Truth } from '../../support/booking-truth.js';
import { newWorld, type World } from '../../support/world.js';
import { someCommands } from './model-commands.js';
import { at, faultsOf, newStage, truthOf, type Stage } from './model-stage.js';

const SECONDS = Number(process.env.BOOKING_MODEL_SECONDS ?? 20);

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

/** One day after the other. */
let looks = 0;

/** What a stranger reads: each time has what is not taken, and the calendar says their sum. */
async function listFaults(stage: Stage, truth: Truth): Promise<string[]> {
  const { hallId, shortId: itemId } = stage;
  const { booking } = world.client();
  const { items: days } = await booking.listDays({ hallId, itemId });
  const day = at(stage.days, looks++);
  const { items } = await booking.listSlots({ hallId, itemId, day });
  const faults = items.flatMap(({ id, remaining, startTime }) => {
    const slot = truth.slots.find((each) => each.id === id);
    if (!slot) return [`${day} ${startTime} is of no slot`];
    const open = slot.capacity - slot.taken - openReturns(truth, id);
    const inAll = slot.internalCapacity - slot.taken - slot.greenTaken - slot.internalTaken;
    const left = Math.max(0, Math.min(open, inAll));
    return remaining === left ? [] : [`${day} ${startTime} shows ${remaining}, has ${left}`];
  });
  const shown = days.find((each) => each.day === day)?.remaining;
  const sum = total(items.map(({ remaining }) => remaining));
  return shown === sum ? faults : [...faults, `${day} shows ${shown}, its times add up to ${sum}`];
}

async function check(stage: Stage): Promise<void> {
  const truth = await truthOf(stage);
  expect([...faultsOf(stage, truth), ...(await listFaults(stage, truth))]).toEqual([]);
}

describe('a hall, whatever people do in whatever order', () => {
  it(
    'answers what counting bookings foretells, and its totals, lists and limits are what the bookings say',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.commands(someCommands(check), { maxCommands: 40, size: 'max' }),
          async (commands) => {
            const real = await newStage(world);
            await fc.asyncModelRun(() => ({ model: { answered: [] }, real }), commands);
          },
        ),
        { numRuns: 1_000, interruptAfterTimeLimit: SECONDS * 1_000, markInterruptAsFailure: false },
      );
    },
    SECONDS * 1_000 + 120_000,
  );
});
