import type { ApiError } from '@haoban/client';
import { afterAll, beforeAll, expect, describe, it } from '@jest/globals';
import { In } from 'typeorm';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { WaitlistEntryEntity, WaitlistOfferEntity } from '../../../apps/api/src/booking/waitlist.entity.js';
import { Outbox } from '../../../apps/api/src/outbox/outbox.service.js';
import { newPeople, newPerson, requestId } from '../../support/builders/booking.js';
import { entryOf, joinWaitlist, newFullDay, tick } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

const MINUTE = 60_000;
let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

describe('a rush for what is given back', () => {
  it('lets every freed place go to the waitlist first and none twice: 5 cancels, 20 who wait, 40 who try', async () => {
    const full = await newFullDay(world, { times: ['10:00'], places: 10 });
    const { itemId, queueId } = full.hall.a;
    const slotId = full.holders[0]?.slotId ?? '';
    const entries: string[] = [];
    for (let n = 0; n < 20; n++) entries.push((await joinWaitlist(world, full)).entry.id);
    const thieves = await newPeople(world, 40);
    const reserve = ({ api }: (typeof thieves)[number]) =>
      api.booking.reserve({ requestId: requestId(), itemId, slotId });
    const attempts = await Promise.allSettled([
      ...full.holders
        .slice(0, 5)
        .map(({ person, booking }) => person.api.booking.cancel({ bookingId: booking.id })),
      ...thieves.map(reserve),
      tick(world),
      tick(world),
      ...thieves.map(reserve),
      // Two workers at once.
      tick(world),
    ]);
    const codes = attempts.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as ApiError).code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['SLOT_FULL']));
    expect(codes).toHaveLength(80);
    await tick(world);
    const states = async () => {
      const rows = await world.dataSource.getRepository(WaitlistEntryEntity).findBy({ queueId });
      return entries.map((id) => rows.find((row) => row.id === id)?.state);
    };
    expect(await states()).toEqual([
      ...Array<string>(5).fill('offered'),
      ...Array<string>(15).fill('waiting'),
    ]);
    const live = await world.dataSource
      .getRepository(BookingEntity)
      .countBy({ slotId, state: In(['held', 'confirmed']) });
    const slot = await world.dataSource.getRepository(SlotEntity).findOneByOrFail({ id: slotId });
    expect([live, slot.taken, slot.heldBack]).toEqual([10, 10, 0]);
    // Nobody answers: on to the next five, while everybody tries again.
    world.clock.advance(10 * MINUTE);
    const again = await Promise.allSettled([...thieves.map(reserve), tick(world), ...thieves.map(reserve)]);
    expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await tick(world);
    expect((await states()).slice(5, 10)).toEqual(Array<string>(5).fill('offered'));
    const offers = await world.dataSource.getRepository(WaitlistOfferEntity).findBy({ slotId });
    expect(new Set(offers.map(({ entryId }) => entryId)).size).toBe(10);
  });

  it('lets one of confirm, decline and running out win, and the place is counted once', async () => {
    for (let round = 0; round < 5; round++) {
      const full = await newFullDay(world);
      const { person, entry } = await joinWaitlist(world, full);
      const [holder] = full.holders;
      await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
      await tick(world);
      const { items } = await person.api.waitlist.listMine({});
      const bookingId = items[0]?.offer?.bookingId ?? '';
      const results = await Promise.allSettled([
        person.api.booking.confirm({ bookingId }),
        person.api.waitlist.decline({ entryId: entry.id }),
        person.api.waitlist.leave({ entryId: entry.id }),
        tick(world),
      ]);
      await tick(world);
      const booking = await world.dataSource.getRepository(BookingEntity).findOneByOrFail({ id: bookingId });
      const slot = await world.dataSource
        .getRepository(SlotEntity)
        .findOneByOrFail({ id: holder?.slotId ?? '' });
      const confirmed = results[0]?.status === 'fulfilled';
      expect(booking.state).toBe(confirmed ? 'confirmed' : 'expired');
      expect([slot.taken, slot.heldBack]).toEqual([confirmed ? 1 : 0, 0]);
    }
  });

  it('gives one entry to one person who joins ten times at once', async () => {
    const full = await newFullDay(world);
    const person = await newPerson(world);
    const join = () =>
      person.api.waitlist.join({
        requestId: requestId(),
        hallId: full.hall.hallId,
        itemId: full.hall.a.itemId,
        day: full.day,
      });
    const results = await Promise.allSettled(Array.from({ length: 10 }, join));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = results.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as ApiError).code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['WAITLIST_ALREADY_JOINED']));
  });

  it('keeps the place out of sight when the worker dies while it offers it, and offers it afterwards', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    const [holder] = full.holders;
    await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
    const outbox = world.get(Outbox);
    const add = outbox.add.bind(outbox);
    // The last thing that the transaction does never happens.
    outbox.add = () => Promise.reject(new Error('The process is gone'));
    await tick(world);
    outbox.add = add;
    const thief = await newPerson(world);
    const { itemId } = full.hall.a;
    await expect(
      thief.api.booking.reserve({ requestId: requestId(), itemId, slotId: holder?.slotId ?? '' }),
    ).rejects.toMatchObject({ code: 'SLOT_FULL' });
    expect((await entryOf(person)).state).toBe('waiting');
    await tick(world);
    expect((await entryOf(person)).state).toBe('offered');
  });
});
