import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { authorise, authoriseByDesk } from '../../support/builders/people.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { newStaff } from '../../support/builders/staff.js';
import { usePolicy } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

const NOW = '2026-07-14T01:30:00Z';
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  world.clock.set(NOW);
  hall = await newHall(world, { places: 20 });
});
afterAll(() => world.close());

interface Wish {
  readonly day: string;
  readonly time?: string;
  readonly itemId?: string;
  readonly authorisationId?: string;
}
type Api = Person['api'];

async function input({ day, time = '10:00', itemId = hall.a.itemId, authorisationId }: Wish) {
  const slot = await slotAt(world, { hallId: hall.hallId, itemId, day, time });
  return { requestId: requestId(), itemId, slotId: slot.id, ...(authorisationId ? { authorisationId } : {}) };
}
const book = async (api: Api, wish: Wish) => api.booking.reserve(await input(wish));
const standing = (api: Api, more: { day?: string; authorisationId?: string } = {}) =>
  api.people.standing({ hallId: hall.hallId, ...more });
const left = async (api: Api, more: { day?: string; authorisationId?: string } = {}) =>
  Object.fromEntries((await standing(api, more)).limits.map((use) => [use.rule, use.left]));
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as { code: string; message: string; details?: Record<string, unknown> },
  );
const code = async (call: Promise<unknown>) => (await refusal(call))?.code ?? 'ok';

/** Misses a booking on each of these days, and stands on the day after the last. */
async function miss(api: Api, days: readonly string[], itemId?: string): Promise<string[]> {
  const ids: string[] = [];
  for (const day of days) {
    world.clock.set(new Date(`${day}T08:00:00+08:00`));
    ids.push((await book(api, { day, ...(itemId ? { itemId } : {}) })).id);
    world.clock.set(new Date(`${day}T17:30:00+08:00`));
    await world.runRepeat('booking.mark-no-shows');
  }
  return ids;
}

describe('what a person may still book', () => {
  it('is told before the rule bites: so many a day, week, month and at once, and the last one with a warning', async () => {
    const { api } = await newPerson(world);
    expect(await left(api, { day: '2026-07-15' })).toEqual({ day: 2, week: 5, month: 15, open: 3 });
    const first = await standing(api, { day: '2026-07-15' });
    expect(first).toMatchObject({ forName: null, mayBook: true, barText: null, warnings: [], noShows: [] });
    expect(first.rules.length).toBeGreaterThan(3);
    await book(api, { day: '2026-07-15' });
    await book(api, { day: '2026-07-16' });
    expect(await left(api, { day: '2026-07-15' })).toEqual({ day: 1, week: 3, month: 13, open: 1 });
    expect((await standing(api, { day: '2026-07-20' })).warnings).toEqual([
      '这是您能同时保留的最后 1 个预约，约好后要办完或取消一个才能再约。',
    ]);
  });

  it('counts a place that is only held, and no more once it has run out or was given back', async () => {
    const { api } = await newPerson(world);
    const held = await api.booking.hold(await input({ day: '2026-07-15' }));
    expect(await left(api, { day: '2026-07-15' })).toMatchObject({ day: 1, open: 2 });
    await api.booking.release({ bookingId: held.id });
    expect(await left(api, { day: '2026-07-15' })).toMatchObject({ day: 2, open: 3 });
    await api.booking.hold(await input({ day: '2026-07-15' }));
    world.clock.advance(5 * 60_000);
    expect(await left(api, { day: '2026-07-15' })).toMatchObject({ day: 2, open: 3 });
  });

  it('is refused with the rule, its numbers, until when, and what to do', async () => {
    const { api } = await newPerson(world);
    for (const day of ['2026-07-15', '2026-07-16', '2026-07-17']) await book(api, { day });
    const open = await refusal(book(api, { day: '2026-07-20' }));
    expect(open).toMatchObject({
      code: 'BOOKING_LIMIT_REACHED',
      details: { rule: 'open', used: 3, limit: 3, until: null },
    });
    const { barText } = await standing(api, { day: '2026-07-20' });
    expect([open?.message, open?.details?.['text']]).toEqual([barText, barText]);
    const other = await newPerson(world);
    await book(other.api, { day: '2026-07-15' });
    expect(await refusal(book(other.api, { day: '2026-07-15', time: '11:00' }))).toMatchObject({
      code: 'BOOKING_LIMIT_REACHED',
      details: { rule: 'item', until: '2026-07-16', text: expect.stringContaining('同一事项') },
    });
    await book(other.api, { day: '2026-07-15', itemId: hall.a.longItemId });
    expect(await refusal(book(other.api, { day: '2026-07-15', itemId: hall.b.itemId }))).toMatchObject({
      details: { rule: 'day', used: 2, limit: 2, until: '2026-07-16' },
    });
  });

  it('is asked of a hall that exists, by somebody with a real name', async () => {
    const { api } = await newPerson(world, { realName: false });
    expect(await code(standing(api))).toBe('REAL_NAME_REQUIRED');
    const named = await newPerson(world);
    const nowhere = { hallId: hall.a.queueId };
    expect(await code(named.api.people.standing(nowhere))).toBe('HALL_NOT_FOUND');
  });
});

