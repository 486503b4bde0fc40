import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { newId } from '../../../apps/api/src/common/id.js';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  staffOf,
  type HallOptions,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { usePolicy } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

const days = ['2026-07-15', '2026-07-16', '2026-07-17', '2026-07-20', '2026-07-21', '2026-07-22'];
let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

/** Limits that do not get in the way. */
async function generousHall(of: World, options?: HallOptions): Promise<TestHall> {
  const hall = await newHall(of, options);
  await usePolicy(of, hall.hallId, { perDay: 50, perWeek: 50, perMonth: 50, open: 50 });
  return hall;
}

const at = (hall: TestHall, day: string, time = '10:00') =>
  slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day, time });

async function book(hall: TestHall, person: Person, day: string, authorisationId?: string) {
  const { id: slotId } = await at(hall, day);
  return person.api.booking.reserve({
    requestId: requestId(),
    itemId: hall.a.itemId,
    slotId,
    ...(authorisationId && { authorisationId }),
  });
}

async function signalsOf(hall: TestHall) {
  const { items } = await world.client(staffOf(hall.hallId, 'manager')).waitlist.signals({});
  return items;
}

describe('signals of trading with places', () => {
  it('are none for ordinary use', async () => {
    const hall = await generousHall(world, { places: 5 });
    const person = await newPerson(world);
    const booking = await book(hall, person, days[0] ?? '');
    await person.api.booking.cancel({ bookingId: booking.id });
    await book(hall, await newPerson(world), days[0] ?? '');
    expect(await signalsOf(hall)).toEqual([]);
  });

  it('name who cancels often, masked, with every cancel, newest first', async () => {
    const hall = await generousHall(world);
    const person = await newPerson(world);
    for (const day of days.slice(0, 4)) {
      const booking = await book(hall, person, day);
      world.clock.advance(1000);
      await person.api.booking.cancel({ bookingId: booking.id });
    }
    const [signal, ...others] = await signalsOf(hall);
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      kind: 'many_cancels',
      personName: '陈**',
      count: 4,
      text: '30 天内取消了 4 次预约',
    });
    expect(signal?.idNumber).toMatch(/^\d+\*+/);
    expect(signal?.acts.map(({ start }) => start?.slice(0, 10))).toEqual([...days.slice(0, 4)].reverse());
    const other = await generousHall(world);
    expect(await signalsOf(other)).toEqual([]);
  });

  it('pair a cancel with whoever has the place minutes later, when it is the same two again', async () => {
    const hall = await generousHall(world, { places: 1 });
    const [seller, buyer] = [await newPerson(world), await newPerson(world)];
    for (const day of days.slice(0, 2)) {
      const booking = await book(hall, seller, day);
      await seller.api.booking.cancel({ bookingId: booking.id });
      world.clock.advance(3 * 60_000);
      await book(hall, buyer, day);
    }
    const signals = await signalsOf(hall);
    expect(signals).toMatchObject([{ kind: 'cancel_then_rebooked', count: 2, personName: '陈**' }]);
    expect(signals[0]?.acts).toMatchObject([{ otherName: '陈**' }, { otherName: '陈**' }]);
    expect(signals[0]?.acts[0]?.start?.slice(0, 10)).toBe(days[1]);
  });

  it('pair nothing that staff called off: that the place is taken again is nobody’s doing', async () => {
    const hall = await generousHall(world, { places: 1 });
    const [first, second] = [await newPerson(world), await newPerson(world)];
    const clerk = world.client(staffOf(hall.hallId));
    for (const day of days.slice(0, 2)) {
      const booking = await book(hall, first, day);
      await clerk.hallBookings.cancel({ bookingId: booking.id, reason: '大厅统一调整' });
      world.clock.advance(3 * 60_000);
      await book(hall, second, day);
    }
    expect(await signalsOf(hall)).toEqual([]);
  });

  it('name an account that books for many others', async () => {
    const hall = await generousHall(world, { places: 9 });
    const agent = await newPerson(world);
    for (let n = 0; n < 5; n++) {
      const principal = await newPerson(world);
      const { code } = await principal.api.people.makeCode({});
      const { id } = await agent.api.people.acceptCode({ code, relation: 'parent' });
      await book(hall, agent, days[n] ?? '', id);
    }
    expect(await signalsOf(hall)).toMatchObject([
      { kind: 'many_principals', count: 5, acts: Array<object>(5).fill({ what: '代为预约' }) },
    ]);
  });

  it('name who keeps places and never confirms', async () => {
    const hall = await generousHall(world, { places: 5 });
    const person = await newPerson(world);
    const booking = await book(hall, person, days[0] ?? '');
    const row = await world.dataSource.getRepository(BookingEntity).findOneByOrFail({ id: booking.id });
    const expired = Array.from({ length: 15 }, (_, n) => ({
      ...row,
      id: newId(),
      requestId: `hold-${n}`,
      code: `ZZZZ${String(n).padStart(2, '0')}`,
      state: 'expired' as const,
    }));
    await world.dataSource.getRepository(BookingEntity).insert(expired);
    expect(await signalsOf(hall)).toMatchObject([{ kind: 'unused_holds', count: 15 }]);
  });

  it('name who is refused for trying too often, over all ways to a place', async () => {
    const hall = await generousHall(world, { places: 1 });
    await book(hall, await newPerson(world), days[0] ?? '');
    const script = await newPerson(world);
    const { id: slotId } = await at(hall, days[0] ?? '');
    const codes: string[] = [];
    for (let n = 0; n < 36; n++) {
      const input = { requestId: requestId(), itemId: hall.a.itemId, slotId };
      const call = n % 2 === 0 ? script.api.booking.reserve(input) : script.api.booking.hold(input);
      codes.push(
        await call.then(
          () => 'ok',
          (error: unknown) => (error as { code: string }).code,
        ),
      );
    }
    expect(codes.slice(0, 30)).toEqual(Array<string>(30).fill('SLOT_FULL'));
    expect(codes.slice(30)).toEqual(Array<string>(6).fill('RATE_LIMITED'));
    expect(await signalsOf(hall)).toMatchObject([
      { kind: 'rate_limited', count: 6, personName: '陈**', acts: [{ bookingId: null }] },
    ]);
  });
});
