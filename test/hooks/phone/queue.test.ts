/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useTake } from '../../../apps/miniapp/src/pages/queue/take/use-take';
import { useTicket } from '../../../apps/miniapp/src/pages/queue/ticket/use-ticket';
import { useHome } from '../../../apps/miniapp/src/pages/home/use-home';
import { newHall, requestId, type TestHall } from '../../support/builders/booking.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { newOpenDesk, type TestDesk } from '../../support/builders/queue.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { cutSockets, openSockets, until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld());
let hall: TestHall;
let desk: TestDesk;
beforeAll(async () => {
  hall = await newHall(phone.world);
  desk = await newOpenDesk(phone.world, hall.hallId, [hall.a.queueId]);
});

async function signedIn(): Promise<TestCitizen> {
  const citizen = await newCitizen(phone.world);
  await signInAs(citizen);
  return citizen;
}

const numberFor = ({ client }: TestCitizen) =>
  client.queue.takeTicket({ requestId: requestId(), hallId: hall.hallId, itemId: hall.a.itemId });

/** The page of somebody's ticket, shown, with its live line open. */
async function ticketPage() {
  const citizen = await signedIn();
  const { id } = await numberFor(citizen);
  const page = openHook(useTicket, { id });
  await until(() => page.now.ticket.kind === 'ready' && openSockets() > 0);
  const shown = () => (page.now.ticket.kind === 'ready' ? page.now.ticket.data : undefined);
  return { citizen, id, page, shown };
}

describe('taking a number', () => {
  const page = () => openHook(useTake, { itemId: hall.a.itemId, hallId: hall.hallId });

  it('shows the queue of the item before anybody signs in', async () => {
    const take = page();
    expect(take.now.queues.kind).toBe('loading');
    const queue = await until(() => take.now.queue);
    expect(queue).toMatchObject({ id: hall.a.queueId, waiting: 0 });
    expect(take.now.session.kind).toBe('signed-out');
  });

  it('leads to the ticket that was taken', async () => {
    const { client } = await signedIn();
    const take = page();
    await until(() => take.now.queue);
    take.now.take.run();
    await until(() => lastVisit());
    const { items } = await client.queue.listMine();
    expect(lastVisit()).toBe(`/pages/queue/ticket/index?id=${items[0]?.id}`);
    expect(edge.visits.at(-1)?.how).toBe('replace');
  });

  it('takes one number where the answer got lost and the person tried again', async () => {
    const { client } = await signedIn();
    const take = page();
    await until(() => take.now.queue);
    network.loseAnswers(/tickets$/);
    take.now.take.run();
    await until(() => take.now.take.problem);
    expect(take.now.take.problem?.text).toMatch('网络不通');
    network.restore();
    take.now.take.run();
    await until(() => lastVisit());
    const [first, ...again] = network.requestIds(/tickets$/);
    expect(again).toEqual([first]);
    expect((await client.queue.listMine()).items).toHaveLength(1);
  });

  it('takes one number where the button is tapped twice', async () => {
    await signedIn();
    const take = page();
    await until(() => take.now.queue);
    take.now.take.run();
    take.now.take.run();
    await until(() => lastVisit());
    expect(network.requestIds(/tickets$/)).toHaveLength(1);
  });

  it('shows the number that one has already in place of a second', async () => {
    const citizen = await signedIn();
    const { id } = await numberFor(citizen);
    const take = page();
    await until(() => take.now.open.length > 0);
    expect(take.now.open.map((each) => each.id)).toEqual([id]);
  });

  it('says why no number can be taken from afar', async () => {
    await signedIn();
    const take = openHook(useTake, { itemId: hall.b.itemId, hallId: hall.hallId });
    await until(() => take.now.queue);
    take.now.take.run();
    const problem = await until(() => take.now.take.problem);
    expect(problem.code).toBe('TICKET_REMOTE_NOT_ALLOWED');
    expect(take.now.take.busy).toBe(false);
  });

  it('asks for an item first where the page was opened without one, and finds it by its name', async () => {
    const take = openHook(useTake, { hallId: hall.hallId });
    await until(() => take.now.found.kind === 'ready');
    take.now.setQ('长事项');
    await until(() => take.now.found.kind === 'ready' && take.now.found.data.length === 1);
    expect(take.now.found).toMatchObject({ data: [{ id: hall.a.longItemId }] });
  });
});

describe('a ticket on the phone', () => {
  it('shows the call as soon as the desk calls, by the live line', async () => {
    const { id, page, shown } = await ticketPage();
    expect(shown()?.state).toBe('waiting');
    const asked = network.sent.length;
    await desk.call(id);
    await until(() => shown()?.state === 'called');
    expect(shown()?.deskLabel).toBeTruthy();
    expect(network.sent).toHaveLength(asked);
    await desk.start();
    await until(() => shown()?.state === 'serving');
    await desk.finish();
    await until(() => shown()?.state === 'done');
    page.close();
    await until(() => openSockets() === 0);
  });

  it('goes on after the live line broke', async () => {
    const { id, shown } = await ticketPage();
    cutSockets();
    await desk.call(id);
    await until(() => shown()?.state === 'called');
    await desk.noShow();
    await until(() => shown()?.state === 'missed');
  });

  it('lets a missed number queue again, and says so', async () => {
    const { id, page, shown } = await ticketPage();
    await desk.call(id);
    await desk.noShow();
    await until(() => shown()?.state === 'missed');
    page.now.rejoin.run();
    await until(() => shown()?.state === 'waiting');
    expect(edge.toasts).toEqual(['已重新排队']);
  });

  it('is given up only after the person agreed', async () => {
    const { page, shown } = await ticketPage();
    edge.agrees = false;
    page.now.leave.run();
    await until(() => edge.questions.length === 1 && !page.now.leave.busy);
    expect(edge.questions[0]?.title).toBe(`放弃 ${shown()?.label} 号`);
    expect(shown()?.state).toBe('waiting');
    edge.agrees = true;
    page.now.leave.run();
    await until(() => shown()?.state === 'left');
  });

  it('shows nothing of a ticket that is somebody else’s', async () => {
    const { id } = await numberFor(await newCitizen(phone.world));
    await signedIn();
    const page = openHook(useTicket, { id });
    await until(() => page.now.ticket.kind === 'error');
    expect(page.now.ticket).toMatchObject({ problem: { code: 'NOT_FOUND' } });
  });

  it('is what matters on 首页, there called by the live line, too', async () => {
    const citizen = await signedIn();
    const { id } = await numberFor(citizen);
    const home = openHook(useHome);
    const ticket = () =>
      home.now.matter.kind === 'ready' && home.now.matter.data.kind === 'ticket'
        ? home.now.matter.data.ticket
        : undefined;
    await until(() => ticket()?.id === id && openSockets() > 0);
    await desk.call(id);
    await until(() => ticket()?.state === 'called');
    await desk.start();
    await desk.finish();
  });
});
