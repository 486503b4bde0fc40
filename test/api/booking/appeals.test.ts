import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit } from '../../../apps/api/src/audit/audit.service.js';
import { BookingChangeEntity } from '../../../apps/api/src/booking/booking.entity.js';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  staffOf,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { authorise } from '../../support/builders/people.js';
import { newWorld, type World } from '../../support/world.js';

const TEXT = '那天早上孩子发高烧，送去医院了，有挂号单。';
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  world.clock.set('2026-07-14T00:00:00Z');
  hall = await newHall(world, { places: 20 });
});
afterAll(() => world.close());

type Api = Person['api'];
const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
const managerOf = (hallId: string) => {
  const actor = staffOf(hallId, 'manager');
  return { actor, api: world.client(actor) };
};

async function book(api: Api, day: string, authorisationId?: string) {
  const slot = await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day, time: '10:00' });
  const whose = authorisationId ? { authorisationId } : {};
  return api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId: slot.id, ...whose });
}

/** Stands in the evening of the last of the days, with a missed booking on each. */
async function miss(api: Api, days: readonly string[], authorisationId?: string): Promise<string[]> {
  const ids: string[] = [];
  for (const day of days) {
    world.clock.set(new Date(`${day}T08:00:00+08:00`));
    ids.push((await book(api, day, authorisationId)).id);
    world.clock.set(new Date(`${day}T17:30:00+08:00`));
    await world.runRepeat('booking.mark-no-shows');
  }
  return ids;
}
const missOne = async (api: Api) => {
  const [id = ''] = await miss(api, ['2026-07-14']);
  return id;
};

