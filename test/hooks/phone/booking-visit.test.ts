/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { usePrincipals } from '../../../apps/miniapp/src/hooks/use-principals';
import { useConfirm } from '../../../apps/miniapp/src/pages/booking/confirm/use-confirm';
import { useBranches } from '../../../apps/miniapp/src/pages/booking/days/use-branches';
import { useCompanions } from '../../../apps/miniapp/src/pages/booking/days/use-companions';
import { useWaitlist } from '../../../apps/miniapp/src/pages/booking/days/use-waitlist';
import { placesSettled } from '../../../apps/miniapp/src/pages/booking/leaving';
import { nextStep } from '../../../apps/miniapp/src/pages/booking/next-step';
import { useGreen } from '../../../apps/miniapp/src/pages/booking/use-green';
import {
  heatOf,
  plainVisit,
  visitOf,
  visitParams,
  visitQuery,
} from '../../../apps/miniapp/src/pages/booking/visit';
import { ItemPlaceEntity, ServiceQueueEntity } from '../../../apps/api/src/guide/service-item.entity.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { HallEntity } from '../../../apps/api/src/guide/hall.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { newHall, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { authorise } from '../../support/builders/people.js';
import { newFullDay } from '../../support/builders/waitlist.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';

const phone = openPhone(() => newWorld());
const DAY = '2026-07-15';
const NOW = '2026-07-14T01:30:00Z';
let hall: TestHall;
beforeAll(async () => {
  hall = await newHall(phone.world, { places: 1 });
});
beforeEach(() => phone.world.clock.set(NOW));

async function signedIn(): Promise<TestCitizen> {
  const citizen = await newCitizen(phone.world);
  await signInAs(citizen);
  return citizen;
}

describe('a visit', () => {
  it('goes from page to page in the address and comes out as it was', () => {
    const visit = {
      kind: 'home' as const,
      files: 2,
      also: [
        { itemId: '01JZ000000MYGTEQAVT1EC5PCV', files: 1 },
        { itemId: '01JZ000000MYGTEQAVT1EC5PCW', files: 3 },
      ],
      persons: 4,
      green: true,
      forWhom: '01JZ000000MYGTEQAVT1EC5PCX',
    };
    const params = Object.fromEntries(new URLSearchParams(visitParams(visit)));
    expect(visitOf(params)).toEqual(visit);
    expect(visitParams(plainVisit)).toBe('');
    expect(visitQuery(visit)).toMatchObject({
      audience: 'green',
      also: '01JZ000000MYGTEQAVT1EC5PCV,01JZ000000MYGTEQAVT1EC5PCW*3',
    });
  });

  it('is an ordinary one where the address makes no sense', () => {
    expect(visitOf({ kind: 'boat', files: '-3', persons: 'many', also: '', green: 'yes' })).toEqual(
      plainVisit,
    );
  });

  it('meets a day that is named by how full it is', () => {
    const day = { day: DAY, note: null, opensAt: null, status: 'open' as const, capacity: 40 };
    expect([40, 24, 23, 10, 9, 1].map((remaining) => heatOf({ ...day, remaining }))).toEqual([
      'plenty',
      'plenty',
      'some',
      'some',
      'few',
      'few',
    ]);
    expect(heatOf({ ...day, status: 'full', remaining: 0 })).toBe('full');
    // Two of two is not quiet: whoever hesitates finds nothing.
    expect(heatOf({ ...day, capacity: 2, remaining: 2 })).toBe('few');
  });

  it('can be joined by items of the same queue only', async () => {
    const page = openHook(() => useCompanions({ itemId: hall.a.itemId, hallId: hall.hallId, asked: true }));
    const found = await until(() => page.now.found.kind === 'ready' && page.now.found.data);
    expect(found.items.map(({ id }) => id)).toEqual([hall.a.longItemId]);
    page.now.setQ('没有的事');
    await until(() => page.now.found.kind === 'ready' && page.now.found.data.items.length === 0);
  });
});

describe('the halls that do an item', () => {
  it('come soonest first, and nearest first once the phone says where it is, which is sent nowhere', async () => {
    const { world } = phone;
    const far = await newHall(world, { places: 1 });
    const em = world.dataSource.manager;
    const place = await em.findOneByOrFail(ItemPlaceEntity, { itemId: hall.a.itemId });
    await em.insert(ItemPlaceEntity, { ...place, id: newId(), hallId: far.hallId, queueId: far.a.queueId });
    await em.update(HallEntity, { id: far.hallId }, { latitude: 26.5, longitude: 119.5 });
    world.get(GuideService).invalidate();

    const page = openHook(() => useBranches({ itemId: hall.a.itemId, kind: 'window', asked: true }));
    await until(() => page.now.list.length === 2);
    expect(page.now.byDistance).toBe(false);
    expect(page.now.list.every(({ soonest }) => soonest?.day === '2026-07-14')).toBe(true);

    stayAt({ latitude: 26.49, longitude: 119.49 });
    network.sent.length = 0;
    page.now.locate.run();
    await until(() => page.now.byDistance);
    expect(page.now.list.map(({ hallId }) => hallId)).toEqual([far.hallId, hall.hallId]);
    expect(page.now.list[0]?.metres).toBeLessThan(2_000);
    expect(network.sent).toEqual([]);
  });

  it('stay in order of time where the person does not say where they are', async () => {
    stayAt(undefined);
    const page = openHook(() => useBranches({ itemId: hall.a.itemId, kind: 'window', asked: true }));
    await until(() => page.now.found.kind === 'ready');
    page.now.locate.run();
    await until(() => page.now.unknown);
    expect(page.now.byDistance).toBe(false);
  });
});

/** What the browser answers when it is asked for the position; undefined: the person said no. */
function stayAt(coords: { latitude: number; longitude: number } | undefined): void {
  const geolocation = {
    getCurrentPosition: (found: (position: object) => void, refused: () => void) =>
      coords ? found({ coords }) : refused(),
  };
  Object.defineProperty(navigator, 'geolocation', { value: geolocation, configurable: true });
}

describe('a full day', () => {
  it('can be waited for, by part of the day, and once however often the tap is repeated', async () => {
    const { client } = await signedIn();
    const full = await newFullDay(phone.world);
    const at = { itemId: full.hall.a.itemId, hallId: full.hall.hallId, day: full.day };
    const page = openHook(() => useWaitlist({ ...at, visit: plainVisit, full: 'any' }));
    page.now.setPart('morning');
    await until(() => page.now.part === 'morning');
    network.loseAnswers(/waitlist/);
    page.now.join.run();
    await until(() => page.now.join.problem);
    network.restore();
    page.now.join.run();
    const joined = await until(() => page.now.joined);
    expect(joined).toMatchObject({ part: 'morning', lineText: '前面没有人，您排在第一位' });
    expect((await client.waitlist.listMine({})).items).toHaveLength(1);
  });
});

describe('booking for somebody else', () => {
  it('is offered by authorisation, and holds the place anew in that person’s name', async () => {
    const parent = await newCitizen(phone.world);
    const agent = await signedIn();
    const { id: authorisationId } = await authorise(parent, agent);
    const principals = openHook(() => usePrincipals());
    const [principal] = await until(() => principals.now.length > 0 && principals.now);
    expect(principal).toMatchObject({ id: authorisationId, relationText: '父母' });

    const at = { itemId: hall.a.itemId, hallId: hall.hallId, day: DAY };
    const { id: slotId } = await slotAt(phone.world, { ...at, time: '09:00' });
    const page = openHook(useConfirm, { ...at, slotId });
    await until(() => page.now.hold.held && !page.now.hold.take.busy);
    const own = page.now.hold.held?.id;
    page.now.changeWho(authorisationId);
    await until(() => page.now.hold.held?.id !== own && page.now.hold.held);
    expect(page.now.hold.held?.forName).toBe(principal?.name);
    expect(page.now.slot?.id).toBe(slotId);
    page.now.confirm.run();
    await until(() => lastVisit());
    const { items } = await agent.client.booking.listMine({ state: 'confirmed' });
    expect(items).toHaveLength(1);
  });

  it('can’t be confirmed while it is another’s, and where it is refused, the own place is free once the page is left', async () => {
    const parent = await newCitizen(phone.world);
    const agent = await signedIn();
    const { id: authorisationId } = await authorise(parent, agent);
    const at = { itemId: hall.a.itemId, hallId: hall.hallId, day: DAY };
    const [taken, free] = [
      await slotAt(phone.world, { ...at, time: '10:00' }),
      await slotAt(phone.world, { ...at, time: '10:30' }),
    ];
    // One matter is done once a day for a person: the parent has it already.
    const content = { itemId: at.itemId, slotId: taken.id };
    await parent.client.booking.reserve({ requestId: requestId(), ...content });
    const page = openHook(useConfirm, { ...at, slotId: free.id });
    await until(() => page.now.hold.held && !page.now.hold.take.busy);
    page.now.changeWho(authorisationId);
    await until(() => page.now.visit.forWhom === authorisationId);
    expect(page.now.hold.held).toBeUndefined();
    await until(() => page.now.hold.take.problem);
    expect(page.now.hold.take.problem?.code).toBe('BOOKING_LIMIT_REACHED');
    expect(page.now.hold.held).toBeUndefined();
    const remaining = async () => (await slotAt(phone.world, { ...at, time: '10:30' })).remaining;
    expect(await remaining()).toBe(0);
    page.leave();
    await placesSettled();
    expect(await remaining()).toBe(1);
  });
});

describe('the green channel in the sheet', () => {
  it('is asked for by the authorisation of who is chosen, leads to that person’s papers, and is asked anew on return', async () => {
    const parent = await newCitizen(phone.world, { idNumber: idNumberOf(811, '19700101') });
    const agent = await newCitizen(phone.world, { idNumber: idNumberOf(813, '19950101') });
    await signInAs(agent);
    const { id: authorisationId, principalName } = await authorise(parent, agent);
    const page = openHook(() => useGreen(authorisationId, true));
    await until(() => page.now.profile);
    expect(network.sent.at(-1)?.path).toBe(`/api/green?authorisationId=${authorisationId}`);
    expect(page.now.profile).toMatchObject({ mayUse: false, forName: principalName });
    expect(page.now.page).toBe(`pages/account/green/index?for=${authorisationId}`);
    const paper = { reason: 'ill', document: '医院诊断证明' } as const;
    await agent.client.people.declareGreen({ authorisationId, ...paper });
    page.show();
    await until(() => page.now.profile?.mayUse);
    expect((await agent.client.people.getGreen({})).mayUse).toBe(false);
    const own = openHook(() => useGreen(undefined, true));
    await until(() => own.now.profile);
    expect(own.now.profile).toMatchObject({ mayUse: false, forName: null });
    expect(own.now.page).toBe('pages/account/green/index');
  });

  it('says that an authorisation has ended, with a way on, and asks again when the person has been there', async () => {
    const parent = await newCitizen(phone.world, { idNumber: idNumberOf(812, '19700101') });
    const agent = await signedIn();
    const { id: authorisationId } = await authorise(parent, agent);
    await parent.client.people.endAuthorisation({ authorisationId });
    const page = openHook(() => useGreen(authorisationId, true));
    const problem = await until(() => page.now.problem);
    expect(problem.code).toBe('AUTHORISATION_NOT_VALID');
    expect(nextStep(problem, { hallId: '' })?.page).toBe('pages/account/family/index');
    const asked = network.sent.length;
    page.show();
    await until(() => network.sent.length > asked);
  });

  it('leads whoever is refused to the papers, or to the count, of the one it is for', () => {
    const refused = { text: '', code: 'GREEN_EVIDENCE_REQUIRED', signIn: false } as const;
    const page = (forWhom?: string) => nextStep(refused, { hallId: hall.hallId, forWhom })?.page;
    expect(page('01JZ000000MYGTEQAVT1EC5PCX')).toBe(
      'pages/account/green/index?for=01JZ000000MYGTEQAVT1EC5PCX',
    );
    expect(page()).toBe('pages/account/green/index');
    const full = { text: '', code: 'BOOKING_LIMIT_REACHED', signIn: false } as const;
    expect(nextStep(full, { hallId: 'h', forWhom: 'w' })?.page).toBe(
      'pages/booking/standing/index?hallId=h&for=w',
    );
  });
});

describe('a visit at home', () => {
  it('is not sent without an address, and keeps the one that was typed', async () => {
    const { world } = phone;
    const home = await newHall(world, { places: 1 });
    const em = world.dataSource.manager;
    await em.update(ItemPlaceEntity, { itemId: home.a.itemId }, { kinds: ['home'] });
    const queue = await em.findOneByOrFail(ServiceQueueEntity, { id: home.a.queueId });
    const bookingRules = queue.bookingRules.map((rule) => ({ ...rule, kind: 'home' as const }));
    await em.update(ServiceQueueEntity, { id: queue.id }, { bookingRules });
    world.get(GuideService).invalidate();
    const { client } = await signedIn();
    const at = { itemId: home.a.itemId, hallId: home.hallId, day: DAY, kind: 'home' as const };
    const { items } = await client.booking.listSlots(at);
    const page = openHook(useConfirm, { ...at, slotId: items[0]?.id });
    await until(() => page.now.hold.held);
    page.now.confirm.run();
    await until(() => page.now.contact.wrong.address);
    expect(lastVisit()).toBeUndefined();
    page.now.contact.change({ address: '鼓楼区 试验路 1 号 2 栋 301', phone: '12' });
    await until(() => page.now.contact.value.phone);
    page.now.confirm.run();
    await until(() => page.now.contact.wrong.phone);
    page.now.contact.change({ phone: '154 0000 1234' });
    await until(() => page.now.contact.value.phone.length > 4);
    page.now.confirm.run();
    await until(() => lastVisit());
    expect(network.sent.find(({ path }) => path.endsWith('/confirm'))?.body).toMatchObject({
      address: '鼓楼区 试验路 1 号 2 栋 301',
      phone: '15400001234',
    });
    page.leave();
    await placesSettled();
  });
});
