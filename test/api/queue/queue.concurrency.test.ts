import type { ApiError } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TicketEntity } from '../../../apps/api/src/queue/ticket.entity.js';
import { newHall, newPeople, newPerson, requestId } from '../../support/builders/booking.js';
import {
  bookAt,
  newDesk,
  newOpenDesk,
  newStaff,
  takeTicket,
  TestDesk,
} from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

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

const times = <T>(count: number, make: () => Promise<T>) => Array.from({ length: count }, make);

describe('numbers', () => {
  it('gives 50 people at once 50 numbers without a gap or a double', async () => {
    const hall = await newHall(world);
    const people = await newPeople(world, 50);
    const tickets = await Promise.all(people.map((person) => takeTicket(world, hall, person)));
    const labels = tickets.map(({ ticket }) => ticket.label).sort();
    expect(labels).toEqual(Array.from({ length: 50 }, (_, i) => `A${String(i + 1).padStart(3, '0')}`));
  });

  it('leaves no gap behind requests that were refused, and holds the cap of the day', async () => {
    const hall = await newHall(world, { dailyCap: 10 });
    const people = await newPeople(world, 30);
    const results = await Promise.allSettled(people.map((person) => takeTicket(world, hall, person)));
    expect(outcomes(results)).toEqual({ ok: 10, QUEUE_DAY_FULL: 20 });
    const rows = await world.dataSource.getRepository(TicketEntity).findBy({ queueId: hall.a.queueId });
    expect(rows.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('gives one ticket and one number to ten equal requests, of a citizen and of a clerk', async () => {
    const hall = await newHall(world);
    const person = await newPerson(world);
    const take = { requestId: requestId(), hallId: hall.hallId, itemId: hall.a.itemId };
    const taken = await Promise.all(times(10, () => person.api.queue.takeTicket(take)));
    expect(new Set(taken.map(({ id }) => id)).size).toBe(1);
    const clerk = await newStaff(world, hall.hallId);
    const issue = { requestId: requestId(), itemId: hall.a.itemId };
    const issued = await Promise.all(times(10, () => clerk.api.queue.issueTicket(issue)));
    expect(new Set(issued.map(({ id }) => id)).size).toBe(1);
    expect(issued[0]?.label).toBe('A002');
  });

  it('gives one person one ticket however many different requests come at once', async () => {
    const hall = await newHall(world);
    const person = await newPerson(world);
    const results = await Promise.allSettled(times(10, () => takeTicket(world, hall, person)));
    expect(outcomes(results)).toEqual({ ok: 1, TICKET_ALREADY_OPEN: 9 });
  });

  it('makes one ticket of a booking that the person and the desk check in at the same time', async () => {
    const hall = await newHall(world);
    const { owner, booking } = await bookAt(world, hall, '2026-07-14', '10:00');
    const clerk = await newStaff(world, hall.hallId);
    const tickets = await Promise.all([
      ...times(5, () => owner.api.queue.checkIn({ bookingId: booking.id })),
      ...times(5, () => clerk.api.queue.checkInAtDesk({ code: booking.code })),
    ]);
    expect(new Set(tickets.map(({ id }) => id)).size).toBe(1);
  });
});

describe('calling', () => {
  it('brings 30 people to 8 desks that call at the same time, each person once', async () => {
    const hall = await newHall(world);
    const { a, b, hallId } = hall;
    const clerk = await newStaff(world, hallId);
    for (let i = 0; i < 30; i++) {
      const itemId = i % 3 ? a.itemId : b.itemId;
      await clerk.api.queue.issueTicket({ requestId: requestId(), itemId });
    }
    const desks = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        newOpenDesk(
          world,
          hallId,
          i % 2 ? [a.queueId, b.queueId] : i % 4 ? [b.queueId, a.queueId] : [a.queueId],
        ),
      ),
    );
    const called: string[] = [];
    // Each desk calls, serves and calls again until nobody is left.
    await Promise.all(
      desks.map(async (desk) => {
        for (;;) {
          const view = await desk.next().catch((error: ApiError) => error.code);
          if (view === 'NO_ONE_WAITING') return;
          if (typeof view === 'string') throw new Error(view);
          called.push(view.current?.label ?? 'nobody');
          await desk.start();
          await desk.finish();
        }
      }),
    );
    expect(called).toHaveLength(30);
    expect(new Set(called).size).toBe(30);
    expect(called).not.toContain('nobody');
  });

  it('calls one person for ten equal requests, and for ten different ones at one desk', async () => {
    const hall = await newHall(world);
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    for (const person of await newPeople(world, 3)) await takeTicket(world, hall, person);
    const id = requestId();
    const views = await Promise.all(times(10, () => desk.next(id)));
    expect(new Set(views.map(({ current }) => current?.label))).toEqual(new Set(['A001']));
    await desk.start();
    await desk.finish();
    const results = await Promise.allSettled(times(10, () => desk.next()));
    expect(outcomes(results)).toEqual({ ok: 1, DESK_BUSY: 9 });
    const states = await world.dataSource.getRepository(TicketEntity).findBy({ queueId: hall.a.queueId });
    expect(states.map(({ state }) => state).sort()).toEqual(['called', 'done', 'waiting']);
  });

  it('lets one of two desks have a certain person', async () => {
    const hall = await newHall(world);
    const { ticket } = await takeTicket(world, hall);
    const desks = [
      await newOpenDesk(world, hall.hallId, [hall.a.queueId]),
      await newOpenDesk(world, hall.hallId, [hall.a.queueId]),
    ];
    const results = await Promise.allSettled(desks.map((desk) => desk.call(ticket.id)));
    expect(outcomes(results)).toEqual({ ok: 1, TICKET_STATE: 1 });
  });

  it('gives one answer to a person who gives up several times at once', async () => {
    const { owner, ticket } = await takeTicket(world, await newHall(world));
    const leave = () => owner.api.queue.leave({ ticketId: ticket.id });
    expect(outcomes(await Promise.allSettled(times(5, leave)))).toEqual({ ok: 5 });
  });

  it('ends in one state when a person leaves while being called, and the desk knows it', async () => {
    const hall = await newHall(world);
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    for (let round = 0; round < 10; round++) {
      const { owner, ticket } = await takeTicket(world, hall);
      const results = await Promise.allSettled([desk.next(), owner.api.queue.leave({ ticketId: ticket.id })]);
      expect(results[1]?.status).toBe('fulfilled');
      expect(Object.keys(outcomes(results)).filter((code) => code !== 'NO_ONE_WAITING')).toEqual(['ok']);
      expect((await desk.view()).current).toBeNull();
    }
  });
});

describe('desks', () => {
  it('seats one of ten clerks at a desk, and one clerk at one of ten desks', async () => {
    const { hallId, a } = await newHall(world);
    const deskId = await newDesk(world, hallId, [a.queueId]);
    const clerks = await Promise.all(times(10, () => newStaff(world, hallId)));
    const seats = await Promise.allSettled(clerks.map((clerk) => new TestDesk(deskId, clerk).open()));
    expect(outcomes(seats)).toEqual({ ok: 1, DESK_TAKEN: 9 });
    const clerk = await newStaff(world, hallId);
    const desks = await Promise.all(times(10, () => newDesk(world, hallId, [a.queueId])));
    const opened = await Promise.allSettled(desks.map((id) => new TestDesk(id, clerk).open()));
    expect(outcomes(opened)).toEqual({ ok: 1, DESK_ALREADY_OPEN: 9 });
  });
});
