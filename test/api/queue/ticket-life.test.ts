import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TicketEventEntity } from '../../../apps/api/src/queue/ticket.entity.js';
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

describe('leaving and coming back', () => {
  it('lets a person give up, once and for all, and everybody behind moves up', async () => {
    const { owner, ticket } = await takeTicket(world, hall);
    const behind = await takeTicket(world, hall);
    expect((await owner.api.queue.leave({ ticketId: ticket.id })).state).toBe('left');
    expect((await owner.api.queue.leave({ ticketId: ticket.id })).state).toBe('left');
    const moved = await behind.owner.api.queue.getMine({ ticketId: behind.ticket.id });
    expect(moved.ahead).toBe(0);
    expect(moved.version).toBeGreaterThan(behind.ticket.version);
    await expect(owner.api.queue.rejoin({ ticketId: ticket.id })).rejects.toMatchObject({
      code: 'TICKET_STATE',
    });
  });

  it('frees the desk when the person who was called gives up', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { owner, ticket } = await takeTicket(world, hall);
    await desk.next();
    await owner.api.queue.leave({ ticketId: ticket.id });
    expect((await desk.view()).current).toBeNull();
    await expect(desk.start()).rejects.toMatchObject({ code: 'TICKET_STATE' });
    await takeTicket(world, hall);
    expect((await desk.next()).current?.label).toBe('A002');
  });

  it('can not be done while being served', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { owner, ticket } = await takeTicket(world, hall);
    await desk.next();
    await desk.start();
    await expect(owner.api.queue.leave({ ticketId: ticket.id })).rejects.toMatchObject({
      code: 'TICKET_STATE',
    });
  });

  it('puts a missed person three places back, and ends the ticket at the third miss', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { owner, ticket } = await takeTicket(world, hall);
    for (let others = 0; others < 5; others++) await takeTicket(world, hall);
    await desk.next();
    await desk.noShow();
    world.clock.advance(60_000);
    const missed = await owner.api.queue.getMine({ ticketId: ticket.id });
    expect(missed).toMatchObject({ state: 'missed', actions: ['leave', 'rejoin'], ahead: null });
    const back = await owner.api.queue.rejoin({ ticketId: ticket.id });
    expect(back).toMatchObject({ state: 'waiting', ahead: 3, reason: '过号后重新排队，顺延几位叫号。' });
    expect((await desk.view()).missed).toEqual([]);
    for (let miss = 2; miss <= 3; miss++) {
      await desk.call(ticket.id);
      await desk.noShow();
      if (miss === 2) await desk.clerk.api.queue.requeue({ ticketId: ticket.id });
    }
    expect((await owner.api.queue.getMine({ ticketId: ticket.id })).state).toBe('left');
    await expect(desk.clerk.api.queue.requeue({ ticketId: ticket.id })).rejects.toMatchObject({
      code: 'TICKET_STATE',
    });
  });

  it('brings a person back once, however often the answer was lost, and never from the line itself', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { owner, ticket } = await takeTicket(world, hall);
    const rejoin = () => owner.api.queue.rejoin({ ticketId: ticket.id });
    await expect(rejoin()).rejects.toMatchObject({ code: 'TICKET_STATE' });
    await desk.next();
    await desk.noShow();
    const back = await rejoin();
    world.clock.advance(60_000);
    expect(await rejoin()).toMatchObject({ state: 'waiting', ahead: back.ahead });
    expect((await desk.clerk.api.queue.requeue({ ticketId: ticket.id })).state).toBe('waiting');
    const events = await world.dataSource.getRepository(TicketEventEntity).findBy({ ticketId: ticket.id });
    expect(events.filter(({ action }) => action === 'rejoin')).toHaveLength(1);
  });

  it('lets nobody back in when the hall is shut', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { owner, ticket } = await takeTicket(world, hall);
    await desk.next();
    await desk.noShow();
    world.clock.set(local('17:00'));
    await expect(owner.api.queue.rejoin({ ticketId: ticket.id })).rejects.toMatchObject({
      code: 'QUEUE_CLOSED',
    });
  });

  it('lists the tickets of today only', async () => {
    const { owner, ticket } = await takeTicket(world, hall);
    expect((await owner.api.queue.listMine()).items.map(({ id }) => id)).toEqual([ticket.id]);
    world.clock.set(local('09:30', '2026-07-15'));
    expect((await owner.api.queue.listMine()).items).toEqual([]);
  });
});

describe('what is kept', () => {
  it('records every edge with who and why', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { ticket } = await takeTicket(world, hall);
    await desk.call(ticket.id, '带病老人');
    await desk.recall();
    await desk.start();
    await desk.finish();
    const events = await world.dataSource
      .getRepository(TicketEventEntity)
      .find({ where: { ticketId: ticket.id }, order: { id: 'ASC' } });
    expect(events.map(({ action, toState }) => `${action} ${toState}`)).toEqual([
      'issue waiting',
      'call called',
      'recall called',
      'start serving',
      'finish done',
    ]);
    expect(events[1]).toMatchObject({
      reason: '带病老人',
      actorKind: 'staff',
      actorId: desk.clerk.staffId,
      deskId: desk.deskId,
    });
  });
});
