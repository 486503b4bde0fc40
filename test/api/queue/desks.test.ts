import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { DeskSessionEntity } from '../../../apps/api/src/queue/desk.entity.js';
import { OutboxEntry } from '../../../apps/api/src/outbox/outbox.entity.js';
import { newHall, newPeople, requestId, type TestHall } from '../../support/builders/booking.js';
import {
  bookAt,
  newDesk,
  newOpenDesk,
  newStaff,
  takeTicket,
  TestDesk,
} from '../../support/builders/queue.js';
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

async function told(template: string, ticketId: string) {
  const rows = await world.dataSource.getRepository(OutboxEntry).findBy({ topic: 'notifications.tell' });
  return rows
    .map(({ payload }) => payload as { template: string; dedupeKey: string; body: string })
    .filter((tell) => tell.template === template && tell.dedupeKey.includes(ticketId));
}

describe('sitting down', () => {
  it('opens a desk for one person, once, and writes down who sat there', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const view = await desk.open();
    expect(view.desk).toMatchObject({
      status: 'open',
      mine: true,
      staffName: '林测试',
      queueNames: ['A 队列'],
    });
    const other = new TestDesk(desk.deskId, await newStaff(world, hall.hallId));
    await expect(other.open()).rejects.toMatchObject({ code: 'DESK_TAKEN' });
    const second = new TestDesk(await newDesk(world, hall.hallId, [hall.a.queueId]), desk.clerk);
    await expect(second.open()).rejects.toMatchObject({ code: 'DESK_ALREADY_OPEN' });
    world.clock.advance(3600_000);
    expect((await desk.close()).desk).toMatchObject({ status: 'closed', mine: false, staffName: null });
    const sessions = await world.dataSource.getRepository(DeskSessionEntity).findBy({ deskId: desk.deskId });
    expect(sessions).toMatchObject([{ staffId: desk.clerk.staffId, closedAt: world.now }]);
  });

  it('takes every act from the person at the desk only', async () => {
    const { deskId } = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const closed = await newDesk(world, hall.hallId, [hall.a.queueId]);
    const { ticket } = await takeTicket(world, hall);
    const clerk = await newStaff(world, hall.hallId);
    const acts = (desk: TestDesk) => [
      () => desk.close(),
      () => desk.clerk.api.queue.pauseDesk({ deskId: desk.deskId }),
      () => desk.clerk.api.queue.resumeDesk({ deskId: desk.deskId }),
      () => desk.next(),
      () => desk.call(ticket.id),
      () => desk.recall(),
      () => desk.start(),
      () => desk.finish(),
      () => desk.noShow(),
    ];
    for (const act of acts(new TestDesk(deskId, clerk))) {
      await expect(act()).rejects.toMatchObject({ code: 'DESK_TAKEN' });
    }
    for (const act of acts(new TestDesk(closed, clerk))) {
      await expect(act()).rejects.toMatchObject({ code: 'DESK_NOT_OPEN' });
    }
  });

  it('can pause with a reason: nobody is called, who is there is still served', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    await takeTicket(world, hall);
    await takeTicket(world, hall);
    await desk.next();
    const paused = await desk.clerk.api.queue.pauseDesk({ deskId: desk.deskId, reason: '补充耗材' });
    expect(paused.desk.status).toBe('paused');
    await desk.start();
    await desk.finish();
    await expect(desk.next()).rejects.toMatchObject({ code: 'DESK_NOT_OPEN' });
    expect((await desk.clerk.api.queue.resumeDesk({ deskId: desk.deskId })).desk.status).toBe('open');
    expect((await desk.next()).current?.label).toBe('A002');
  });

  it('is not closed over the head of a person; a manager can close what was forgotten', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    await takeTicket(world, hall);
    await desk.next();
    await expect(desk.close()).rejects.toMatchObject({ code: 'DESK_BUSY' });
    await desk.noShow();
    const manager = new TestDesk(desk.deskId, await newStaff(world, hall.hallId, 'manager'));
    expect((await manager.close()).desk.status).toBe('closed');
    await expect(manager.close()).rejects.toMatchObject({ code: 'DESK_NOT_OPEN' });
  });

  it('lets a manager end the visit of a clerk who is gone, so that nobody is stuck there', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { owner, ticket } = await takeTicket(world, hall);
    await takeTicket(world, hall);
    await desk.next();
    await desk.start();
    const manager = new TestDesk(desk.deskId, await newStaff(world, hall.hallId, 'manager'));
    await expect(manager.close()).rejects.toMatchObject({ code: 'DESK_BUSY' });
    expect((await manager.finish()).current).toBeNull();
    expect((await owner.api.queue.getMine({ ticketId: ticket.id })).state).toBe('done');
    await desk.next();
    // Calling and serving stay with whoever sits there.
    await expect(manager.start()).rejects.toMatchObject({ code: 'DESK_TAKEN' });
    expect((await manager.noShow()).missed).toHaveLength(1);
    expect((await manager.close()).desk.status).toBe('closed');
    await expect(manager.finish()).rejects.toMatchObject({ code: 'TICKET_STATE' });
    const stranger = await newStaff(world, (await newHall(world)).hallId, 'manager');
    await expect(new TestDesk(desk.deskId, stranger).finish()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lists the desks of the hall', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId, hall.b.queueId]);
    await newDesk(world, hall.hallId, [hall.b.queueId]);
    const { items } = await desk.clerk.api.queue.listDesks();
    expect(items.map(({ status, mine }) => [status, mine])).toEqual([
      ['open', true],
      ['closed', false],
    ]);
    expect(items[0]?.queueIds.sort()).toEqual([hall.a.queueId, hall.b.queueId].sort());
  });
});

