/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { useMove } from '../../../apps/miniapp/src/pages/booking/days/use-move';
import { useBooking } from '../../../apps/miniapp/src/pages/booking/detail/use-booking';
import { useKept } from '../../../apps/miniapp/src/pages/booking/detail/use-kept';
import { useOffers } from '../../../apps/miniapp/src/pages/booking/detail/use-offers';
import { newHall, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import { closeAt } from '../../support/builders/calendar.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { joinWaitlist, newFullDay, tick } from '../../support/builders/waitlist.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld());
const DAY = '2026-07-15';
const NOW = '2026-07-14T01:30:00Z';
let hall: TestHall;
beforeAll(async () => {
  hall = await newHall(phone.world, { places: 1 });
});
beforeEach(() => phone.world.clock.set(NOW));

const slot = (time: string, day = DAY) =>
  slotAt(phone.world, { itemId: hall.a.itemId, hallId: hall.hallId, day, time });

async function signedIn(): Promise<TestCitizen> {
  const citizen = await newCitizen(phone.world);
  await signInAs(citizen);
  return citizen;
}

async function book({ client }: Pick<TestCitizen, 'client'>, time: string) {
  const { id } = await slot(time);
  return client.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId: id });
}

/** The card with all that it can do. */
async function cardPage(id: string, more: Record<string, string> = {}) {
  const page = openHook(
    () => {
      const form = useBooking();
      const data = form.booking.kind === 'ready' ? form.booking.data : undefined;
      const { replace } = form.booking;
      return { ...form, data, kept: useKept(data, replace), offers: useOffers(data, replace) };
    },
    { id, ...more },
  );
  await until(() => page.now.data);
  return page;
}

describe('another time for a booking', () => {
  it('is one act: the new time is taken, the old one free, the code the same', async () => {
    const citizen = await signedIn();
    const { id, code } = await book(citizen, '09:00');
    const card = await cardPage(id);
    card.now.move();
    expect(lastVisit()).toBe(
      `/pages/booking/days/index?itemId=${hall.a.itemId}&hallId=${hall.hallId}&day=${DAY}&move=${id}`,
    );
    const page = openHook(() => useMove(id, () => undefined));
    await until(() => page.now.old);
    page.now.act.run((await slot('10:00')).id);
    await until(() => edge.visits.at(-1)?.how === 'back');
    expect(edge.toasts).toEqual(['已改到 明天 10:00']);
    expect(await citizen.client.booking.getMine({ bookingId: id })).toMatchObject({
      code,
      start: '2026-07-15T02:00:00.000Z',
    });
    expect((await slot('09:00')).remaining).toBe(1);
  });

  it('that has just gone leaves the old one as it was, says so and has the times shown anew', async () => {
    const citizen = await signedIn();
    const { id, start } = await book(citizen, '09:30');
    const wished = await slot('10:30');
    await book(await newCitizen(phone.world), '10:30');
    let gone = 0;
    const page = openHook(() => useMove(id, () => (gone += 1)));
    await until(() => page.now.old);
    page.now.act.run(wished.id);
    const problem = await until(() => page.now.act.problem);
    expect(problem.code).toBe('SLOT_FULL');
    expect(gone).toBe(1);
    expect(edge.visits).toEqual([]);
    expect(await citizen.client.booking.getMine({ bookingId: id })).toMatchObject({ start });
  });

  it('is taken once where the answer got lost and the tap was repeated', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '11:00');
    const page = openHook(() => useMove(id, () => undefined));
    await until(() => page.now.old);
    const next = await slot('11:30');
    network.loseAnswers(/reschedule$/);
    page.now.act.run(next.id);
    await until(() => page.now.act.problem);
    network.restore();
    page.now.act.run(next.id);
    await until(() => edge.visits.at(-1)?.how === 'back');
    expect(new Set(network.requestIds(/reschedule$/)).size).toBe(1);
  });
});

describe('a time that can’t be had again once it is given back', () => {
  it('is warned of before it is changed', async () => {
    const citizen = await signedIn();
    const booking = await book(citizen, '11:00');
    const { slotId } = booking;
    const page = openHook(() => useMove(booking.id, () => undefined));
    await until(() => page.now.old);
    expect(page.now.warning).toBe('改了以后，原来的时间就不能再约了，请想好再改。');
    const near = await cardPage(booking.id, { offers: '1' });
    await until(() => near.now.offers.offers);
    expect(near.now.offers.warning).toBe(page.now.warning);
    const [other] = near.now.offers.offers?.items ?? [];
    page.now.act.run(other?.slotId ?? '');
    await until(() => edge.visits.at(-1)?.how === 'back');
    const again = { requestId: requestId(), bookingId: booking.id, slotId };
    await expect(citizen.client.booking.reschedule(again)).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
  });

  it('is warned of before it is cancelled', async () => {
    const booking = await book(await signedIn(), '13:30');
    const page = await cardPage(booking.id);
    page.now.cancel.run();
    await until(() => page.now.data?.state === 'cancelled');
    expect(edge.questions[0]?.content).toBe('短事项，取消后这个时间会让给别人，您不能再约回来，请想好。');
    expect(page.now.data?.returnIsFinal).toBe(false);
  });
});

