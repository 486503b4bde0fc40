import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import {
  newHall,
  newItem,
  newPeople,
  newPerson,
  requestId,
  slotAt,
  type HallOptions,
  type OfferOptions,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-15';
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
beforeEach(async () => {
  hall = await newHall(world, { places: 2 });
});
afterAll(() => world.close());

const at = (time: string, itemId = hall.a.itemId) =>
  slotAt(world, { hallId: hall.hallId, itemId, day: DAY, time });
const rows = async () => {
  const slots = await world.dataSource
    .getRepository(SlotEntity)
    .find({ where: { queueId: hall.a.queueId, day: DAY }, order: { startAt: 'ASC' } });
  return slots.filter(({ taken, greenTaken }) => taken + greenTaken > 0);
};
async function reserve(person: Person, input: { itemId?: string; slotId: string } & Record<string, unknown>) {
  return person.api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, ...input });
}
async function anotherItem(options: OfferOptions & { queueId?: string } = {}) {
  const { hallId, departmentId, a } = hall;
  const id = await newItem(world, { hallId, departmentId, queueId: a.queueId, name: '另一事项', ...options });
  world.get(GuideService).invalidate();
  return id;
}
async function setUp(options: HallOptions) {
  hall = await newHall(world, options);
}

describe('a visit of several items', () => {
  it('takes consecutive slots, in the order asked for, and each file its own', async () => {
    const long = hall.a.longItemId;
    const person = await newPerson(world);
    const slot = await at('09:30');
    const booking = await reserve(person, { slotId: slot.id, files: 2, also: [{ itemId: long, files: 1 }] });
    expect(booking.items.map(({ itemId, files }) => [itemId, files])).toEqual([
      [hall.a.itemId, 2],
      [long, 1],
    ]);
    expect([booking.start, booking.end]).toEqual(['2026-07-15T01:30:00.000Z', '2026-07-15T03:30:00.000Z']);
    expect((await rows()).map(({ taken }) => taken)).toEqual([1, 1, 1, 1]);
    await person.api.booking.cancel({ bookingId: booking.id });
    expect(await rows()).toEqual([]);
  });

  it('is offered only at times where the whole of it fits', async () => {
    const long = hall.a.longItemId;
    const { items } = await world.client().booking.listSlots({
      hallId: hall.hallId,
      itemId: hall.a.itemId,
      also: `${long}*2`,
      day: DAY,
    });
    // Five slots of half an hour: the morning ends at 12:00, the afternoon at 17:00.
    expect(items.map(({ startTime }) => startTime)).toEqual(['09:00', '09:30', '13:30', '14:00', '14:30']);
    expect(items[0]?.endTime).toBe('11:30');
  });

  it('is refused where items stand alone, are served in another queue, or take too long together', async () => {
    const person = await newPerson(world);
    const slot = await at('09:00');
    const alone = await anotherItem({ alone: true });
    const refusals: [Record<string, unknown>, string][] = [
      [{ also: [{ itemId: alone, files: 1 }] }, 'VISIT_NOT_COMBINABLE'],
      [{ also: [{ itemId: hall.b.itemId, files: 1 }] }, 'VISIT_NOT_COMBINABLE'],
      [{ files: 7 }, 'VISIT_TOO_LONG'],
      [{ persons: 6 }, 'VISIT_GROUP_TOO_LARGE'],
      [{ also: [{ itemId: hall.a.walkInItemId, files: 1 }] }, 'BOOKING_NOT_BOOKABLE'],
    ];
    for (const [input, code] of refusals)
      await expect(reserve(person, { slotId: slot.id, ...input })).rejects.toMatchObject({ code });
    expect(await rows()).toEqual([]);
  });
});

describe('a group', () => {
  it('takes a place for each of its people, or none at all', async () => {
    await setUp({ places: 4 });
    const [three, two] = await newPeople(world, 2);
    const slot = await at('10:00');
    expect(await reserve(three as Person, { slotId: slot.id, persons: 3 })).toMatchObject({ persons: 3 });
    await expect(reserve(two as Person, { slotId: slot.id, persons: 2 })).rejects.toMatchObject({
      code: 'SLOT_FULL',
    });
    expect((await rows()).map(({ taken }) => taken)).toEqual([3]);
    expect((await at('10:00')).remaining).toBe(1);
  });
});

