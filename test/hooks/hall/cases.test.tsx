/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useBookingList } from '../../../apps/hall/src/bookings/use-booking-list.js';
import { caseButtons } from '../../../apps/hall/src/cases/case-actions.js';
import { useCase } from '../../../apps/hall/src/cases/use-case.js';
import { useCaseList } from '../../../apps/hall/src/cases/use-case-list.js';
import { useCasesPage } from '../../../apps/hall/src/cases/use-cases-page.js';
import { useOverview } from '../../../apps/hall/src/overview/use-overview.js';
import { useRatingsPage } from '../../../apps/hall/src/overview/use-ratings-page.js';
import { newHall } from '../../support/builders/booking.js';
import { caseHall, openCase, toDeciding } from '../../support/builders/cases.js';
import { seedCity } from '../../support/builders/city.js';
import { bookAt } from '../../support/builders/queue.js';
import { endedVisit, rateVisit } from '../../support/builders/ratings.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { press, until } from '../support/page.js';

const page = openHall(() => newWorld());
beforeAll(() => seedCity(page.world));

const signIn = (role: 'clerk' | 'manager' = 'clerk') => signInStaff(page.world, { role, hallId: caseHall() });

async function casePage(caseId: string, role: 'clerk' | 'manager' = 'clerk') {
  await signIn(role);
  const drawer = openHook(() => useCase(caseId));
  const found = () => (drawer.now.state.status === 'ready' ? drawer.now.state.data : undefined);
  await until(found);
  const button = (id: string) => {
    const data = found();
    const wanted = data && caseButtons(data, role).find((each) => each.id === id);
    if (!wanted) throw new Error(`No button ${id}`);
    return wanted;
  };
  return { drawer, found, press: (id: string) => drawer.now.press(button(id)), button };
}

describe('a case in its drawer', () => {
  it('goes on at one key where nothing has to be confirmed', async () => {
    const { caseId } = await openCase(page.world, { steps: '2+1' });
    const { found, press } = await casePage(caseId);
    press('advance');
    await until(() => found()?.state === 'reviewing');
  });

  it('is decided only after the clerk confirmed', async () => {
    const opened = await openCase(page.world);
    await toDeciding(opened);
    const { drawer, found, press: key } = await casePage(opened.caseId);
    key('grant');
    await press('再看看');
    await until(() => !drawer.now.asking);
    expect(found()?.state).toBe('deciding');
    key('grant');
    await press('准予');
    await until(() => found()?.result === 'granted');
  });

  it('asks first for what has to be filled in', async () => {
    const { caseId } = await openCase(page.world, { steps: '2+1' });
    const { drawer, found, press, button } = await casePage(caseId);
    press('correction');
    await until(() => drawer.now.filling?.id === 'correction');
    expect(found()?.state).toBe('accepted');
    drawer.now.act(button('correction'), { reason: ' 请补户口簿首页复印件 ' });
    await until(() => found()?.state === 'correction');
    expect(drawer.now.filling).toBeUndefined();
  });

  it('shows why an act was refused, and the state that a colleague has made meanwhile', async () => {
    const { caseId, clerk } = await openCase(page.world, { steps: '2+1' });
    const { drawer, found, press } = await casePage(caseId);
    await clerk.api.cases.suspend({ caseId, reason: '现场勘验，约 5 个工作日' });
    press('advance');
    await until(() => drawer.now.problem);
    await until(() => found()?.state === 'suspended');
    expect(drawer.now.busy).toBeUndefined();
  });

  it('says that it can’t be loaded, and loads on request', async () => {
    const { caseId } = await openCase(page.world);
    await signIn();
    network.cut();
    const drawer = openHook(() => useCase(caseId));
    await until(() => drawer.now.state.status === 'error');
    expect(drawer.now.state).toMatchObject({ problem: { code: 'OFFLINE' } });
    network.restore();
    drawer.now.reload();
    await until(() => drawer.now.state.status === 'ready');
  });
});

describe('the list of cases', () => {
  it('finds a case by its number, is empty where nothing fits, and narrows by state', async () => {
    const { opened, caseId } = await openCase(page.world);
    await signIn();
    const list = (filter: Parameters<typeof useCaseList>[0]) => openHook(() => useCaseList(filter));
    const found = list({ q: opened.caseNo });
    await until(() => found.now.state.status === 'ready');
    expect(found.now.state).toMatchObject({ data: { items: [{ id: caseId }] } });
    const none = list({ q: opened.caseNo, state: 'withdrawn' });
    await until(() => none.now.state.status === 'ready');
    expect(none.now.state).toMatchObject({ data: { items: [], nextCursor: null } });
  });

  it('keeps filter and open case in the address, so that a reload keeps them', async () => {
    await signIn();
    const cases = openHook(useCasesPage, '/cases?state=reviewing');
    expect(cases.now.filter.state).toBe('reviewing');
    cases.now.search(' 林 ');
    await until(() => cases.now.filter.q === '林');
    cases.now.open('c1');
    await until(() => cases.now.openId === 'c1');
    expect(decodeURIComponent(cases.address)).toBe('/cases?state=reviewing&q=林&case=c1');
    cases.now.choose(undefined);
    await until(() => cases.now.filter.state === undefined);
  });
});

describe("today's bookings", () => {
  it('are checked in from the list, which shows it at once', async () => {
    const hall = await newHall(page.world);
    const { booking } = await bookAt(page.world, hall, '2026-07-14', '10:00');
    const given = await bookAt(page.world, hall, '2026-07-14', '15:00');
    await signInStaff(page.world, { hallId: hall.hallId });
    const list = openHook(() => useBookingList({}));
    const rows = () => (list.now.pages.state.status === 'ready' ? list.now.pages.state.data.items : []);
    const row = await until(() => rows().find(({ id }) => id === booking.id));
    list.now.checkIn(row);
    await until(() => rows().find(({ id }) => id === booking.id)?.state === 'checked_in');
    expect(list.now.outcome).toMatchObject({ text: expect.stringContaining('已签到') });
    // Cancelled on the phone since the list was loaded.
    const gone = await until(() => rows().find(({ id }) => id === given.booking.id));
    await given.owner.api.booking.cancel({ bookingId: gone.id });
    list.now.checkIn(gone);
    await until(() => list.now.outcome && 'problem' in list.now.outcome);
  });
});

describe("the manager's pages", () => {
  it('show desks, waiting and satisfaction', async () => {
    await signIn('manager');
    const overview = openHook(useOverview);
    await until(() => overview.now.hall.data && overview.now.desks.state.status === 'ready');
    await until(() => overview.now.indicators.state.status === 'ready' && overview.now.points.length > 0);
  });

  it('list the negative ratings apart', async () => {
    const visit = await endedVisit(page.world);
    await rateVisit(visit, { level: 1 });
    await rateVisit(await endedVisit(page.world), { level: 5 });
    await signIn('manager');
    const ratings = openHook(useRatingsPage);
    const levels = () =>
      ratings.now.pages.state.status === 'ready'
        ? ratings.now.pages.state.data.items.map(({ level }) => level).sort()
        : [];
    await until(() => levels().includes(1) && levels().includes(5));
    ratings.now.setOnlyNegative(true);
    await until(() => levels().length > 0 && levels().every((level) => level <= 2));
  });
});
