import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@haoban/client';
import { dayOf } from '@haoban/domain';
import { WaitlistOffers } from '../../apps/api/src/booking/waitlist-offers.service.js';
import { demoCity } from '../../apps/api/src/db/demo/index.js';
import { tellStory } from '../../apps/api/src/db/story/tell-story.js';
import { seedCity, cityIds } from '../support/builders/city.js';
import { staffOf } from '../support/builders/booking.js';
import { sumsOf } from '../support/builders/places.js';
import { newWorld, type World } from '../support/world.js';
import { hasValidIdNumber } from './check-codes.js';

/** The seed's rows that use changes; all of them are compared. */
const tables = [
  'citizen',
  'booking',
  'booking_slot',
  'booking_change',
  'booking_appeal',
  'slot',
  'slot_return',
  'waitlist_entry',
  'authorisation',
  'green_evidence',
  'audit_entry',
  'outbox',
] as const;

async function newCity(now?: string): Promise<World> {
  const world = await newWorld({ jobs: false, ...(now && { now }) });
  await seedCity(world);
  return world;
}
const tell = (world: World) => tellStory(world.app, { config: world.config, clock: world.clock });
const resident = (world: World, key: string): Client =>
  world.client({ kind: 'citizen', citizenId: cityIds.resident(key) });
const manager = (world: World): Client => world.client(staffOf(cityIds.hall('RC-SM'), 'manager'));

async function contents(world: World): Promise<string> {
  const all: object[] = [];
  for (const table of tables) all.push(await world.dataSource.query(`SELECT * FROM ${table} ORDER BY 1, 2`));
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

describe('what happened in the demo city before', () => {
  let world: World;
  let began: Date;

  beforeAll(async () => {
    world = await newCity();
    began = world.now;
    expect(await tell(world)).toBe(true);
  });
  afterAll(() => world.close());

  it('leaves the clock where it was, and nothing to be told that is old', async () => {
    expect(world.now).toEqual(began);
    const [row] = await world.dataSource.query<{ due: string }[]>(
      'SELECT COUNT(*) AS due FROM outbox WHERE done_at IS NULL OR dispatched_at IS NULL',
    );
    expect(Number(row?.due)).toBe(0);
  });

  it('is told once: a second start adds and changes nothing', async () => {
    const before = await contents(world);
    expect(await tell(world)).toBe(false);
    expect(await contents(world)).toBe(before);
  });

  it('is about people with ID numbers that nobody has', () => {
    for (const { name, idNumber, mobile } of demoCity.neighbours) {
      expect([name, hasValidIdNumber(idNumber)]).toEqual([name, true]);
      expect(idNumber).toMatch(/^35990[1-3]/);
      expect(mobile).toMatch(/^154\d{8}$/);
    }
    const everybody = [...demoCity.residents, ...demoCity.neighbours];
    for (const field of ['key', 'name', 'idNumber', 'mobile'] as const)
      expect(new Set(everybody.map((each) => each[field])).size).toBe(everybody.length);
  });

  it('has as many places counted as its bookings hold', async () => {
    for (const { code } of demoCity.queues) {
      const { counted, booked } = await sumsOf(world, cityIds.queue(code));
      expect([code, counted]).toEqual([code, booked]);
    }
  });

  it('has a full day of a scarce matter with four waiting, one of them for the green channel, one through another', async () => {
    const { day, items } = await manager(world).waitlist.listOfHall({});
    expect(day > dayOf(world.now)).toBe(true);
    expect(items.map(({ state, ahead, part, green }) => [state, ahead, part, green])).toEqual([
      ['waiting', 0, 'any', false],
      ['waiting', 1, 'morning', false],
      ['waiting', 2, 'any', true],
      // Who wants the morning is not before him.
      ['waiting', 2, 'afternoon', false],
    ]);
    expect(items.map(({ agentName }) => agentName !== null)).toEqual([false, false, false, true]);
    const { items: slots } = await world.client().booking.listSlots({
      hallId: cityIds.hall('RC-SM'),
      itemId: cityIds.item('property-transfer'),
      day,
    });
    expect(slots.filter(({ remaining }) => remaining > 0)).toEqual([]);
    // The worker looks every second: it must not find a place for one of them.
    await world.get(WaitlistOffers).serve(cityIds.queue('SM-A'), day);
    expect((await manager(world).waitlist.listOfHall({ day })).items.map(({ state }) => state)).toEqual(
      items.map(() => 'waiting'),
    );
  });

  it('has two open appeals and a decided one, which no longer counts against her', async () => {
    const states = (await manager(world).people.listHallAppeals({})).items.map(({ state }) => state);
    expect([...states].sort()).toEqual(['granted', 'open', 'open']);
    const hallId = cityIds.hall('RC-SM');
    const { noShows, suspendedUntil } = await resident(world, 'xie-yutong').people.standing({ hallId });
    expect(noShows.map(({ excused, appeal }) => [excused, appeal?.state])).toEqual([
      [false, 'open'],
      [true, 'granted'],
    ]);
    expect(suspendedUntil).toBeNull();
  });

  it('has one person suspended by three missed bookings, as the rules have it', async () => {
    const hallId = cityIds.hall('RC-SM');
    const { noShows, suspendedUntil, mayBook } = await resident(world, 'he-wenbin').people.standing({
      hallId,
    });
    expect(noShows).toHaveLength(3);
    expect(mayBook).toBe(false);
    expect((suspendedUntil ?? '') > dayOf(world.now)).toBe(true);
  });

  it('has people who may book for others, and one whose papers a desk has to see', async () => {
    const { asAgent } = await resident(world, 'cai-lihua').people.listAuthorisations({});
    expect(asAgent.map(({ state }) => state)).toEqual(['active', 'pending']);
    const company = (await resident(world, 'zhou-min').people.listAuthorisations({})).asAgent;
    expect(company.map(({ kind, state }) => [kind, state])).toEqual([['company', 'active']]);
    const mother = (await resident(world, 'chen-xiumei').people.listAuthorisations({})).asPrincipal;
    expect(mother.map(({ state }) => state)).toEqual(['active']);
    const desk = world.client(staffOf(cityIds.hall('RC-SM')));
    expect((await desk.people.listPendingAuthorisations({})).items).toHaveLength(1);
    expect((await desk.people.listGreenToCheck({})).items).toHaveLength(1);
  });

  it('has a trader who gives places back and another who has them minutes later', async () => {
    const { items } = await manager(world).waitlist.signals({ days: 7 });
    expect(items.map(({ kind, count }) => [kind, count])).toEqual(
      expect.arrayContaining([
        ['many_cancels', 4],
        ['cancel_then_rebooked', 2],
      ]),
    );
    expect(items).toHaveLength(2);
  });
});

describe('the same on other days', () => {
  it.each([
    ['after a long holiday', '2026-10-09T01:30:00Z'],
    ['after the spring festival', '2026-02-24T01:30:00Z'],
    ['on a Sunday', '2026-07-12T06:00:00Z'],
    ['on a Thursday, before the weekend', '2026-07-16T06:00:00Z'],
    ['in a year whose holidays nobody knows yet', '2031-05-14T01:30:00Z'],
  ])('is told all the same %s, for it goes by the days on which the halls are open', async (_, now) => {
    const world = await newCity(now);
    try {
      expect(await tell(world)).toBe(true);
      expect((await manager(world).waitlist.listOfHall({})).items).toHaveLength(4);
      expect((await manager(world).people.listHallAppeals({})).items).toHaveLength(3);
      expect((await manager(world).waitlist.signals({})).items).toHaveLength(2);
    } finally {
      await world.close();
    }
  });
});