describe('an appeal', () => {
  it('that the manager grants lifts the suspension, is on record, and the person is told', async () => {
    const person = await newPerson(world);
    const [, , last = ''] = await miss(person.api, ['2026-07-14', '2026-07-15', '2026-07-16']);
    const { hallId } = hall;
    expect((await person.api.people.standing({ hallId })).suspendedUntil).toBe('2026-08-16');
    expect((await person.api.booking.getMine({ bookingId: last })).actions).toEqual(['appeal']);

    const appeal = await person.api.people.appeal({ bookingId: last, text: TEXT });
    expect(appeal).toMatchObject({ state: 'open', day: '2026-07-16', itemName: '短事项', reason: null });
    expect((await person.api.booking.getMine({ bookingId: last })).actions).toEqual([]);

    const manager = managerOf(hallId);
    const [waiting] = (await manager.api.people.listHallAppeals({ state: 'open' })).items;
    expect(waiting).toMatchObject({
      id: appeal.id,
      text: TEXT,
      personName: '陈**',
      noShowsInWindow: 3,
      suspendedUntil: '2026-08-16',
      actions: ['grant', 'refuse'],
    });
    const decided = await manager.api.people.decideAppeal({ appealId: appeal.id, result: 'granted' });
    expect(decided).toMatchObject({
      state: 'granted',
      noShowsInWindow: 2,
      suspendedUntil: null,
      actions: [],
    });

    const after = await person.api.people.standing({ hallId });
    expect(after).toMatchObject({ suspendedUntil: null, mayBook: true });
    expect(after.noShows[0]).toMatchObject({ bookingId: last, excused: true, appeal: { state: 'granted' } });
    world.clock.set('2026-07-17T00:00:00Z');
    await book(person.api, '2026-07-17');

    await world.drain();
    const { items } = await person.api.notifications.listInbox({});
    expect(items.map(({ title }) => title)).toContain('爽约申诉已采纳');
    const entries = await world.get(Audit).list({ limit: 5, subjectId: last });
    expect(entries).toMatchObject([
      { action: 'appeal.grant', actorId: manager.actor.staffId, after: { excused: true } },
    ]);
    const changes = await world.dataSource
      .getRepository(BookingChangeEntity)
      .find({ where: { bookingId: last }, order: { id: 'ASC' } });
    // The no-show itself is part of the history, so that the excuse has something to refer to.
    expect(changes).toMatchObject([
      { action: 'no_show', actorKind: 'system' },
      { action: 'excuse', actorKind: 'staff', after: { excused: true } },
    ]);
  });

  it('that the manager refuses keeps the no-show, with a reason that the person reads', async () => {
    const person = await newPerson(world);
    const bookingId = await missOne(person.api);
    const { id: appealId } = await person.api.people.appeal({ bookingId, text: TEXT });
    const { api } = managerOf(hall.hallId);
    expect(await code(api.people.decideAppeal({ appealId, result: 'refused' }))).toBe('REASON_REQUIRED');
    await api.people.decideAppeal({ appealId, result: 'refused', reason: '没有提供挂号单' });
    const [mine] = (await person.api.people.listAppeals({})).items;
    expect(mine).toMatchObject({ state: 'refused', stateText: '未采纳', reason: '没有提供挂号单' });
    const { noShows } = await person.api.people.standing({ hallId: hall.hallId });
    expect(noShows[0]).toMatchObject({ excused: false, mayAppealUntil: null });
    expect(await code(person.api.people.appeal({ bookingId, text: '再说一次' }))).toBe('APPEAL_EXISTS');
    expect(await code(api.people.decideAppeal({ appealId, result: 'granted' }))).toBe('APPEAL_STATE');
    await world.drain();
    const { items } = await person.api.notifications.listInbox({});
    expect(items[0]?.title).toBe('爽约申诉未采纳');
    expect(items[0]?.body).not.toContain('挂号单');
  });

  it('is made once: the same words again get the first answer, and many at once make one', async () => {
    const person = await newPerson(world);
    const bookingId = await missOne(person.api);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => person.api.people.appeal({ bookingId, text: TEXT })),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await code(person.api.people.appeal({ bookingId, text: '别的话' }))).toBe('APPEAL_EXISTS');
  });

  it('is decided once, however many managers press at once', async () => {
    const person = await newPerson(world);
    const bookingId = await missOne(person.api);
    const { id: appealId } = await person.api.people.appeal({ bookingId, text: TEXT });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => {
        const result = index % 2 === 0 ? 'granted' : 'refused';
        return code(managerOf(hall.hallId).api.people.decideAppeal({ appealId, result, reason: '看过材料' }));
      }),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    const [mine] = (await person.api.people.listAppeals({})).items;
    const { noShows } = await person.api.people.standing({ hallId: hall.hallId });
    expect(noShows[0]?.excused).toBe(mine?.state === 'granted');
  });

  it('is for what was missed, and within 30 days', async () => {
    const person = await newPerson(world);
    const bookingId = await missOne(person.api);
    world.clock.set('2026-07-15T00:00:00Z');
    const ahead = await book(person.api, '2026-07-15');
    expect(await code(person.api.people.appeal({ bookingId: ahead.id, text: TEXT }))).toBe('BOOKING_STATE');
    world.clock.set('2026-08-13T16:00:00Z');
    expect(await code(person.api.people.appeal({ bookingId, text: TEXT }))).toBe('APPEAL_TOO_LATE');
    world.clock.advance(-1);
    expect(await code(person.api.people.appeal({ bookingId, text: TEXT }))).toBe('ok');
  });

  it('may come from the agent who booked or from the one whose matter it was, and from nobody else', async () => {
    const [agent, principal, stranger] = [
      await newCitizen(world),
      await newCitizen(world),
      await newCitizen(world),
    ];
    const { id } = await authorise(principal, agent);
    const [first = '', second = ''] = await miss(agent.client, ['2026-07-14', '2026-07-15'], id);
    expect(await code(stranger.client.people.appeal({ bookingId: first, text: TEXT }))).toBe('NOT_FOUND');
    await agent.client.people.appeal({ bookingId: first, text: TEXT });
    await principal.client.people.appeal({ bookingId: second, text: TEXT });
    expect((await agent.client.people.listAppeals({})).items).toHaveLength(1);
    expect((await principal.client.people.listAppeals({})).items).toHaveLength(1);
    expect((await stranger.client.people.listAppeals({})).items).toEqual([]);
    const [waiting] = (await managerOf(hall.hallId).api.people.listHallAppeals({ state: 'open' })).items;
    expect(waiting?.personName).toMatch(/^林\*+$/);
  });

  it('belongs to its hall: a clerk there reads it, another hall neither reads nor decides', async () => {
    const person = await newPerson(world);
    const bookingId = await missOne(person.api);
    const { id: appealId } = await person.api.people.appeal({ bookingId, text: TEXT });
    const clerk = world.client(staffOf(hall.hallId, 'clerk'));
    const [shown] = (await clerk.people.listHallAppeals({})).items;
    expect(shown).toMatchObject({ id: appealId, actions: [] });
    expect(await code(clerk.people.decideAppeal({ appealId, result: 'granted' }))).toBe('FORBIDDEN');
    const other = await newHall(world);
    const elsewhere = managerOf(other.hallId);
    expect((await elsewhere.api.people.listHallAppeals({})).items).toEqual([]);
    expect(await code(elsewhere.api.people.decideAppeal({ appealId, result: 'granted' }))).toBe('NOT_FOUND');
  });

  it('is paged: what waits in the order it came, the rest newest first', async () => {
    const people = [await newPerson(world), await newPerson(world), await newPerson(world)];
    const ids: string[] = [];
    for (const { api } of people) {
      const bookingId = await missOne(api);
      ids.push((await api.people.appeal({ bookingId, text: TEXT })).id);
      world.clock.advance(1000);
    }
    const { api } = managerOf(hall.hallId);
    const first = await api.people.listHallAppeals({ state: 'open', limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const cursor = first.nextCursor ?? '';
    const rest = await api.people.listHallAppeals({ state: 'open', limit: 2, cursor });
    expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(2));
    expect((await api.people.listHallAppeals({})).items.map(({ id }) => id)).toEqual([...ids].reverse());
  });
});
