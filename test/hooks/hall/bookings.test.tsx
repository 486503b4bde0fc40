/** @jest-environment ./test/hooks/support/page-environment.cjs */
import type { HallBookingRow } from '@haoban/contracts';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { useBook } from '../../../apps/hall/src/bookings/use-book.js';
import { useBooking } from '../../../apps/hall/src/bookings/use-booking.js';
import { useBookingsPage } from '../../../apps/hall/src/bookings/use-bookings-page.js';
import { useExport } from '../../../apps/hall/src/bookings/use-export.js';
import { useMoveBooking } from '../../../apps/hall/src/bookings/use-move-booking.js';
import { useItemSearch } from '../../../apps/hall/src/common/use-item-search.js';
import { newHall, requestId, type TestHall } from '../../support/builders/booking.js';
import { idNumberOf, newCitizen } from '../../support/builders/citizen.js';
import { seedCity } from '../../support/builders/city.js';
import { bookAt, newStaff } from '../../support/builders/queue.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { press, until } from '../support/page.js';

const page = openHall(() => newWorld());
beforeAll(() => seedCity(page.world));

let hall: TestHall;
beforeEach(async () => {
  hall = await newHall(page.world);
});

const signIn = (role: 'clerk' | 'manager' = 'clerk') =>
  signInStaff(page.world, { role, hallId: hall.hallId });
const BOOK = /hall\/bookings$/;
const MOVE = /\/move$/;
let callers = 100;

/** The form of the desk with a person typed in; by default somebody without an account. */
async function onTheTelephone({
  role = 'clerk',
  name = '林秀英',
  idNumber = idNumberOf(callers++),
  day = '2026-07-15',
}: { role?: 'clerk' | 'manager'; name?: string; idNumber?: string; day?: string } = {}) {
  await signIn(role);
  const made: HallBookingRow[] = [];
  const form = openHook(() => useBook('call', (booking) => void made.push(booking)));
  form.now.setPersonField('idNumber', idNumber);
  form.now.setPersonField('name', name);
  form.now.setPersonField('phone', '154 0000 5678');
  form.now.setItem({ id: hall.a.itemId, name: '短事项' });
  await until(() => form.now.times.day && form.now.found.state.status === 'ready');
  form.now.times.setDay(day);
  const slot = (time: string) => {
    const { state } = form.now.times.slots;
    const found =
      state.status === 'ready' ? state.data.items.find((each) => each.startTime === time) : undefined;
    return found?.start.startsWith(day) ? found : undefined;
  };
  const choose = async (time: string) => {
    const { id } = await until(() => slot(time));
    form.now.times.setSlot(id);
    await until(() => form.now.times.slot?.id === id);
  };
  return { form, made, slot, choose, idNumber };
}

async function aBooking(time = '10:00') {
  const { booking, owner } = await bookAt(page.world, hall, '2026-07-15', time);
  return { booking, owner };
}

async function drawerOf(bookingId: string) {
  const seen: HallBookingRow[] = [];
  const drawer = openHook(() => useBooking(bookingId, (after) => void seen.push(after)));
  const row = () => (drawer.now.state.status === 'ready' ? drawer.now.state.data : undefined);
  const history = () => {
    const { state } = drawer.now.history;
    return state.status === 'ready' ? state.data.items : [];
  };
  await until(() => row() && history().length > 0);
  return { drawer, row, history, seen };
}

async function moveForm(row: HallBookingRow) {
  const moved: HallBookingRow[] = [];
  const form = openHook(() => useMoveBooking(row, (after) => void moved.push(after)));
  await until(() => form.now.times.slots.state.status === 'ready');
  const choose = async (time: string) => {
    const id = await until(() => {
      const { state } = form.now.times.slots;
      return state.status === 'ready' && state.data.items.find((each) => each.startTime === time)?.id;
    });
    form.now.times.setSlot(id);
    await until(() => form.now.times.slot?.id === id);
  };
  return { form, moved, choose };
}

