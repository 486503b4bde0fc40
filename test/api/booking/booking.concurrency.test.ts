import type { ApiError } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookingEntity, BookingSlotEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { SlotsService } from '../../../apps/api/src/booking/slots.service.js';
import { newHall, newPeople, newPerson, requestId, slotAt } from '../../support/builders/booking.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-15';
let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

function outcomes(results: readonly PromiseSettledResult<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results) {
    const key =
      result.status === 'fulfilled' ? 'ok' : ((result.reason as ApiError).code ?? String(result.reason));
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** What is counted as taken in a slot, and what live bookings really cover it. */
async function takenAndLive(queueId: string): Promise<{ id: string; taken: number; live: number }[]> {
  const slots = await world.dataSource.getRepository(SlotEntity).findBy({ queueId });
  const covered = await world.dataSource
    .createQueryBuilder()
    .select('covered.slot_id', 'slot')
    .from(BookingSlotEntity, 'covered')
    .innerJoin(BookingEntity, 'booking', 'booking.id = covered.booking_id')
    .where("booking.queue_id = :queueId AND booking.state <> 'cancelled'", { queueId })
    .getRawMany<{ slot: string }>();
  return slots.map(({ id, taken }) => ({
    id,
    taken,
    live: covered.filter(({ slot }) => slot === id).length,
  }));
}

describe('a rush', () => {
  it('sells exactly 20 of 20 places to 200 people at once', async () => {
    const hall = await newHall(world, { places: 20 });
    const { itemId, queueId } = hall.a;
    const slot = await slotAt(world, { hallId: hall.hallId, itemId, day: DAY, time: '10:00' });
    const people = await newPeople(world, 200);
    const results = await Promise.allSettled(
      people.map(({ api }) => api.booking.reserve({ requestId: requestId(), itemId, slotId: slot.id })),
    );
    expect(outcomes(results)).toEqual({ ok: 20, SLOT_FULL: 180 });
    const counted = (await takenAndLive(queueId)).find(({ id }) => id === slot.id);
    expect(counted).toMatchObject({ taken: 20, live: 20 });
    const codes = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.code] : []));
    expect(new Set(codes).size).toBe(20);
  });

  it('never gives one place to two when visits of one and two slots overlap', async () => {
    const hall = await newHall(world, { places: 3 });
    const { itemId, longItemId, queueId } = hall.a;
    const at = (time: string) => slotAt(world, { hallId: hall.hallId, itemId, day: DAY, time });
    const slots = [await at('09:00'), await at('09:30'), await at('10:00'), await at('10:30')];
    const people = await newPeople(world, 60);
    const results = await Promise.allSettled(
      people.map(({ api }, index) =>
        api.booking.reserve({
          requestId: requestId(),
          itemId: index % 2 ? itemId : longItemId,
          slotId: slots[index % slots.length]?.id ?? '',
        }),
      ),
    );
    expect(Object.keys(outcomes(results)).sort()).toEqual(['SLOT_FULL', 'ok']);
    for (const { taken, live } of await takenAndLive(queueId)) {
      expect(taken).toBe(live);
      expect(taken).toBeLessThanOrEqual(3);
    }
  });

  it('keeps the count right while people cancel and others reserve, and the slots are made anew meanwhile', async () => {
    const hall = await newHall(world, { places: 5 });
    const { itemId, queueId } = hall.a;
    const slot = await slotAt(world, { hallId: hall.hallId, itemId, day: DAY, time: '11:00' });
    const reserve = ({ api }: { api: ReturnType<World['client']> }) =>
      api.booking.reserve({ requestId: requestId(), itemId, slotId: slot.id });
    const holders = await newPeople(world, 5);
    const held = await Promise.all(
      holders.map(async (person) => ({ person, booking: await reserve(person) })),
    );
    const others = await newPeople(world, 40);
    const results = await Promise.allSettled([
      ...held.map(({ person, booking }) => person.api.booking.cancel({ bookingId: booking.id })),
      ...others.map(reserve),
      ...Array.from({ length: 5 }, () => world.get(SlotsService).ensureDays(queueId, [DAY])),
    ]);
    expect(Object.keys(outcomes(results)).filter((code) => code !== 'ok' && code !== 'SLOT_FULL')).toEqual(
      [],
    );
    const counted = (await takenAndLive(queueId)).find(({ id }) => id === slot.id);
    expect(counted?.taken).toBe(counted?.live);
    expect(counted?.taken).toBeLessThanOrEqual(5);
  });

  it('gives one booking and one answer to ten equal requests at once', async () => {
    const hall = await newHall(world, { places: 5 });
    const { itemId, queueId } = hall.a;
    const slot = await slotAt(world, { hallId: hall.hallId, itemId, day: DAY, time: '14:00' });
    const person = await newPerson(world);
    const input = { requestId: requestId(), itemId, slotId: slot.id };
    const answers = await Promise.all(Array.from({ length: 10 }, () => person.api.booking.reserve(input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await takenAndLive(queueId)).find(({ id }) => id === slot.id)).toMatchObject({
      taken: 1,
      live: 1,
    });
  });

  it('holds the limit of one person against parallel requests for different slots', async () => {
    const hall = await newHall(world, { places: 5 });
    const { itemId } = hall.a;
    const { items } = await world.client().booking.listSlots({ hallId: hall.hallId, itemId, day: DAY });
    const person = await newPerson(world);
    const results = await Promise.allSettled(
      items.map(({ id }) => person.api.booking.reserve({ requestId: requestId(), itemId, slotId: id })),
    );
    expect(outcomes(results)).toEqual({ ok: 1, BOOKING_LIMIT_REACHED: items.length - 1 });
  });

  it('makes each slot once when many ask for a new day at the same time', async () => {
    const hall = await newHall(world);
    const input = { hallId: hall.hallId, itemId: hall.a.itemId, day: '2026-07-16' };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => world.client().booking.listSlots(input)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.items).toHaveLength(13);
  });
});
