import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { QueueJobs } from '../../../apps/api/src/queue/queue.jobs.js';
import { GoodRates } from '../../../apps/api/src/queue/good-rate.js';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import { newOpenDesk, takeTicket } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

const TODAY = '2026-07-14';
const local = (time: string, day = TODAY) => `${day}T${time}:00+08:00`;
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set(local('09:30'));
  hall = await newHall(world);
});

describe('the display', () => {
  it('keeps showing who was called under those called later, without names', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    for (let i = 0; i < 4; i++) await takeTicket(world, hall);
    await desk.next();
    await desk.noShow();
    world.clock.advance(1_000);
    await desk.serveNext();
    world.clock.advance(1_000);
    await desk.next();
    const display = await world.client().queue.display({ hallId: hall.hallId });
    expect(display.calling.map(({ label, state }) => `${label} ${state}`)).toEqual([
      'A003 called',
      'A002 done',
      'A001 missed',
    ]);
    expect(display).toMatchObject({ servedToday: 1, goodRate: null });
    expect(display.queues[0]).toMatchObject({ waiting: 1, desksOpen: 1, issuedToday: 4 });
    expect(JSON.stringify(display)).not.toContain('陈');
  });

  it('shows the satisfaction that the ratings report', async () => {
    world.get(GoodRates).register({ goodRate: () => Promise.resolve(0.98) });
    expect((await world.client().queue.display({ hallId: hall.hallId })).goodRate).toBe(0.98);
  });

  it('is there for known halls only', async () => {
    const api = world.client().queue;
    await expect(api.display({ hallId: hall.a.itemId })).rejects.toMatchObject({ code: 'HALL_NOT_FOUND' });
    await expect(api.listQueues({ hallId: hall.a.itemId })).rejects.toMatchObject({ code: 'HALL_NOT_FOUND' });
  });

  it('grows its version with every change', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const version = async () => (await world.client().queue.display({ hallId: hall.hallId })).version;
    const versions = [await version()];
    const acts = [
      () => takeTicket(world, hall),
      desk.next,
      desk.recall,
      desk.start,
      desk.finish,
      desk.close,
    ] as const;
    for (const act of acts) {
      await act();
      versions.push(await version());
    }
    world.clock.set(local('09:30', '2026-07-15'));
    versions.push(await version());
    expect([...versions].sort((a, b) => a - b)).toEqual(versions);
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('the night', () => {
  it('ends the tickets of the day before and empties the desks, and leaves today alone', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const tickets = [];
    for (let i = 0; i < 3; i++) tickets.push(await takeTicket(world, hall));
    await desk.next();
    await desk.noShow();
    await desk.next();
    await desk.start();
    const jobs = world.get(QueueJobs);
    await jobs.closeDays();
    expect((await desk.view()).current?.label).toBe('A002');
    world.clock.set(local('00:05', '2026-07-15'));
    await jobs.closeDays();
    const states = await Promise.all(
      tickets.map(
        async ({ owner, ticket }) => (await owner.api.queue.getMine({ ticketId: ticket.id })).state,
      ),
    );
    expect(states).toEqual(['left', 'done', 'left']);
    expect((await desk.view()).desk).toMatchObject({ status: 'closed', staffName: null });
    world.clock.set(local('09:30', '2026-07-15'));
    await desk.open();
    const { ticket } = await takeTicket(world, hall, tickets[0]?.owner);
    expect(ticket.label).toBe('A001');
    await jobs.closeDays();
    expect((await desk.view()).desk.status).toBe('open');
  });

  it('takes no desk from somebody who is already working there, when it comes late in the morning', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    world.clock.set(local('09:30', '2026-07-15'));
    await takeTicket(world, hall);
    await desk.next();
    await desk.start();
    const jobs = world.get(QueueJobs);
    await jobs.closeDays();
    expect((await desk.finish()).desk).toMatchObject({ status: 'open', mine: true });
    await jobs.closeDays();
    expect((await desk.view()).desk.status).toBe('open');
    world.clock.set(local('00:05', '2026-07-16'));
    await jobs.closeDays();
    expect((await desk.view()).desk.status).toBe('closed');
  });
});
