import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newHall, newPerson, requestId, type TestHall } from '../../support/builders/booking.js';
import { bookAt, newOpenDesk, newStaff, takeTicket } from '../../support/builders/queue.js';
import { usePolicy } from '../../support/builders/waitlist.js';
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

describe('a number from afar', () => {
  it('follows the one before, says how many are ahead and why, and no wait while no desk is open', async () => {
    await takeTicket(world, hall);
    const { ticket } = await takeTicket(world, hall);
    expect(ticket).toMatchObject({
      label: 'A002',
      state: 'waiting',
      source: 'remote',
      ahead: 1,
      wait: null,
      reason: '按取号时间叫号。',
      actions: ['leave'],
      queueName: 'A 队列',
    });
  });

  it('tells a range of minutes in steps of five as soon as a desk is open', async () => {
    await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    await takeTicket(world, hall);
    await takeTicket(world, hall);
    const { ticket } = await takeTicket(world, hall);
    // Two people ahead, 8 minutes each for half of them and 14 for four of five.
    expect(ticket.wait).toEqual({ lowMinutes: 15, highMinutes: 30 });
  });

  it('tells how long a desk of several queues is busy with all of them', async () => {
    const clerk = await newStaff(world, hall.hallId);
    const issue = (itemId: string) => clerk.api.queue.issueTicket({ requestId: requestId(), itemId });
    for (let i = 0; i < 6; i++) await issue(hall.b.itemId);
    world.clock.advance(60_000);
    const { owner, ticket } = await takeTicket(world, hall);
    const wait = async () => (await owner.api.queue.getMine({ ticketId: ticket.id })).wait;
    await newOpenDesk(world, hall.hallId, [hall.a.queueId, hall.b.queueId]);
    const shared = await wait();
    expect(shared?.lowMinutes).toBeGreaterThanOrEqual(20);
    const { items } = await world.client().queue.listQueues({ hallId: hall.hallId });
    const a = items.find(({ id }) => id === hall.a.queueId);
    expect(a).toMatchObject({ waiting: 1, desksOpen: 1 });
    expect(a?.wait?.lowMinutes).toBeGreaterThan(shared?.lowMinutes ?? 0);
    await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    expect((await wait())?.lowMinutes).toBe(0);
  });

  it('gives the first answer to a retry, and refuses another content under the same request id', async () => {
    const person = await newPerson(world);
    const input = { requestId: requestId(), hallId: hall.hallId, itemId: hall.a.itemId };
    const first = await person.api.queue.takeTicket(input);
    expect((await person.api.queue.takeTicket(input)).id).toBe(first.id);
    await expect(person.api.queue.takeTicket({ ...input, itemId: hall.a.longItemId })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
  });

  it('is one per person and queue until the visit is over', async () => {
    const { owner, ticket } = await takeTicket(world, hall);
    await expect(takeTicket(world, hall, owner)).rejects.toMatchObject({ code: 'TICKET_ALREADY_OPEN' });
    await owner.api.queue.leave({ ticketId: ticket.id });
    expect((await takeTicket(world, hall, owner)).ticket.label).toBe('A002');
  });

  it('needs a real name, an open hall, an item of this hall and a queue that allows it', async () => {
    const stranger = await newPerson(world, { realName: false });
    await expect(takeTicket(world, hall, stranger)).rejects.toMatchObject({ code: 'REAL_NAME_REQUIRED' });
    const { api } = await newPerson(world);
    const take = (hallId: string, itemId: string) =>
      api.queue.takeTicket({ requestId: requestId(), hallId, itemId });
    await expect(take(hall.hallId, hall.b.itemId)).rejects.toMatchObject({
      code: 'TICKET_REMOTE_NOT_ALLOWED',
    });
    await expect(take(hall.hallId, hall.hallId)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
    await expect(take(hall.a.itemId, hall.a.itemId)).rejects.toMatchObject({ code: 'HALL_NOT_FOUND' });
    const other = await newHall(world);
    await expect(take(other.hallId, hall.a.itemId)).rejects.toMatchObject({ code: 'ITEM_NOT_OFFERED' });
    for (const time of ['08:59', '12:00', '17:00']) {
      world.clock.set(local(time));
      await expect(take(hall.hallId, hall.a.itemId)).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
    }
    world.clock.set(local('10:00', '2026-07-18'));
    await expect(take(hall.hallId, hall.a.itemId)).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
  });

  it('ends with the cap of the day and with the last number, and the queue list counts down', async () => {
    const capped = await newHall(world, { dailyCap: 2 });
    await takeTicket(world, capped);
    const [queue] = (await world.client().queue.listQueues({ hallId: capped.hallId })).items;
    expect(queue).toMatchObject({ prefix: 'A', waiting: 1, issuedToday: 1, remainingToday: 1, open: true });
    await takeTicket(world, capped);
    await expect(takeTicket(world, capped)).rejects.toMatchObject({ code: 'QUEUE_DAY_FULL' });
    const short = await newHall(world, { lastNumber: 1 });
    await takeTicket(world, short);
    await expect(takeTicket(world, short)).rejects.toMatchObject({ code: 'QUEUE_DAY_FULL' });
    world.clock.set(local('09:30', '2026-07-15'));
    expect((await takeTicket(world, capped)).ticket.label).toBe('A001');
  });

  it('puts the elderly ahead by the birthday in their ID number', async () => {
    await takeTicket(world, hall);
    const elder = await newPerson(world, { born: '19500101' });
    expect((await takeTicket(world, hall, elder)).ticket).toMatchObject({
      ahead: 0,
      reason: '优先服务对象，优先叫号。',
    });
  });
});

describe('checking in a booking', () => {
  it('turns it into a ticket, once, that ranks at the booked time', async () => {
    const { owner, booking } = await bookAt(world, hall, TODAY, '10:30');
    await takeTicket(world, hall);
    world.clock.set(local('10:28'));
    const ticket = await owner.api.queue.checkIn({ bookingId: booking.id });
    expect(ticket).toMatchObject({ label: 'A002', source: 'booking', bookingId: booking.id, ahead: 0 });
    expect((await owner.api.queue.checkIn({ bookingId: booking.id })).id).toBe(ticket.id);
    expect(await owner.api.booking.getMine({ bookingId: booking.id })).toMatchObject({
      state: 'checked_in',
      ticketId: ticket.id,
      actions: [],
    });
  });

  it('is refused too early, too late, on another day and after cancelling', async () => {
    const { owner, booking } = await bookAt(world, hall, TODAY, '11:30');
    const checkIn = () => owner.api.queue.checkIn({ bookingId: booking.id });
    await expect(checkIn()).rejects.toMatchObject({ code: 'BOOKING_CHECKIN_TOO_EARLY' });
    world.clock.set(local('12:31'));
    await expect(checkIn()).rejects.toMatchObject({ code: 'BOOKING_CHECKIN_TOO_LATE' });
    const tomorrow = await bookAt(world, hall, '2026-07-15', '10:30');
    await expect(tomorrow.owner.api.queue.checkIn({ bookingId: tomorrow.booking.id })).rejects.toMatchObject({
      code: 'BOOKING_WRONG_DAY',
    });
    await tomorrow.owner.api.booking.cancel({ bookingId: tomorrow.booking.id });
    await expect(tomorrow.owner.api.queue.checkIn({ bookingId: tomorrow.booking.id })).rejects.toMatchObject({
      code: 'BOOKING_STATE',
    });
  });

  it('is refused once the hall has shut, when nobody is left to call the number', async () => {
    const { owner, booking } = await bookAt(world, hall, TODAY, '16:30');
    const at = async (time: string) => {
      world.clock.set(local(time));
      return owner.api.booking.getMine({ bookingId: booking.id });
    };
    expect(await at('16:59')).toMatchObject({
      checkInUntil: '2026-07-14T08:59:59.999Z',
      actions: ['check_in'],
    });
    expect((await at('17:00')).actions).toEqual([]);
    await expect(owner.api.queue.checkIn({ bookingId: booking.id })).rejects.toMatchObject({
      code: 'BOOKING_CHECKIN_TOO_LATE',
    });
    const clerk = await newStaff(world, hall.hallId);
    await expect(clerk.api.queue.checkInAtDesk({ code: booking.code })).rejects.toMatchObject({
      code: 'BOOKING_CHECKIN_TOO_LATE',
    });
    world.clock.set(local('16:59'));
    expect((await owner.api.queue.checkIn({ bookingId: booking.id })).state).toBe('waiting');
  });

  it('is refused while the person has another number in the queue', async () => {
    const { owner, booking } = await bookAt(world, hall, TODAY, '10:30');
    await takeTicket(world, hall, owner);
    await expect(owner.api.queue.checkIn({ bookingId: booking.id })).rejects.toMatchObject({
      code: 'TICKET_ALREADY_OPEN',
    });
    expect((await owner.api.booking.getMine({ bookingId: booking.id })).state).toBe('confirmed');
  });

  it('works at the desk by the code as typed or scanned, for today only', async () => {
    const clerk = await newStaff(world, hall.hallId);
    const { booking } = await bookAt(world, hall, TODAY, '10:30');
    const typed = `${booking.code.slice(0, 3).toLowerCase()} ${booking.code.slice(3)}`;
    const ticket = await clerk.api.queue.checkInAtDesk({ code: typed });
    expect(ticket).toMatchObject({ label: 'A001', citizenName: '陈**', bookedFor: booking.start });
    expect((await clerk.api.queue.checkInAtDesk({ code: booking.qr })).id).toBe(ticket.id);
    const tomorrow = await bookAt(world, hall, '2026-07-15', '10:30');
    await expect(clerk.api.queue.checkInAtDesk({ code: tomorrow.booking.code })).rejects.toMatchObject({
      code: 'BOOKING_WRONG_DAY',
    });
    await expect(clerk.api.queue.checkInAtDesk({ code: 'ZZZZZZ' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const stranger = await newStaff(world, (await newHall(world)).hallId);
    await expect(stranger.api.queue.checkInAtDesk({ code: booking.code })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('counts as early, on time or late by the rules of the own hall, and a walk-in as none of them', async () => {
    const patient = await newHall(world);
    const checkIn = { earlyMinutes: 60, onTimeBeforeMinutes: 60, graceMinutes: 30, lateMinutes: 60 };
    await usePolicy(world, patient.hallId, { checkIn });
    const arrivalAt = async (at: TestHall, clock: string) => {
      world.clock.set(local('09:00'));
      const clerk = await newStaff(world, at.hallId);
      const { booking } = await bookAt(world, at, TODAY, '10:30');
      world.clock.set(local(clock));
      return (await clerk.api.queue.checkInAtDesk({ code: booking.code })).arrival;
    };
    expect([await arrivalAt(hall, '10:00'), await arrivalAt(patient, '10:00')]).toEqual(['early', 'on_time']);
    expect([await arrivalAt(hall, '10:50'), await arrivalAt(patient, '10:50')]).toEqual(['late', 'on_time']);
    const clerk = await newStaff(world, hall.hallId);
    const issue = { requestId: requestId(), itemId: hall.a.itemId };
    expect((await clerk.api.queue.issueTicket(issue)).arrival).toBeNull();
  });

  it('keeps the rank of the booked time for as late as the rules of the own hall say', async () => {
    const patient = await newHall(world);
    const checkIn = { earlyMinutes: 60, onTimeBeforeMinutes: 60, graceMinutes: 45, lateMinutes: 60 };
    await usePolicy(world, patient.hallId, { checkIn });
    const calledFirst = async (at: TestHall) => {
      world.clock.set(local('09:00'));
      const desk = await newOpenDesk(world, at.hallId, [at.a.queueId, at.b.queueId]);
      const late = await bookAt(world, at, TODAY, '10:00');
      const punctual = await bookAt(world, at, TODAY, '10:30');
      world.clock.set(local('10:25'));
      await punctual.owner.api.queue.checkIn({ bookingId: punctual.booking.id });
      world.clock.set(local('10:31'));
      const { id } = await late.owner.api.queue.checkIn({ bookingId: late.booking.id });
      const { waiting } = await desk.view();
      const { current } = await desk.next();
      expect(current?.id).toBe(waiting[0]?.id);
      return current?.id === id ? 'late' : 'punctual';
    };
    expect([await calledFirst(hall), await calledFirst(patient)]).toEqual(['punctual', 'late']);
  });

  it('is not refused by the cap of the day: a booking is a promise', async () => {
    const capped = await newHall(world, { dailyCap: 1, lastNumber: 1 });
    const { owner, booking } = await bookAt(world, capped, TODAY, '10:30');
    await takeTicket(world, capped);
    expect((await owner.api.queue.checkIn({ bookingId: booking.id })).label).toBe('A002');
  });
});

describe('a number at the counter', () => {
  it('needs no phone, carries the evidence that the clerk saw, and is the same when repeated', async () => {
    const clerk = await newStaff(world, hall.hallId);
    const input = { requestId: requestId(), itemId: hall.b.itemId, priority: 'pregnant' as const };
    const ticket = await clerk.api.queue.issueTicket(input);
    expect(ticket).toMatchObject({ label: 'B001', source: 'walk_in', citizenName: null, priority: '孕妇' });
    expect((await clerk.api.queue.issueTicket(input)).id).toBe(ticket.id);
    await expect(clerk.api.queue.issueTicket({ ...input, itemId: hall.a.itemId })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
    await expect(clerk.api.queue.issueTicket({ ...input, priority: undefined })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
  });

  it('is refused for items of other halls, when the hall is shut, and when the day is full', async () => {
    const capped = await newHall(world, { dailyCap: 1 });
    const clerk = await newStaff(world, capped.hallId);
    const issue = (itemId: string) => clerk.api.queue.issueTicket({ requestId: requestId(), itemId });
    await expect(issue(hall.a.itemId)).rejects.toMatchObject({ code: 'ITEM_NOT_OFFERED' });
    await expect(issue(hall.hallId)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
    await issue(capped.a.itemId);
    await expect(issue(capped.a.itemId)).rejects.toMatchObject({ code: 'QUEUE_DAY_FULL' });
    world.clock.set(local('18:00'));
    await expect(issue(capped.a.itemId)).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
  });
});