describe('booking for somebody on the telephone', () => {
  it('says all that is missing before it asks the server', async () => {
    await signIn();
    const form = openHook(() => useBook('desk', () => undefined));
    expect(form.now.faults).toEqual({});
    form.now.book();
    await until(() => Object.keys(form.now.faults).length > 0);
    expect(Object.keys(form.now.faults).sort()).toEqual(['idNumber', 'item', 'name']);
    expect(network.requestIds(BOOK)).toEqual([]);
    expect(form.now.begun).toBe(false);
  });

  it('takes a place, and is ready for the next caller', async () => {
    const { form, made, choose } = await onTheTelephone();
    await choose('10:00');
    expect(form.now.begun).toBe(true);
    form.now.book();
    const done = await until(() => form.now.done);
    expect(done).toMatchObject({
      channel: 'call',
      contingent: 'internal',
      citizenName: '林**',
      state: 'confirmed',
    });
    expect(made).toEqual([done]);
    expect(form.now.begun).toBe(false);
    form.now.next();
    await until(() => !form.now.done && form.now.person.name === '' && form.now.item === undefined);
    expect(form.now.channel).toBe('call');
  });

  it('still has a place where the phone app has none, and says so', async () => {
    await aBooking('11:00');
    await aBooking('11:00');
    const { form, slot, choose } = await onTheTelephone();
    expect(await until(() => slot('11:00'))).toMatchObject({ remaining: 1, publicRemaining: 0 });
    await choose('11:00');
    form.now.book();
    await until(() => form.now.done);
  });

  it('books once where the answer got lost', async () => {
    const { form, choose } = await onTheTelephone();
    await choose('10:30');
    network.loseAnswers(BOOK);
    form.now.book();
    await until(() => form.now.problem?.code === 'OFFLINE' && !form.now.busy);
    network.restore();
    form.now.book();
    await until(() => form.now.done);
    const [first, ...again] = network.requestIds(BOOK);
    expect(again).toEqual([first]);
  });

  it('shows what is left and keeps what was typed where somebody was quicker', async () => {
    const { form, slot, choose } = await onTheTelephone();
    await choose('14:00');
    const chosen = await until(() => slot('14:00'));
    const colleague = await newStaff(page.world, hall.hallId);
    for (let n = 0; n < 3; n++) {
      await colleague.api.hallBookings.book({
        requestId: requestId(),
        slotId: chosen.id,
        itemId: hall.a.itemId,
        channel: 'desk',
        person: { name: '王先生', idNumber: idNumberOf(callers++) },
      });
    }
    form.now.book();
    await until(() => form.now.problem?.code === 'SLOT_FULL');
    await until(() => slot('14:00')?.remaining === 0 && form.now.times.slot === undefined);
    expect(form.now.person.name).toBe('林秀英');
    await choose('14:30');
    form.now.book();
    await until(() => form.now.done);
  });

  it('finds the account of an ID number, masked, and asks nothing of half a number', async () => {
    const citizen = await newCitizen(page.world);
    await signIn();
    const form = openHook(() => useBook('desk', () => undefined));
    form.now.setPersonField('idNumber', citizen.idNumber.slice(0, 17));
    await until(() => form.now.person.idNumber.length === 17);
    await network.idle();
    expect(network.sent.filter(({ path }) => path.endsWith('/person'))).toEqual([]);
    form.now.setPersonField('idNumber', citizen.idNumber);
    const found = await until(() =>
      form.now.found.state.status === 'ready' ? form.now.found.state.data : undefined,
    );
    expect(found.account?.name).toMatch(/^林\*+$/);
    expect(found.account?.phone).toMatch(/^154\*{4}\d{4}$/);
  });

  it('sends a clerk to the manager at a limit, who goes beyond it with a reason', async () => {
    const idNumber = idNumberOf(callers++);
    const colleague = await newStaff(page.world, hall.hallId);
    const slots = async (day: string) =>
      (await colleague.api.hallBookings.slots({ itemId: hall.a.itemId, day })).items;
    let refused = false;
    for (const day of ['2026-07-15', '2026-07-16', '2026-07-17', '2026-07-20', '2026-07-21', '2026-07-22']) {
      const [first] = await slots(day);
      try {
        await colleague.api.hallBookings.book({
          requestId: requestId(),
          slotId: first?.id ?? '',
          itemId: hall.a.itemId,
          channel: 'call',
          person: { name: '林秀英', idNumber },
        });
      } catch {
        refused = true;
      }
    }
    expect(refused).toBe(true);
    const clerk = await onTheTelephone({ idNumber, day: '2026-07-23' });
    await clerk.choose('10:00');
    clerk.form.now.book();
    await until(() => clerk.form.now.problem?.code === 'BOOKING_LIMIT_REACHED');
    expect(clerk.form.now.needsManager).toBe(true);
    expect(clerk.form.now.override).toBeUndefined();
    clerk.form.close();

    const manager = await onTheTelephone({ role: 'manager', idNumber, day: '2026-07-23' });
    await manager.choose('10:00');
    manager.form.now.book();
    await until(() => manager.form.now.override === '');
    manager.form.now.setOverride('老人行动不便，一次办完');
    await until(() => manager.form.now.override !== '');
    manager.form.now.book();
    await until(() => manager.form.now.done);
  });

  it('offers only what can share the visit with the chosen item', async () => {
    await signIn();
    const all = openHook(() => useItemSearch({ bookable: true }));
    await until(() => all.now.items.length > 0);
    expect(all.now.items.map(({ name }) => name).sort()).toEqual(['乙事项', '短事项', '长事项'].sort());
    const beside = openHook(() => useItemSearch({ bookable: true, togetherWith: hall.a.itemId }));
    await until(() => beside.now.items.length > 0);
    expect(beside.now.items.map(({ name }) => name)).not.toContain('乙事项');
    network.cut(/items/);
    all.now.setQ('短');
    await until(() => all.now.problem);
    network.restore();
    all.now.retry();
    await until(() => !all.now.problem && all.now.items.length === 1);
  });
});