describe('a time that the hall has closed', () => {
  it('is answered by other times of which one tap takes one', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '14:00');
    await closeAt(phone.world, hall, DAY, ['14:00', '14:30']);
    const page = await cardPage(id, { offers: '1' });
    const offers = await until(() => page.now.offers.offers);
    expect(offers.closed).toBe(true);
    expect(page.now.offers.warning).toBeUndefined();
    expect(offers.items.length).toBeGreaterThan(0);
    const [offer] = offers.items;
    page.now.offers.take.run(offer?.slotId ?? '');
    await until(() => page.now.data?.slotId === offer?.slotId);
    await until(() => page.now.offers.offers?.closed !== true);
    expect(edge.toasts[0]).toMatch(/^已改到/);
  });

  it('is not asked about by a reminder, and whoever answers an open page hears of it and gets other times', async () => {
    const citizen = await signedIn();
    const other = await newHall(phone.world, { places: 1 });
    const { itemId } = other.a;
    const at = { itemId, hallId: other.hallId, day: '2026-07-16', time: '10:00' };
    const { id: slotId } = await slotAt(phone.world, at);
    const { id } = await citizen.client.booking.reserve({ requestId: requestId(), itemId, slotId });
    phone.world.clock.set('2026-07-15T12:00:00Z');
    const page = await cardPage(id);
    await until(() => page.now.offers.closed === false);
    expect(page.now.data?.actions).toContain('reply');
    await closeAt(phone.world, other, '2026-07-16', ['10:00', '10:30']);
    page.now.reply.run();
    const problem = await until(() => page.now.reply.problem);
    expect(problem.code).toBe('BOOKING_TIME_CLOSED');
    await until(() => page.now.offers.closed && page.now.offers.offers);
    expect(page.now.data?.actions).not.toContain('reply');
    expect(page.now.data?.returnIsFinal).toBe(false);
  });

  it('is not talked about where the booked time stands', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '16:30');
    const page = await cardPage(id);
    await network.idle();
    expect(page.now.offers.offers).toBeUndefined();
  });
});

describe('a reminder', () => {
  it('is answered by one tap', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '15:00');
    phone.world.clock.set('2026-07-14T12:00:00Z');
    const page = await cardPage(id);
    expect(page.now.data?.actions).toContain('reply');
    page.now.reply.run();
    await until(() => page.now.data?.reply === 'coming');
  });

  it('can be answered by letting the place go, also when it is too late to cancel', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '15:30');
    phone.world.clock.set('2026-07-15T06:40:00Z');
    const page = await cardPage(id);
    page.now.cancel.run();
    await until(() => page.now.data?.state === 'cancelled');
    expect(edge.questions[0]).toMatchObject({ title: '放弃 今天 15:30 的名额', confirmText: '放弃名额' });
    expect(edge.toasts).toEqual(['已放弃名额']);
  });
});

describe('the phone’s calendar', () => {
  it('gets the booking as a file', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '16:00');
    const page = await cardPage(id);
    const files: string[] = [];
    const links: string[] = [];
    Object.assign(URL, { createObjectURL: () => 'blob:calendar', revokeObjectURL: () => undefined });
    document.addEventListener('click', (event) => {
      if (event.target instanceof HTMLAnchorElement) links.push(event.target.download);
      event.preventDefault();
    });
    page.now.remember.run();
    await until(() => edge.toasts.length > 0);
    files.push(...links);
    expect(files[0]).toMatch(/\.ics$/);
    expect(edge.toasts).toEqual(['已下载日历文件，打开它就加到日历']);
  });
});

describe('a place that the waitlist offers', () => {
  async function offered() {
    const full = await newFullDay(phone.world);
    const citizen = await signedIn();
    const { entry } = await joinWaitlist(phone.world, full, {
      person: { kind: 'citizen', citizenId: citizen.id, api: citizen.client },
    });
    const [holder] = full.holders;
    await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
    await tick(phone.world);
    const { items } = await citizen.client.waitlist.listMine({});
    const bookingId = items.find(({ id }) => id === entry.id)?.offer?.bookingId ?? '';
    return { citizen, bookingId };
  }

  it('is shown with the time that is left, and taken by one tap', async () => {
    const { bookingId } = await offered();
    const page = await cardPage(bookingId);
    expect(page.now.kept).toMatchObject({ over: false, held: { state: 'held' } });
    page.now.kept.accept.run();
    await until(() => page.now.data?.state === 'confirmed');
    expect(page.now.kept.held).toBeUndefined();
  });

  it('can be let go, and the waiting goes on', async () => {
    const { citizen, bookingId } = await offered();
    const page = await cardPage(bookingId);
    page.now.kept.decline.run();
    await until(() => page.now.data?.state === 'expired');
    const { items } = await citizen.client.waitlist.listMine({ open: 'true' });
    expect(items).toMatchObject([{ state: 'waiting', passed: 1 }]);
  });

  it('that ran out is said to be gone', async () => {
    const { bookingId } = await offered();
    const page = await cardPage(bookingId);
    phone.world.clock.advance(10 * 60_000);
    page.now.kept.accept.run();
    await until(() => page.now.kept.over);
    expect(page.now.kept.accept.problem).toMatchObject({ code: 'HOLD_EXPIRED' });
  });
});