describe('no-shows', () => {
  it('are shown with a warning before the one that suspends, and then with the end of the suspension', async () => {
    const { api } = await newPerson(world);
    await miss(api, ['2026-07-14', '2026-07-15']);
    const warned = await standing(api);
    expect(warned.noShows.map(({ day }) => day)).toEqual(['2026-07-15', '2026-07-14']);
    expect(warned.noShows[0]).toMatchObject({
      itemName: '短事项',
      mayAppealUntil: '2026-08-14',
      appeal: null,
    });
    expect(warned.warnings).toEqual([expect.stringContaining('再有 1 次就会暂停网上预约 30 天')]);
    await miss(api, ['2026-07-16']);
    const suspended = await standing(api);
    expect(suspended).toMatchObject({ mayBook: false, suspendedUntil: '2026-08-16', warnings: [] });
    expect(suspended.barText).toContain('8月16日');
    world.clock.set('2026-07-17T00:30:00Z');
    expect(await refusal(book(api, { day: '2026-07-20' }))).toMatchObject({
      code: 'BOOKING_SUSPENDED',
      details: { rule: 'no_show', used: 3, limit: 3, until: '2026-08-16', text: suspended.barText },
    });
  });
});

describe('a suspension that is longer than the months of which limits are counted', () => {
  it('lasts as long as it was said, though its first no-show is half a year old', async () => {
    await usePolicy(world, hall.hallId, {
      noShow: { count: 2, withinDays: 90, suspendDays: 120, calendarMonth: false },
    });
    const { api } = await newPerson(world);
    await miss(api, ['2026-07-14', '2026-09-14']);
    const until = '2027-01-13';
    expect(await standing(api)).toMatchObject({ mayBook: false, suspendedUntil: until });
    world.clock.set('2027-01-12T09:00:00+08:00');
    expect(await standing(api)).toMatchObject({ mayBook: false, suspendedUntil: until });
    expect(await code(book(api, { day: '2027-01-13' }))).toBe('BOOKING_SUSPENDED');
    world.clock.set('2027-01-13T09:00:00+08:00');
    expect(await code(book(api, { day: '2027-01-13' }))).toBe('ok');
  });
});

