import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newHall, newPerson, staffOf } from '../../support/builders/booking.js';
import { joinWaitlist, newFullDay, tick, usePolicy, type FullDay } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];

let world: World;
let full: FullDay;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  full = await newFullDay(world);
});
afterAll(() => world.close());

async function clientOf(role: Role, hallId: string | null = full.hall.hallId): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newPerson(world)).api;
  return world.client(staffOf(hallId, role));
}

async function answer(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
}

async function expectOnly(may: readonly Role[], call: (api: Client) => Promise<unknown>): Promise<void> {
  for (const role of roles) {
    const refused = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect([role, await answer(call(await clientOf(role)))]).toEqual([
      role,
      may.includes(role) ? 'ok' : refused,
    ]);
  }
}

describe('who may call what', () => {
  it('waitlist.join is for citizens', async () => {
    const { hallId, a } = full.hall;
    let n = 0;
    await expectOnly(['citizen'], (api) =>
      api.waitlist.join({ requestId: `join-0000${n++}`, hallId, itemId: a.itemId, day: full.day }),
    );
  });

  it('waitlist.listMine is for citizens and shows own entries only', async () => {
    const { person, entry } = await joinWaitlist(world, full);
    await expectOnly(['citizen'], (api) => api.waitlist.listMine({}));
    const mine = await person.api.waitlist.listMine({});
    expect(mine.items.map(({ id }) => id)).toEqual([entry.id]);
    expect((await (await newPerson(world)).api.waitlist.listMine({})).items).toEqual([]);
  });

  it('waitlist.leave and waitlist.decline are for the owner; for other citizens the entry does not exist', async () => {
    const { person, entry } = await joinWaitlist(world, full);
    const input = { entryId: entry.id };
    for (const role of roles) {
      const refused = { anonymous: 'UNAUTHENTICATED', citizen: 'NOT_FOUND' }[role as string] ?? 'FORBIDDEN';
      const api = await clientOf(role);
      expect([role, await answer(api.waitlist.leave(input))]).toEqual([role, refused]);
      expect([role, await answer(api.waitlist.decline(input))]).toEqual([role, refused]);
    }
    expect(await answer(person.api.waitlist.leave(input))).toBe('ok');
  });

  it('the hall’s waitlist, releases and signals are for its manager', async () => {
    await expectOnly(['manager'], (api) => api.waitlist.listOfHall({ day: full.day }));
    await expectOnly(['manager'], (api) => api.waitlist.releases({ day: full.day }));
    await expectOnly(['manager'], (api) => api.waitlist.signals({}));
  });

  it('a manager sees the own hall only', async () => {
    await joinWaitlist(world, full);
    const other = await newHall(world);
    for (const hallId of [other.hallId, null]) {
      const api = await clientOf('manager', hallId);
      expect((await api.waitlist.listOfHall({ day: full.day })).items).toEqual([]);
      const { returns, slots } = await api.waitlist.releases({ day: full.day, queueId: full.hall.a.queueId });
      expect([returns, slots]).toEqual([[], []]);
      expect((await api.waitlist.signals({})).items).toEqual([]);
    }
    const own = await clientOf('manager');
    expect((await own.waitlist.listOfHall({ day: full.day })).items.length).toBeGreaterThan(0);
  });

  it('waitlist.reopenNow is for the manager of the hall that the place belongs to', async () => {
    await usePolicy(world, full.hall.hallId, { reopen: { minMinutes: 60, maxMinutes: 90 } });
    const [holder] = full.holders;
    await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
    const manager = await clientOf('manager');
    const [held] = (await manager.waitlist.releases({ day: full.day })).returns;
    const input = { returnId: held?.id ?? '', reason: '试' };
    const other = await newHall(world);
    expect(await answer((await clientOf('manager', other.hallId)).waitlist.reopenNow(input))).toBe(
      'NOT_FOUND',
    );
    await expectOnly(['manager'], (api) => api.waitlist.reopenNow(input));
    await tick(world);
  });
});
