import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import { bookAt, newOpenDesk } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ simulators: true });
  hall = await newHall(world);
});
afterAll(() => world.close());

describe('what a person hears', () => {
  it('is in the inbox for every step of a visit, once', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const { owner, booking } = await bookAt(world, hall, '2026-07-14', '10:00');
    await owner.api.queue.checkIn({ bookingId: booking.id });
    await desk.next();
    await desk.recall();
    await desk.start();
    await desk.finish();
    await world.drain();
    const { items } = await owner.api.notifications.listInbox({});
    expect(items.map(({ template }) => template).sort()).toEqual([
      'booking_confirmed',
      'rating_invited',
      'ticket_called',
      'ticket_called',
    ]);
    expect(items.find(({ template }) => template === 'booking_confirmed')?.body).toContain(booking.code);
  });
});

describe('the worker', () => {
  it('marks no-shows, makes slots and closes days by the names of its jobs', async () => {
    const { owner, booking } = await bookAt(world, hall, '2026-07-14', '11:00');
    world.clock.set('2026-07-14T04:00:00Z');
    await world.runRepeat('booking.mark-no-shows');
    expect((await owner.api.booking.getMine({ bookingId: booking.id })).state).toBe('confirmed');
    world.clock.set('2026-07-14T04:00:00.001Z');
    await world.runRepeat('booking.mark-no-shows');
    expect((await owner.api.booking.getMine({ bookingId: booking.id })).state).toBe('no_show');
    await world.runRepeat('booking.materialise-slots');
    world.clock.set('2026-07-15T00:30:00Z');
    await world.runRepeat('queue.close-days');
    const display = await world.client().queue.display({ hallId: hall.hallId });
    expect(display.queues.map(({ desksOpen }) => desksOpen)).toEqual([0, 0]);
  });
});
