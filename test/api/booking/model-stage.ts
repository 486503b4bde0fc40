/** A small hall with few places and the people who want them, for the tests that do anything in any order. */
import type { ApiError } from '@haoban/client';
import type { Booking } from '@haoban/contracts';
import type { BookingSettings } from '@haoban/domain';
import { BookingPolicies } from '../../../apps/api/src/booking/booking-policies.service.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { CitizenEntity } from '../../../apps/api/src/identity/citizen.entity.js';
import type { Ask } from '../../support/booking-oracle.js';
import { personFaults, readTruth, runFaults, slotFaults, type Truth } from '../../support/booking-truth.js';
import { newHall, newItem, newPerson, slotAt, type Person } from '../../support/builders/booking.js';
import { usePolicy } from '../../support/builders/waitlist.js';
import type { World } from '../../support/world.js';

export interface Places {
  readonly public: number;
  readonly green: number;
  readonly internal: number;
  readonly long: number;
}

export interface Somebody extends Person {
  readonly personKey: string;
  /** Old enough for the green channel. */
  readonly elder: boolean;
}

/** One hall of its own, with people who know nobody else. */
export interface Stage {
  readonly world: World;
  readonly hallId: string;
  readonly queueId: string;
  readonly shortId: string;
  /** Two slots, of the class `long`. */
  readonly longId: string;
  readonly people: readonly Somebody[];
  readonly slotIds: readonly string[];
  readonly days: readonly string[];
  readonly settings: BookingSettings;
  /** What the calendar says now; rows may lag where it was cut below what is taken. */
  places: Places;
  /** It was cut at some time: then more may be taken than there is. */
  cut: boolean;
}

/** What the phones remember: the requests that were answered. */
export interface Memory {
  answered: {
    readonly who: Somebody;
    readonly wish: Wish;
    readonly requestId: string;
    readonly id: string;
  }[];
}

export interface Wish {
  readonly who: number;
  readonly slot: number;
  readonly long: boolean;
  readonly persons: number;
  readonly green: boolean;
  readonly hold: boolean;
}

const NOW = '2026-07-14T00:30:00Z';
const TODAY = '2026-07-14';
/** Few times, so that people meet: today's end before noon, tomorrow's are three in a row. */
const TIMES = [
  [TODAY, '11:30'],
  ['2026-07-15', '10:00'],
  ['2026-07-15', '10:30'],
  ['2026-07-15', '11:00'],
  ['2026-07-16', '09:00'],
] as const;
const PLACES = { public: 2, green: 1, internal: 4, long: 1 };
export const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('Nothing to choose from');
  return found;
};

export const answer = <T>(call: Promise<T>): Promise<{ ok: T } | { code: string }> =>
  call.then(
    (ok) => ({ ok }),
    (error: unknown) => {
      const { code } = error as ApiError;
      if (!code || code === 'INTERNAL') throw error;
      return { code };
    },
  );

/** The tables, with the calendar's own figures in place of what the rows kept of them. */
export async function truthOf({ world, queueId, places }: Stage): Promise<Truth> {
  const truth = await readTruth(world.dataSource.manager, queueId);
  const slots = truth.slots.map((slot) => ({
    ...slot,
    capacity: places.public,
    greenCapacity: places.green,
    internalCapacity: places.internal,
    classPlaces: { long: places.long },
  }));
  return { ...truth, slots };
}

export function differ(what: string, expected: unknown, found: unknown): void {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(found)];
  if (a !== b) throw new Error(`${what}: ${a} was to be expected, ${b} came`);
}

export function askOf({ hallId, shortId, longId, slotIds, people }: Stage, wish: Wish): Ask {
  const { citizenId, personKey } = at(people, wish.who);
  return {
    citizenId,
    personKey,
    hallId,
    slotId: at(slotIds, wish.slot),
    itemId: wish.long ? longId : shortId,
    need: wish.long ? 2 : 1,
    places: wish.persons,
    itemClass: wish.long ? 'long' : null,
    audience: wish.green ? 'green' : 'public',
    hold: wish.hold,
  };
}

export function send(stage: Stage, wish: Wish, id: string): Promise<Booking> {
  const { itemId, slotId } = askOf(stage, wish);
  const { api } = at(stage.people, wish.who);
  const input = { requestId: id, itemId, slotId, persons: wish.persons, green: wish.green };
  return wish.hold ? api.booking.hold(input) : api.booking.reserve(input);
}

async function somebody(world: World, elder: boolean): Promise<Somebody> {
  const person = await newPerson(world, { born: elder ? '19500101' : '19900101' });
  const { idNumberHash } = await world.dataSource
    .getRepository(CitizenEntity)
    .findOneByOrFail({ id: person.citizenId });
  return { ...person, personKey: idNumberHash ?? '', elder };
}

/** @param count of people; two of five are old enough for the green channel */
export async function newStage(world: World, count = 5): Promise<Stage> {
  world.clock.set(NOW);
  const hall = await newHall(world, {
    places: PLACES.public,
    rule: {
      desksInternal: PLACES.internal,
      desksGreen: PLACES.green,
      classPlaces: { long: PLACES.long },
    },
  });
  const { hallId, departmentId, a } = hall;
  const longId = await newItem(world, {
    hallId,
    departmentId,
    queueId: a.queueId,
    name: '长事项',
    slots: 2,
    itemClass: 'long',
  });
  world.get(GuideService).invalidate();
  await usePolicy(world, hallId, { reopen: { minMinutes: 1, maxMinutes: 6 } });
  const slotIds: string[] = [];
  for (const [day, time] of TIMES)
    slotIds.push((await slotAt(world, { hallId, itemId: a.itemId, day, time })).id);
  const people = await Promise.all(
    Array.from({ length: count }, (_, index) => somebody(world, index % 5 >= 3)),
  );
  return {
    world,
    hallId,
    queueId: a.queueId,
    shortId: a.itemId,
    longId,
    people,
    slotIds,
    days: [...new Set(TIMES.map(([day]) => day))],
    settings: await world.get(BookingPolicies).forHall(hallId),
    places: PLACES,
    cut: false,
  };
}

/** Faults that no order of acts may lead to. */
export function faultsOf(stage: Stage, truth: Truth): string[] {
  const cut = new Set(stage.cut ? truth.slots.map(({ id }) => id) : []);
  return [
    ...slotFaults(truth, cut),
    ...runFaults(truth),
    ...personFaults(truth, stage.world.now, stage.settings),
  ];
}
