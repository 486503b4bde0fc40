import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newHall, newPerson, requestId, type TestHall } from '../../support/builders/booking.js';
import { bookAt, newDesk, newOpenDesk, newStaff, takeTicket } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];
const everyone = [...roles];
const desk = ['clerk', 'manager'] as const;

let world: World;
let hall: TestHall;
let other: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world);
  other = await newHall(world);
});
afterAll(() => world.close());

async function clientOf(role: Role, hallId = hall.hallId): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newPerson(world)).api;
  return (await newStaff(world, hallId, role)).api;
}

async function answer(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
}

type Call = (
  api: Client,
  ids: { deskId: string; ticketId: string; bookingId: string; code: string },
) => Promise<unknown>;

/** Every route of the feature: who passes the door. What happens behind it is told by the other tests. */
const routes: Record<string, { may: readonly Role[]; call: Call }> = {
  listQueues: { may: everyone, call: (api) => api.queue.listQueues({ hallId: hall.hallId }) },
  display: { may: everyone, call: (api) => api.queue.display({ hallId: hall.hallId }) },
  takeTicket: {
    may: ['citizen'],
    call: (api) =>
      api.queue.takeTicket({ requestId: requestId(), hallId: hall.hallId, itemId: hall.a.itemId }),
  },
  listMine: { may: ['citizen'], call: (api) => api.queue.listMine() },
  checkIn: { may: ['citizen'], call: (api, { bookingId }) => api.queue.checkIn({ bookingId }) },
  getMine: { may: ['citizen'], call: (api, { ticketId }) => api.queue.getMine({ ticketId }) },
  leave: { may: ['citizen'], call: (api, { ticketId }) => api.queue.leave({ ticketId }) },
  rejoin: { may: ['citizen'], call: (api, { ticketId }) => api.queue.rejoin({ ticketId }) },
  listDesks: { may: desk, call: (api) => api.queue.listDesks() },
  desk: { may: desk, call: (api, { deskId }) => api.queue.desk({ deskId }) },
  openDesk: { may: desk, call: (api, { deskId }) => api.queue.openDesk({ deskId }) },
  closeDesk: { may: desk, call: (api, { deskId }) => api.queue.closeDesk({ deskId }) },
  pauseDesk: { may: desk, call: (api, { deskId }) => api.queue.pauseDesk({ deskId }) },
  resumeDesk: { may: desk, call: (api, { deskId }) => api.queue.resumeDesk({ deskId }) },
  issueTicket: {
    may: desk,
    call: (api) => api.queue.issueTicket({ requestId: requestId(), itemId: hall.a.itemId }),
  },
  checkInAtDesk: { may: desk, call: (api, { code }) => api.queue.checkInAtDesk({ code }) },
  callNext: { may: desk, call: (api, { deskId }) => api.queue.callNext({ deskId, requestId: requestId() }) },
  callTicket: {
    may: desk,
    call: (api, { deskId, ticketId }) => api.queue.callTicket({ deskId, ticketId, reason: '试' }),
  },
  recall: { may: desk, call: (api, { deskId }) => api.queue.recall({ deskId }) },
  start: { may: desk, call: (api, { deskId }) => api.queue.start({ deskId }) },
  finish: { may: desk, call: (api, { deskId }) => api.queue.finish({ deskId }) },
  noShow: { may: desk, call: (api, { deskId }) => api.queue.noShow({ deskId }) },
  requeue: { may: desk, call: (api, { ticketId }) => api.queue.requeue({ ticketId }) },
};

async function records() {
  const { booking } = await bookAt(world, hall, '2026-07-14', '10:00');
  const { ticket } = await takeTicket(world, hall);
  const deskId = await newDesk(world, hall.hallId, [hall.a.queueId]);
  return { deskId, ticketId: ticket.id, bookingId: booking.id, code: booking.code };
}

describe('who may call what', () => {
  it('names every route of the feature', () => {
    expect(Object.keys(routes).sort()).toEqual(Object.keys(world.client().queue).sort());
  });

  for (const [name, { may, call }] of Object.entries(routes)) {
    it(`queue.${name} is for ${may.length === roles.length ? 'everybody' : may.join(' and ')}`, async () => {
      const hallNow = await newHall(world, { places: 20 });
      hall = hallNow;
      const ids = await records();
      for (const role of roles) {
        const code = await answer(call(await clientOf(role), ids));
        const expected = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        if (may.includes(role))
          expect([role, ['UNAUTHENTICATED', 'FORBIDDEN'].includes(code)]).toEqual([role, false]);
        else expect([role, code]).toEqual([role, expected]);
      }
    });
  }
});

describe('whose record', () => {
  it("does not know other people's bookings and tickets", async () => {
    const ids = await records();
    const stranger = (await newPerson(world)).api;
    for (const name of ['checkIn', 'getMine', 'leave', 'rejoin'] as const) {
      expect([name, await answer(routes[name]?.call(stranger, ids) ?? Promise.resolve())]).toEqual([
        name,
        'NOT_FOUND',
      ]);
    }
    expect((await stranger.queue.listMine()).items).toEqual([]);
  });

  it('does not know desks, tickets and bookings of other halls, even for their managers', async () => {
    const ids = await records();
    for (const role of desk) {
      const api = await clientOf(role, other.hallId);
      const names = Object.entries(routes).filter(([, { may, call }]) => may === desk && call.length > 1);
      for (const [name, { call }] of names) {
        expect([role, name, await answer(call(api, ids))]).toEqual([role, name, 'NOT_FOUND']);
      }
      expect((await api.queue.listDesks()).items).toEqual([]);
      expect(await answer(api.queue.issueTicket({ requestId: requestId(), itemId: hall.a.itemId }))).toBe(
        'ITEM_NOT_OFFERED',
      );
    }
  });

  it("does not call another hall's ticket to an own desk", async () => {
    const { ticketId } = await records();
    const own = await newOpenDesk(world, other.hallId, [other.a.queueId]);
    await expect(own.call(ticketId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
