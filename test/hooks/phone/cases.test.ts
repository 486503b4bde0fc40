/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useCase } from '../../../apps/miniapp/src/pages/cases/detail/use-case';
import { useLookUp } from '../../../apps/miniapp/src/pages/cases/look-up/use-look-up';
import { useInbox } from '../../../apps/miniapp/src/pages/inbox/list/use-inbox';
import { useProgress } from '../../../apps/miniapp/src/pages/progress/use-progress';
import { useGive } from '../../../apps/miniapp/src/pages/ratings/give/use-give';
import { useRatings } from '../../../apps/miniapp/src/pages/ratings/list/use-ratings';
import { openCase } from '../../support/builders/cases.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { seedCity } from '../../support/builders/city.js';
import { endedVisit } from '../../support/builders/ratings.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { openSockets, until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld());
beforeAll(() => seedCity(phone.world));

describe('进度', () => {
  it('lists what the chosen shelf holds, and asks for no other', async () => {
    const { citizen, caseId } = await openCase(phone.world);
    await signInAs(citizen);
    const page = openHook(useProgress);
    await until(() => page.now.cases.kind === 'ready');
    expect(page.now.cases).toMatchObject({ data: { items: [{ id: caseId }] } });
    expect(network.sent.some(({ path }) => /bookings|deliveries/.test(path))).toBe(false);
    page.now.setShelf('bookings');
    await until(() => page.now.bookings.kind === 'ready');
    expect(page.now.bookings).toMatchObject({ data: { items: [] } });
    page.now.setShelf('deliveries');
    await until(() => page.now.deliveries.kind === 'ready');
  });
});

describe('a case on the phone', () => {
  it('moves on by the live line while the person watches', async () => {
    const { citizen, caseId, clerk } = await openCase(phone.world, { steps: '2+1' });
    await signInAs(citizen);
    const page = openHook(useCase, { id: caseId });
    await until(() => page.now.load.kind === 'ready' && openSockets() > 0);
    expect(page.now.load).toMatchObject({ data: { id: caseId, state: 'accepted' } });
    await clerk.api.cases.advance({ caseId });
    await until(() => page.now.load.kind === 'ready' && page.now.load.data.state === 'reviewing');
  });

  it('is withdrawn by its applicant only after they agreed', async () => {
    const { citizen, caseId, opened } = await openCase(phone.world);
    await signInAs(citizen);
    const page = openHook(useCase, { id: caseId });
    await until(() => page.now.load.kind === 'ready');
    edge.agrees = false;
    page.now.withdraw.run();
    await until(() => edge.questions.length === 1 && !page.now.withdraw.busy);
    expect(edge.questions[0]?.title).toBe(`撤回“${opened.itemName}”`);
    expect(network.sent.some(({ path }) => path.endsWith('/withdraw'))).toBe(false);
    edge.agrees = true;
    page.now.withdraw.run();
    await until(() => page.now.load.kind === 'ready' && page.now.load.data.state === 'withdrawn');
    expect(edge.toasts).toEqual(['已撤回申请']);
  });

  it('asks nothing of the server for somebody who is not signed in', async () => {
    const { caseId } = await openCase(phone.world);
    const page = openHook(useCase, { id: caseId });
    await network.idle();
    expect(page.now.citizen).toBeUndefined();
    expect(network.sent).toEqual([]);
  });
});

describe('looking a case up', () => {
  async function search(caseNo: string, idLast4: string) {
    const page = openHook(useLookUp);
    page.now.setCaseNo(caseNo);
    page.now.setIdLast4(idLast4);
    await until(() => page.now.caseNo === caseNo && page.now.idLast4 === idLast4);
    page.now.search.run();
    return page;
  }

  it('finds it by number and last four without anybody signed in, however they are typed', async () => {
    const { citizen, opened } = await openCase(phone.world);
    const page = await search(` ${opened.caseNo.toLowerCase()} `, citizen.idNumber.slice(-4).toLowerCase());
    await until(() => page.now.found);
    expect(page.now.found?.caseNo).toBe(opened.caseNo);
  });

  it('marks a number with a slip before anything is sent', async () => {
    const page = await search('RCSM20260714000001', '12');
    await until(() => page.now.wrongNumber && page.now.wrongLast);
    expect(network.sent).toEqual([]);
  });

  it('keeps the number for the next visit, but never the last four', async () => {
    const { opened } = await openCase(phone.world);
    const page = await search(opened.caseNo, '0000');
    await until(() => page.now.search.problem);
    expect(page.now.found).toBeUndefined();
    page.close();
    const again = openHook(useLookUp);
    await until(() => again.now.caseNo === opened.caseNo);
    expect(again.now.idLast4).toBe('');
    expect([...edge.storage.values()].join()).not.toContain('0000"');
  });
});