describe('whoever is booked for', () => {
  let agent: TestCitizen;
  let principal: TestCitizen;
  let authorisationId: string;
  beforeEach(async () => {
    agent = await newCitizen(world);
    principal = await newCitizen(world);
    authorisationId = (await authorise(principal, agent)).id;
  });

  it('has limits of their own: the agent’s stay as they are', async () => {
    const booking = await book(agent.client, { day: '2026-07-15', authorisationId });
    expect(booking.forName).toMatch(/^林\*+$/);
    expect(booking.authorisationId).toBe(authorisationId);
    expect(await left(agent.client, { day: '2026-07-15' })).toMatchObject({ day: 2, open: 3 });
    expect(await left(agent.client, { day: '2026-07-15', authorisationId })).toMatchObject({
      day: 1,
      open: 2,
    });
    expect(await left(principal.client, { day: '2026-07-15' })).toMatchObject({ day: 1, open: 2 });
    const shown = await standing(agent.client, { day: '2026-07-15', authorisationId });
    expect(shown.forName).toBe(booking.forName);
  });

  it('is counted together over two agents and the own phone, however they hurry', async () => {
    const second = await newCitizen(world);
    const { id } = await authorise(principal, second);
    const days = ['2026-07-15', '2026-07-16', '2026-07-17', '2026-07-20', '2026-07-21', '2026-07-22'];
    const inputs = await Promise.all(days.map((day) => input({ day })));
    const answers = await Promise.all(
      inputs.map((each, index) => {
        if (index % 3 === 0) return code(principal.client.booking.reserve(each));
        return index % 3 === 1
          ? code(agent.client.booking.reserve({ ...each, authorisationId }))
          : code(second.client.booking.reserve({ ...each, authorisationId: id }));
      }),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(3);
    expect(new Set(answers)).toEqual(new Set(['ok', 'BOOKING_LIMIT_REACHED']));
    expect(await left(principal.client)).toMatchObject({ open: 0 });
  });

  it('is no longer booked for once the authorisation has ended: neither anew nor what is only held', async () => {
    const held = await agent.client.booking.hold(await input({ day: '2026-07-15', authorisationId }));
    const other = await book(agent.client, { day: '2026-07-16', authorisationId });
    await principal.client.people.endAuthorisation({ authorisationId });
    expect(await code(agent.client.booking.confirm({ bookingId: held.id }))).toBe('AUTHORISATION_NOT_VALID');
    expect(await code(book(agent.client, { day: '2026-07-17', authorisationId }))).toBe(
      'AUTHORISATION_NOT_VALID',
    );
    expect(await code(standing(agent.client, { authorisationId }))).toBe('AUTHORISATION_NOT_VALID');
    // What is booked stays booked, and the place can still be given back.
    expect((await agent.client.booking.getMine({ bookingId: other.id })).state).toBe('confirmed');
    expect((await agent.client.booking.release({ bookingId: held.id })).state).toBe('expired');
  });

  it('is nobody that a stranger may book or ask for', async () => {
    const stranger = await newCitizen(world);
    expect(await code(book(stranger.client, { day: '2026-07-15', authorisationId }))).toBe(
      'AUTHORISATION_NOT_VALID',
    );
    expect(await code(standing(stranger.client, { authorisationId }))).toBe('AUTHORISATION_NOT_VALID');
  });

  it('is suspended for what any agent missed, and the agent is not; each sees what is theirs to see', async () => {
    const { client: api } = principal;
    const ids = await miss(api, ['2026-07-15', '2026-07-16']);
    world.clock.set('2026-07-17T00:00:00Z');
    const booking = await book(agent.client, { day: '2026-07-17', authorisationId });
    world.clock.set('2026-07-17T09:30:00Z');
    await world.runRepeat('booking.mark-no-shows');
    const own = await standing(api);
    expect(own.suspendedUntil).toBe('2026-08-17');
    expect(own.noShows.map(({ bookingId }) => bookingId)).toEqual([booking.id, ...ids.reverse()]);
    const agents = await standing(agent.client, { authorisationId });
    expect(agents).toMatchObject({ suspendedUntil: '2026-08-17', mayBook: false });
    expect(agents.noShows.map(({ bookingId }) => bookingId)).toEqual([booking.id]);
    expect((await standing(agent.client)).suspendedUntil).toBeNull();
  });

  it('has no account, and is counted all the same', async () => {
    const elder = { name: '陈阿婆', idNumber: idNumberOf(9, '19440101') };
    const clerk = await newStaff(world);
    const second = await newCitizen(world);
    const mine = await authoriseByDesk(clerk, agent, elder);
    const theirs = await authoriseByDesk(clerk, second, elder);
    await book(agent.client, { day: '2026-07-15', authorisationId: mine.id });
    await book(second.client, { day: '2026-07-16', authorisationId: theirs.id });
    expect(await left(agent.client, { authorisationId: mine.id })).toMatchObject({ open: 1, week: 3 });
  });
});
