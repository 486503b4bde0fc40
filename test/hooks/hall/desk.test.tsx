/** @jest-environment ./test/hooks/support/page-environment.cjs */
import type { DeskTicket } from '@haoban/contracts';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { useCheckIn } from '../../../apps/hall/src/desk/use-check-in.js';
import { useDesk } from '../../../apps/hall/src/desk/use-desk.js';
import { useDesks } from '../../../apps/hall/src/desk/use-desks.js';
import { useIssueTicket } from '../../../apps/hall/src/desk/use-issue-ticket.js';
import { useOpenCase } from '../../../apps/hall/src/desk/use-open-case.js';
import { useDisplay } from '../../../apps/hall/src/display/use-display.js';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import { caseHall, itemLike, servedVisit } from '../../support/builders/cases.js';
import { seedCity } from '../../support/builders/city.js';
import { bookAt, newDesk, newStaff, takeTicket } from '../../support/builders/queue.js';
import { newWorld } from '../../support/world.js';
import { openHook, openHall, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { cutSockets, press, until } from '../support/page.js';

const page = openHall(() => newWorld());
beforeAll(() => seedCity(page.world));

let hall: TestHall;
let deskId: string;
// A hall of one's own, so that nobody else waits in it.
beforeEach(async () => {
  hall = await newHall(page.world);
  deskId = await newDesk(page.world, hall.hallId, [hall.a.queueId]);
});

/** One's own open desk, with so many waiting. */
async function atDesk(waiting = 0) {
  await signInStaff(page.world, { hallId: hall.hallId });
  const choice = openHook(useDesks);
  await choice.now.open(deskId);
  await until(() => choice.now.mine?.id === deskId);
  choice.close();
  for (let n = 0; n < waiting; n += 1) await takeTicket(page.world, hall);
  let left = 0;
  const leave = () => void (left += 1);
  const desk = openHook(() => useDesk(deskId, leave));
  await until(() => desk.now.view?.waiting.length === waiting && desk.now.status === 'open');
  return { desk, wasLeft: () => left > 0 };
}

describe('choosing a desk', () => {
  it('says whose it is where a colleague was quicker', async () => {
    const colleague = await newStaff(page.world, hall.hallId);
    await signInStaff(page.world, { hallId: hall.hallId });
    const choice = openHook(useDesks);
    expect(choice.now.state.status).toBe('loading');
    await until(() => choice.now.state.status === 'ready');
    await colleague.api.queue.openDesk({ deskId });
    await choice.now.open(deskId);
    await until(() => choice.now.problem);
    expect(choice.now.mine).toBeUndefined();
    await until(
      () => choice.now.state.status === 'ready' && choice.now.state.data.items[0]?.status === 'open',
    );
  });

  it('offers to try again where the list can’t be loaded', async () => {
    await signInStaff(page.world, { hallId: hall.hallId });
    network.breakServer(/desks/);
    const choice = openHook(useDesks);
    await until(() => choice.now.state.status === 'error');
    expect(choice.now.state).toMatchObject({ problem: { code: 'INTERNAL', requestId: 'req-broken' } });
    network.restore();
    choice.now.reload();
    await until(() => choice.now.state.status === 'ready');
  });
});

describe('the desk', () => {
  it('leads one person from the call to the end, and offers only what can be done', async () => {
    const { desk } = await atDesk(2);
    expect(desk.now.acts.has('callNext')).toBe(true);
    desk.now.callNext();
    await until(() => desk.now.view?.current?.state === 'called');
    expect(desk.now.acts.has('callNext')).toBe(false);
    desk.now.recall();
    await until(() => desk.now.view?.current?.calledCount === 2);
    desk.now.start();
    await until(() => desk.now.view?.current?.state === 'serving');
    desk.now.finish();
    await until(() => desk.now.view && !desk.now.view.current);
    expect(desk.now.view?.waiting).toHaveLength(1);
  });

  it('shows who was called also where the answer got lost', async () => {
    const { desk } = await atDesk(2);
    network.loseAnswers(/call-next$/);
    desk.now.callNext();
    await until(() => desk.now.notice?.problem?.code === 'OFFLINE');
    await until(() => desk.now.view?.current);
    expect(desk.now.view?.waiting).toHaveLength(1);
  });

  it('sends the same request id where the key is pressed again without an answer', async () => {
    const { desk } = await atDesk(2);
    network.cut(/call-next$/);
    desk.now.callNext();
    await until(() => desk.now.notice?.problem?.code === 'OFFLINE' && !desk.now.busy);
    network.restore();
    desk.now.callNext();
    await until(() => desk.now.view?.current);
    const [first, ...again] = network.requestIds(/call-next$/);
    expect(again).toEqual([first]);
  });

  it('calls one person where the key was pressed twice', async () => {
    const { desk } = await atDesk(2);
    desk.now.callNext();
    desk.now.callNext();
    await until(() => desk.now.view?.current);
    expect(network.requestIds(/call-next$/)).toHaveLength(1);
  });

  it('shows who has just come by the live line, and by asking where that is down', async () => {
    const { desk } = await atDesk();
    await takeTicket(page.world, hall);
    await until(() => desk.now.view?.waiting.length === 1);
    cutSockets();
    await until(() => desk.now.status === 'down');
    await takeTicket(page.world, hall);
    await until(() => desk.now.view?.waiting.length === 2);
    await until(() => desk.now.status === 'open');
  });

  it('passes somebody over only after the clerk confirmed, and takes them back into the queue', async () => {
    const { desk } = await atDesk(1);
    desk.now.callNext();
    const label = (await until(() => desk.now.view?.current)).label;
    desk.now.noShow();
    await press(`过号 ${label}`);
    const missed = await until(() => desk.now.view?.missed[0]);
    desk.now.requeue(missed);
    await until(() => desk.now.notice?.tone === 'good');
    await until(() => desk.now.view?.waiting[0]?.label === label);
  });

  it('goes back to the choice once it is closed', async () => {
    const { desk, wasLeft } = await atDesk();
    desk.now.togglePause();
    await until(() => desk.now.view?.desk.status === 'paused');
    desk.now.close();
    await press('关闭窗口');
    await until(wasLeft);
  });

  it('says that it could not be loaded, and loads on request', async () => {
    const { desk } = await atDesk();
    desk.close();
    network.cut();
    const again = openHook(() => useDesk(deskId, () => undefined));
    await until(() => again.now.problem?.code === 'OFFLINE' || again.now.view);
    network.restore();
    again.now.refresh();
    await until(() => again.now.view && !again.now.problem);
  });
});

describe('a number at the desk', () => {
  async function issuing() {
    await signInStaff(page.world, { hallId: hall.hallId });
    let issued = 0;
    const form = openHook(() => useIssueTicket(() => void (issued += 1)));
    form.now.type('短事项');
    await until(() => form.now.items.length === 1);
    form.now.setItem(form.now.items[0]);
    await until(() => form.now.item);
    return { form, issued: () => issued };
  }

  it('is issued for the item that was found, and the form is free for the next', async () => {
    const { form, issued } = await issuing();
    form.now.issue();
    await until(() => form.now.ticket);
    expect(issued()).toBe(1);
    form.now.again();
    await until(() => form.now.ticket === undefined && form.now.item === undefined && form.now.q === '');
  });

  it('is for what is typed now, also where Enter was pressed before the search had answered', async () => {
    const { form } = await issuing();
    form.now.type('长事项');
    await until(() => form.now.q === '长事项');
    expect(form.now).toMatchObject({ searching: true, items: [], item: undefined });
    form.now.pick(0);
    expect((await until(() => form.now.item)).name).toBe('长事项');
  });

  it('takes nothing for an Enter that came before the text was changed again', async () => {
    const { form } = await issuing();
    form.now.type('长事项');
    await until(() => form.now.q === '长事项');
    form.now.pick(0);
    form.now.type('现场');
    await until(() => form.now.q === '现场' && !form.now.searching);
    await network.idle();
    expect(form.now.items.map(({ name }) => name)).toEqual(['现场事项']);
    expect(form.now.item).toBeUndefined();
  });

  it('is issued once where the answer got lost', async () => {
    const { form } = await issuing();
    network.loseAnswers(/hall\/tickets$/);
    form.now.issue();
    await until(() => form.now.problem?.code === 'OFFLINE');
    network.restore();
    form.now.issue();
    await until(() => form.now.ticket);
    const [first, ...again] = network.requestIds(/hall\/tickets$/);
    expect(again).toEqual([first]);
    const [queue] = (await page.world.client().queue.listQueues({ hallId: hall.hallId })).items;
    expect(queue?.waiting).toBe(1);
  });

  it('is found by the booking code, and a wrong code says so', async () => {
    const { booking } = await bookAt(page.world, hall, '2026-07-14', '10:00');
    await signInStaff(page.world, { hallId: hall.hallId });
    const form = openHook(() => useCheckIn(() => undefined));
    form.now.setCode('000000');
    await until(() => form.now.code);
    form.now.checkIn();
    await until(() => form.now.problem);
    expect(form.now.code).toBe('000000');
    form.now.setCode(` ${booking.code} `);
    await until(() => form.now.code.includes(booking.code));
    form.now.checkIn();
    await until(() => form.now.ticket);
    expect(form.now.problem).toBeUndefined();
    expect(form.now.code).toBe('');
  });
});

describe('opening a case', () => {
  it('waits for every required paper, and opens one case where the answer got lost', async () => {
    const item = await itemLike(page.world);
    const visit = await servedVisit(page.world, item);
    const { current } = await visit.desk.view();
    const colleague = await signInStaff(page.world, { hallId: caseHall(), role: 'manager' });
    expect(colleague.id).toBeTruthy();
    const opened: string[] = [];
    const form = openHook(() => useOpenCase(current as DeskTicket, (id) => void opened.push(id)));
    await until(() => form.now.item);
    expect(form.now.missing.length).toBe(item.requiredIds.length);
    expect(form.now.needsApplicant).toBe(true);
    await form.now.open(undefined);
    expect(network.requestIds(/cases$/)).toEqual([]);
    form.now.tickAll();
    await until(() => form.now.missing.length === 0);
    const applicant = { name: '林晓月', idNumber: '110101199003078515', phone: '15400001111' };
    network.loseAnswers(/cases$/);
    await form.now.open(applicant);
    await until(() => form.now.problem);
    network.restore();
    await form.now.open(applicant);
    const [first, ...again] = network.requestIds(/cases$/);
    expect(again).toEqual([first]);
    expect({ problem: form.now.problem, opened: opened.length }).toEqual({ problem: undefined, opened: 1 });
  });
});

describe('the display', () => {
  it('shows a call by the live line and says one after the other', async () => {
    await signInStaff(page.world, { hallId: hall.hallId, role: 'display' });
    const display = openHook(() => useDisplay(hall.hallId));
    await until(() => display.now.data && !display.now.offline);
    expect(display.now.lines).toEqual([]);
    const clerk = await newStaff(page.world, hall.hallId);
    await clerk.api.queue.openDesk({ deskId });
    const { ticket } = await takeTicket(page.world, hall);
    await clerk.api.queue.callTicket({ deskId, ticketId: ticket.id, reason: '本人要求' });
    await until(() => display.now.lines[0]?.label === ticket.label);
    expect(display.now.lines[0]).toMatchObject({ announced: true });
  });

  it('says that it shows an old state while the line is down, and goes on by itself', async () => {
    await signInStaff(page.world, { hallId: hall.hallId, role: 'display' });
    const display = openHook(() => useDisplay(hall.hallId));
    await until(() => display.now.data && !display.now.offline);
    cutSockets();
    await until(() => display.now.offline);
    await until(() => !display.now.offline);
  });
});