describe('rating', () => {
  const page = (id: string) => openHook(useGive, { subject: 'visit', id });

  async function invited() {
    const visit = await endedVisit(phone.world);
    await signInAs(visit.citizen);
    return visit;
  }

  it('shows what is to be rated, and tags for the level that was picked only', async () => {
    const { ticketId } = await invited();
    const give = page(ticketId);
    await until(() => give.now.facts.kind === 'ready');
    const facts = give.now.facts.kind === 'ready' ? give.now.facts.data : undefined;
    expect(facts?.invitation?.subjectId).toBe(ticketId);
    give.now.pickLevel(5);
    await until(() => give.now.answer.level === 5);
    give.now.toggleTag(facts?.levels.find(({ level }) => level === 5)?.tags[0] ?? '');
    await until(() => give.now.answer.tags.length === 1);
    give.now.pickLevel(2);
    await until(() => give.now.answer.level === 2);
    expect(give.now.answer.tags).toEqual([]);
  });

  it('keeps what was written when the page is left', async () => {
    const { ticketId } = await invited();
    const give = page(ticketId);
    await until(() => give.now.facts.kind === 'ready');
    give.now.pickLevel(4);
    give.now.setComment('很快就办好了');
    await until(() => give.now.answer.comment);
    give.close();
    const again = page(ticketId);
    await until(() => again.now.answer.comment === '很快就办好了');
    expect(again.now.answer).toMatchObject({ level: 4, anonymous: true });
  });

  it('counts once where the answer got lost, and the draft goes with it', async () => {
    const { ticketId, citizen } = await invited();
    const give = page(ticketId);
    await until(() => give.now.facts.kind === 'ready');
    give.now.pickLevel(5);
    await until(() => give.now.answer.level === 5);
    network.loseAnswers(/ratings$/);
    give.now.submit.run();
    await until(() => give.now.submit.problem);
    expect(give.now.done).toBe(false);
    network.restore();
    give.now.submit.run();
    await until(() => give.now.done);
    const [first, ...again] = network.requestIds(/ratings$/);
    expect(again).toEqual([first]);
    expect((await citizen.client.ratings.listMine({})).items).toHaveLength(1);
    expect(edge.storage.has(`hb:draft:rating:${ticketId}`)).toBe(false);
  });

  it('tells who rated already so, and lists it among their ratings', async () => {
    const { ticketId, citizen } = await invited();
    const give = page(ticketId);
    await until(() => give.now.facts.kind === 'ready');
    await citizen.client.ratings.rate({
      requestId: 'from-another-phone',
      subject: 'visit',
      subjectId: ticketId,
      level: 3,
    });
    give.now.pickLevel(5);
    await until(() => give.now.answer.level === 5);
    give.now.submit.run();
    const problem = await until(() => give.now.submit.problem);
    expect(problem.code).toBe('RATING_ALREADY_GIVEN');
    const list = openHook(useRatings);
    await until(() => list.now.ratings.kind === 'ready' && list.now.invitations.kind === 'ready');
    expect(list.now.ratings).toMatchObject({ data: { items: [{ level: 3 }] } });
    expect(list.now.invitations).toMatchObject({ data: [] });
  });
});

describe('the inbox', () => {
  it('marks a message read when it is opened, and leads to its page', async () => {
    const { citizen } = await endedVisit(phone.world);
    await signInAs(citizen);
    const page = openHook(useInbox);
    await until(() => page.now.messages.kind === 'ready');
    expect(page.now.unread).toBe(true);
    const message = page.now.messages.kind === 'ready' ? page.now.messages.data.items[0] : undefined;
    if (message) page.now.read(message);
    expect(lastVisit()).toBe(`/${message?.page}`);
    const isRead = () =>
      page.now.messages.kind === 'ready' && page.now.messages.data.items[0]?.readAt !== null;
    await until(isRead);
  });

  it('opens a message also where the mark can’t be set', async () => {
    const { citizen } = await endedVisit(phone.world);
    await signInAs(citizen);
    const page = openHook(useInbox);
    await until(() => page.now.messages.kind === 'ready');
    network.cut();
    const message = page.now.messages.kind === 'ready' ? page.now.messages.data.items[0] : undefined;
    if (message) page.now.read(message);
    expect(lastVisit()).toBe(`/${message?.page}`);
  });

  it('reads everything at one tap, and is empty for somebody new', async () => {
    const { citizen } = await endedVisit(phone.world);
    await signInAs(citizen);
    const page = openHook(useInbox);
    await until(() => page.now.unread);
    page.now.readAll.run();
    await until(() => !page.now.unread);
    page.close();
    await signInAs(await newCitizen(phone.world));
    const other = openHook(useInbox);
    await until(() => other.now.messages.kind === 'ready');
    expect(other.now.messages).toMatchObject({ data: { items: [] } });
  });
});