describe('a booking in its drawer', () => {
  it('is moved with a reason after both times were confirmed, and its history names who did it', async () => {
    const { booking } = await aBooking();
    const staff = await signIn();
    const { drawer, row, history, seen } = await drawerOf(booking.id);
    const { form, moved, choose } = await moveForm(await until(row));
    form.now.ask();
    await until(() => form.now.faults.slot && form.now.faults.reason);
    await choose('15:00');
    form.now.setReason('窗口临时停办');
    await until(() => form.now.reason);
    expect(form.now).toMatchObject({
      before: '7月15日 周三 10:00–10:30',
      after: '7月15日 周三 15:00–15:30',
    });
    form.now.ask();
    await press('改到 7月15日 周三 15:00–15:30');
    const after = await until(() => moved[0]);
    drawer.now.moved(after);
    await until(() => drawer.now.outcome);
    expect(drawer.now.outcome).toEqual({ text: '已改时间，已通知本人。', toRing: false });
    await until(() => history().some(({ action }) => action === 'moved'));
    expect(history().at(-1)).toMatchObject({ by: 'staff', name: staff.name, reason: '窗口临时停办' });
    expect(seen.at(-1)?.start).toBe(after.start);
  });

  it('says that nobody was told where the person has no account, and has to be rung', async () => {
    const colleague = await newStaff(page.world, hall.hallId);
    const byCall = async (time: string, phone?: string) => {
      const { items } = await colleague.api.hallBookings.slots({ itemId: hall.a.itemId, day: '2026-07-15' });
      return colleague.api.hallBookings.book({
        requestId: requestId(),
        slotId: items.find(({ startTime }) => startTime === time)?.id ?? '',
        itemId: hall.a.itemId,
        channel: 'call',
        person: { name: '林秀英', idNumber: idNumberOf(callers++), ...(phone && { phone }) },
      });
    };
    const booking = await byCall('10:00', '15400005678');
    expect(booking.reachable).toBe(false);
    await signIn();
    const { drawer, row } = await drawerOf(booking.id);
    const { form, moved, choose } = await moveForm(await until(row));
    await choose('15:00');
    form.now.ask();
    await until(() => form.now.faults.reason === '请写明原因');
    form.now.setReason('窗口临时停办');
    await until(() => form.now.reason);
    form.now.ask();
    await until(() => document.body.textContent?.includes('本人没有手机账号，收不到通知，请打电话告知。'));
    await press('改到 7月15日 周三 15:00–15:30');
    drawer.now.moved(await until(() => moved[0]));
    await until(() => drawer.now.outcome);
    expect(drawer.now.outcome).toEqual({
      text: '已改时间，本人没有手机账号，请打电话告知。',
      toRing: true,
    });
    const silent = await byCall('11:00');
    const other = await drawerOf(silent.id);
    other.drawer.now.askCancel();
    await until(() => other.drawer.now.cancelling.asking);
    await other.drawer.now.cancel('大厅统一调整');
    await until(() => other.drawer.now.outcome);
    expect(other.drawer.now.outcome).toMatchObject({
      text: '已取消，本人没有手机账号，也没有留电话，请设法当面告知。',
    });
  });

  it('is moved once where the answer got lost', async () => {
    const { booking } = await aBooking();
    await signIn();
    const { row } = await drawerOf(booking.id);
    const { form, moved, choose } = await moveForm(await until(row));
    await choose('15:30');
    form.now.setReason('本人来电');
    await until(() => form.now.reason);
    network.loseAnswers(MOVE);
    form.now.ask();
    await press('改到 7月15日 周三 15:30–16:00');
    await until(() => form.now.problem?.code === 'OFFLINE');
    network.restore();
    form.now.ask();
    await press('改到 7月15日 周三 15:30–16:00');
    await until(() => moved.length === 1);
    const [first, ...again] = network.requestIds(MOVE);
    expect(again).toEqual([first]);
  });

  it('is cancelled with a reason, and a failure stays with the question', async () => {
    const { booking } = await aBooking();
    await signIn();
    const { drawer, row, seen } = await drawerOf(booking.id);
    drawer.now.askCancel();
    await until(() => drawer.now.cancelling.asking);
    network.cut(/\/cancel$/);
    void drawer.now.cancel('本人来电取消');
    await until(() => drawer.now.cancelling.problem && !drawer.now.cancelling.busy);
    network.restore();
    void drawer.now.cancel('本人来电取消');
    await until(() => row()?.state === 'cancelled' && !drawer.now.cancelling.asking);
    expect(row()).toMatchObject({ cancelReason: '本人来电取消', actions: [] });
    expect(seen.map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('is checked in on its day, and says why where it can’t be', async () => {
    const { booking } = await bookAt(page.world, hall, '2026-07-14', '10:00');
    const later = await bookAt(page.world, hall, '2026-07-14', '16:00');
    await signIn();
    const now = await drawerOf(booking.id);
    now.drawer.now.checkIn();
    await until(() => now.row()?.state === 'checked_in' && now.row()?.checkedInAt);
    now.drawer.close();
    const early = await drawerOf(later.booking.id);
    early.drawer.now.checkIn();
    await until(() => early.drawer.now.outcome && 'problem' in early.drawer.now.outcome);
    expect(early.drawer.now.outcome).toMatchObject({ problem: { code: 'BOOKING_CHECKIN_TOO_EARLY' } });
  });
});

describe('the list of bookings', () => {
  it('is found by code, name and the end of a phone number, and filtered', async () => {
    const { booking } = await aBooking();
    const other = await aBooking('15:00');
    await signIn();
    const list = openHook(useBookingsPage);
    const ids = () => {
      const { state } = list.now.pages;
      return state.status === 'ready' ? state.data.items.map(({ id }) => id) : undefined;
    };
    await until(() => ids()?.length === 2);
    list.now.change({ q: booking.code.slice(0, 5) });
    await until(() => ids()?.length === 1 && ids()?.[0] === booking.id);
    list.now.change({ q: '陈' });
    await until(() => ids()?.length === 2);
    list.now.change({ q: '9999' });
    await until(() => ids()?.length === 0);
    list.now.change({ q: '', state: 'cancelled' });
    await until(() => list.now.filter.state === 'cancelled' && ids()?.length === 0);
    await other.owner.api.booking.cancel({ bookingId: other.booking.id });
    list.now.pages.reload();
    await until(() => ids()?.[0] === other.booking.id);
    list.now.change({ state: undefined, days: { from: '2026-07-16', to: '2026-07-16' } });
    await until(() => list.now.days.from === '2026-07-16' && ids()?.length === 0);
    expect(list.now.mayExport).toBe(false);
  });

  it('is exported by managers, and says when that failed', async () => {
    await aBooking();
    await signIn('manager');
    // The hook's page has no downloads; that a file arrives is tried in the browser.
    Object.assign(URL, { createObjectURL: () => '#file', revokeObjectURL: () => undefined });
    const exporting = openHook(useExport);
    network.breakServer(/export/);
    void exporting.now.run({});
    await until(() => exporting.now.problem && !exporting.now.busy);
    network.restore();
    void exporting.now.run({});
    await until(() => exporting.now.saved);
    expect(exporting.now.saved).toEqual({ fileName: '预约-2026-07-14.xlsx', rows: 1 });
  });
});