describe('calling', () => {
  it('goes through a visit from call to finish, counts it, and invites to rate', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    await expect(desk.next()).rejects.toMatchObject({ code: 'NO_ONE_WAITING' });
    const { owner, ticket } = await takeTicket(world, hall);
    world.clock.advance(7 * 60_000);
    expect(await desk.view()).toMatchObject({
      longestWaitMinutes: 7,
      next: { label: 'A001', citizenName: '陈**' },
    });
    const called = await desk.next();
    expect(called.current).toMatchObject({
      id: ticket.id,
      state: 'called',
      calledCount: 1,
      phone: '154****1234',
    });
    const seen = await owner.api.queue.getMine({ ticketId: ticket.id });
    expect(seen).toMatchObject({ state: 'called', ahead: null, deskLabel: called.desk.label });
    expect(seen.reason).toContain(called.desk.label);
    await expect(desk.finish()).rejects.toMatchObject({ code: 'TICKET_STATE' });
    await expect(desk.next()).rejects.toMatchObject({ code: 'DESK_BUSY' });
    expect((await desk.recall()).current?.calledCount).toBe(2);
    expect((await desk.start()).current?.state).toBe('serving');
    await expect(desk.recall()).rejects.toMatchObject({ code: 'TICKET_STATE' });
    await expect(desk.noShow()).rejects.toMatchObject({ code: 'TICKET_STATE' });
    expect(await desk.finish()).toMatchObject({ current: null, servedToday: 1 });
    expect((await owner.api.queue.getMine({ ticketId: ticket.id })).actions).toEqual(['rate']);
    expect(
      (await told('ticket_called', ticket.id)).map(({ dedupeKey }) => dedupeKey.slice(-1)).sort(),
    ).toEqual(['1', '2']);
    const invites = await world.dataSource.getRepository(OutboxEntry).findBy({ topic: 'ratings.invite' });
    expect(invites.map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({
        subject: 'visit',
        subjectId: ticket.id,
        citizenId: owner.citizenId,
        staffId: desk.clerk.staffId,
        deskLabel: called.desk.label,
        itemName: '短事项',
      }),
    );
    const audit = await world.dataSource.getRepository(AuditEntity).findBy({ subjectId: ticket.id });
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'ticket.call',
      'ticket.finish',
      'ticket.recall',
      'ticket.start',
    ]);
  });

  it('calls nobody else when the request is repeated', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    await takeTicket(world, hall);
    await takeTicket(world, hall);
    const id = requestId();
    const first = await desk.next(id);
    expect((await desk.next(id)).current?.id).toBe(first.current?.id);
    await desk.start();
    await desk.finish();
    expect((await desk.next(id)).current).toBeNull();
    expect((await desk.next()).current?.label).toBe('A002');
  });

  it('takes bookings whose time has come first, but gives walk-ins every third call', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const booked = [
      await bookAt(world, hall, TODAY, '10:30'),
      await bookAt(world, hall, TODAY, '10:30'),
      await bookAt(world, hall, TODAY, '11:00'),
    ];
    for (let walkIns = 0; walkIns < 2; walkIns++) await takeTicket(world, hall);
    world.clock.set(local('10:56'));
    for (const { owner, booking } of booked) {
      // The first two are 26 minutes late, within the tier that still goes ahead.
      await owner.api.queue.checkIn({ bookingId: booking.id });
    }
    const order: string[] = [];
    for (let calls = 0; calls < 5; calls++) {
      order.push(await desk.serveNext());
      world.clock.advance(1_000);
    }
    expect(order).toEqual(['A003', 'A004', 'A001', 'A005', 'A002']);
  });

  it('keeps the order of every queue at a desk that serves two', async () => {
    const clerk = await newStaff(world, hall.hallId);
    const labels: string[] = [];
    for (let i = 0; i < 3; i++) {
      for (const itemId of [hall.b.itemId, hall.a.itemId]) {
        labels.push((await clerk.api.queue.issueTicket({ requestId: requestId(), itemId })).label);
        world.clock.advance(60_000);
      }
    }
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId, hall.b.queueId]);
    const waiting = (await desk.view()).waiting.map(({ label }) => label);
    const order: string[] = [];
    while (order.length < labels.length) {
      order.push(await desk.serveNext());
      world.clock.advance(1_000);
    }
    expect(order).toEqual(labels);
    expect(waiting).toEqual(labels);
  });

  it('takes a certain person with a reason, of its own queues and from the line only', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    await takeTicket(world, hall);
    const { ticket } = await takeTicket(world, hall);
    const clerk = await newStaff(world, hall.hallId);
    const foreign = await clerk.api.queue.issueTicket({ requestId: requestId(), itemId: hall.b.itemId });
    await expect(desk.call(foreign.id)).rejects.toMatchObject({ code: 'DESK_QUEUE_NOT_SERVED' });
    await expect(desk.call(hall.hallId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await desk.call(ticket.id, '急诊')).current).toMatchObject({ label: 'A002', reason: '急诊' });
    // The answer was lost and the clerk presses again.
    expect((await desk.call(ticket.id, '急诊')).current).toMatchObject({ label: 'A002', calledCount: 1 });
    const second = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    await expect(second.call(ticket.id)).rejects.toMatchObject({ code: 'TICKET_STATE' });
    const { ticket: third } = await takeTicket(world, hall);
    await expect(desk.call(third.id)).rejects.toMatchObject({ code: 'DESK_BUSY' });
  });

  it('tells a person once when three or fewer are ahead, and not whoever started there', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const people = await newPeople(world, 6);
    const tickets: string[] = [];
    for (const person of people) tickets.push((await takeTicket(world, hall, person)).ticket.id);
    await desk.serveNext();
    await desk.serveNext();
    const counts = await Promise.all(tickets.map(async (id) => (await told('ticket_soon', id)).length));
    expect(counts).toEqual([0, 0, 0, 0, 1, 1]);
    const [tell] = await told('ticket_soon', tickets[4] ?? '');
    expect(tell?.body).toContain('前面还有 3 位');
  });
});