describe('item classes', () => {
  it('let at most so many long matters run at once, however many places are left', async () => {
    await setUp({ places: 3, rule: { classPlaces: { long: 1 } } });
    const long = await anotherItem({ itemClass: 'long' });
    const people = await newPeople(world, 3);
    const slot = await at('10:00');
    const results = await Promise.allSettled(
      people.map((person) => reserve(person, { itemId: long, slotId: slot.id })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect([(await at('10:00')).remaining, (await at('10:00', long)).remaining]).toEqual([2, 0]);
  });
});

describe('kinds of visit', () => {
  const phone = {
    id: 'phone',
    kind: 'phone' as const,
    weekdays: [1, 2, 3, 4, 5],
    from: 540,
    to: 600,
    slotMinutes: 15,
    desksPublic: 1,
    desksInternal: 1,
    windowFromDays: 0,
    windowToDays: 13,
  };

  it('have times of their own beside the window’s, and are offered only for items that allow them', async () => {
    await setUp({ places: 1, moreRules: [phone] });
    const both = await anotherItem({ kinds: ['window', 'phone'] });
    const asked = { hallId: hall.hallId, day: DAY, kind: 'phone' as const };
    const { items } = await world.client().booking.listSlots({ ...asked, itemId: both });
    expect(items.map(({ startTime, kind }) => `${startTime} ${kind}`)).toEqual([
      '09:00 phone',
      '09:15 phone',
      '09:30 phone',
      '09:45 phone',
    ]);
    await expect(world.client().booking.listSlots({ ...asked, itemId: hall.a.itemId })).rejects.toMatchObject(
      { code: 'VISIT_KIND_NOT_OFFERED' },
    );
    const { kinds } = await world.client().booking.listDays({ hallId: hall.hallId, itemId: both });
    expect(kinds).toEqual(['window', 'phone']);
    const person = await newPerson(world);
    const booking = await reserve(person, { itemId: both, slotId: items[0]?.id ?? '' });
    expect(booking).toMatchObject({ kind: 'phone', end: '2026-07-15T01:15:00.000Z' });
    expect((await at('09:00')).remaining).toBe(1);
  });

  it('at home needs an address with the confirmation, and says so before anything is booked', async () => {
    await setUp({ places: 1, moreRules: [{ ...phone, id: 'home', kind: 'home' }] });
    const visit = await anotherItem({ kinds: ['home'] });
    const { items } = await world
      .client()
      .booking.listSlots({ hallId: hall.hallId, day: DAY, kind: 'home', itemId: visit });
    const person = await newPerson(world);
    const slotId = items[0]?.id ?? '';
    await expect(reserve(person, { itemId: visit, slotId })).rejects.toMatchObject({
      code: 'BOOKING_ADDRESS_REQUIRED',
    });
    const held = await person.api.booking.hold({ requestId: requestId(), itemId: visit, slotId });
    await expect(person.api.booking.confirm({ bookingId: held.id })).rejects.toMatchObject({
      code: 'BOOKING_ADDRESS_REQUIRED',
    });
    expect(
      await person.api.booking.confirm({ bookingId: held.id, address: '江滨区望江大道 88 号 3 栋 502' }),
    ).toMatchObject({ state: 'confirmed', kind: 'home' });
  });
});

describe('the green channel', () => {
  it('has places of its own for elders, beside the public’s, which stay for everybody', async () => {
    await setUp({ places: 1, rule: { desksGreen: 1 } });
    const slot = await at('10:00');
    const [elder, young] = [await newPerson(world, { born: '19500101' }), await newPerson(world)];
    await expect(reserve(young, { slotId: slot.id, green: true })).rejects.toMatchObject({
      code: 'GREEN_EVIDENCE_REQUIRED',
    });
    expect(await reserve(elder, { slotId: slot.id, green: true })).toMatchObject({ contingent: 'green' });
    expect((await at('10:00')).remaining).toBe(1);
    const second = await newPerson(world, { born: '19480101' });
    expect(await reserve(second, { slotId: slot.id, green: true })).toMatchObject({ contingent: 'public' });
    expect((await rows()).map(({ taken, greenTaken }) => [taken, greenTaken])).toEqual([[1, 1]]);
    await elder.api.booking.cancel({ bookingId: (await elder.api.booking.listMine({})).items[0]?.id ?? '' });
    expect((await rows()).map(({ taken, greenTaken }) => [taken, greenTaken])).toEqual([[1, 0]]);
  });
});

describe('suggestions', () => {
  it('name the soonest free time and the emptiest half day', async () => {
    await setUp({ places: 1 });
    const asked = { hallId: hall.hallId, itemId: hall.a.itemId };
    const before = await world.client().booking.listDays(asked);
    expect(before.soonest).toMatchObject({ day: '2026-07-14', startTime: '10:00' });
    const person = await newPerson(world);
    await reserve(person, { slotId: before.soonest?.slotId ?? '' });
    const { items } = await world.client().booking.listSlots({ ...asked, day: '2026-07-14' });
    const after = await world.client().booking.listDays(asked);
    expect(after.soonest).toMatchObject({ slotId: items.find(({ remaining }) => remaining > 0)?.id });
    expect(after.quietest).toMatchObject({ day: '2026-07-14', startTime: '13:30' });
  });
});
