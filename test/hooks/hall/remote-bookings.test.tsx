/** @jest-environment ./test/hooks/support/page-environment.cjs */
import type { HallBookingRow } from '@haoban/contracts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { mayCheckIn, useBooking } from '../../../apps/hall/src/bookings/use-booking.js';
import { newHall, newItem, newPerson, requestId, type TestHall } from '../../support/builders/booking.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';

const page = openHall(() => newWorld());
const NOW = '2026-07-14T01:30:00Z';
const START = Date.parse('2026-07-14T10:00:00+08:00');
const rule = {
  ...{ weekdays: [2], from: 600, to: 660, slotMinutes: 30, desksPublic: 5, desksInternal: 5 },
  ...{ windowFromDays: 0, windowToDays: 13, kind: 'phone' as const },
};

let hall: TestHall;
let itemId: string;
beforeEach(async () => {
  page.world.clock.set(NOW);
  hall = await newHall(page.world, { moreRules: [rule] });
  const { hallId, departmentId, a } = hall;
  const kinds: 'phone'[] = ['phone'];
  itemId = await newItem(page.world, { hallId, departmentId, queueId: a.queueId, name: '电话咨询', kinds });
  page.world.get(GuideService).invalidate();
});

/** The drawer of a call that was booked for 10:00, opened so many milliseconds after it. */
async function aCall(lateMs: number) {
  const { api } = await newPerson(page.world);
  const asked = { hallId: hall.hallId, itemId, day: '2026-07-14', kind: 'phone' as const };
  const [slot] = (await api.booking.listSlots(asked)).items;
  const input = { requestId: requestId(), itemId, slotId: slot?.id ?? '' };
  const { id: bookingId } = await api.booking.reserve(input);
  page.world.clock.set(new Date(START + lateMs));
  await signInStaff(page.world, { role: 'clerk', hallId: hall.hallId });
  const seen: HallBookingRow[] = [];
  const drawer = openHook(() => useBooking(bookingId, (after) => void seen.push(after)));
  const row = () => (drawer.now.state.status === 'ready' ? drawer.now.state.data : undefined);
  await until(row);
  return { drawer, row, seen };
}

describe('a call in the drawer of its booking', () => {
  it('is recorded as done from its time on, and is never checked in', async () => {
    const { drawer, row, seen } = await aCall(0);
    expect(row()?.actions).toEqual(['serve', 'not_reached']);
    expect(mayCheckIn(await until(row))).toBe(false);
    drawer.now.checkIn();
    drawer.now.serve();
    await until(() => row()?.state === 'checked_in');
    expect(drawer.now.outcome).toMatchObject({ text: '已记录为已办理。' });
    expect(seen.map(({ state }) => state)).toEqual(['checked_in']);
    expect(network.sent.filter(({ path }) => path.includes('check-in'))).toEqual([]);
    const { history } = drawer.now;
    await until(() => {
      const { state } = drawer.now.history;
      return state.status === 'ready' && state.data.items.at(-1)?.action === 'served';
    });
    expect(history.state.status).toBe('ready');
  });

  it('is recorded as not reached after a question, and a failure stays with the question', async () => {
    const { drawer, row } = await aCall(60_000);
    drawer.now.askMissing();
    await until(() => drawer.now.missing.asking);
    expect(row()?.state).toBe('confirmed');
    network.cut(/not-reached$/);
    void drawer.now.notReached('打了两次没人接');
    await until(() => drawer.now.missing.problem && !drawer.now.missing.busy);
    network.restore();
    void drawer.now.notReached('打了两次没人接');
    await until(() => row()?.state === 'no_show' && !drawer.now.missing.asking);
    expect(drawer.now.outcome).toMatchObject({ text: expect.stringMatching(/^已记录为未联系上，/) });
  });

  it('offers both by itself once its time has come', async () => {
    const { row } = await aCall(-700);
    expect(row()?.actions).toEqual(['move', 'cancel']);
    page.world.clock.set(new Date(START));
    await until(() => row()?.actions.includes('serve'));
  });
});
