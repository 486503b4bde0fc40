import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ratingTags } from '@haoban/domain';
import { InboxMessageEntity } from '../../../apps/api/src/notifications/notification.entity.js';
import { RatingEntity, RatingInvitationEntity } from '../../../apps/api/src/ratings/rating.entity.js';
import { RatingInviteService } from '../../../apps/api/src/ratings/rating-invite.service.js';
import { itemLike, openCase, requestId, servedVisit, toGranted } from '../../support/builders/cases.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { cityIds, seedCity } from '../../support/builders/city.js';
import { newStaff } from '../../support/builders/queue.js';
import { closedCase, endedVisit, rate, rateVisit } from '../../support/builders/ratings.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld();
  await seedCity(world);
});
beforeEach(() => world.clock.set('2026-07-14T01:30:00Z'));
afterAll(() => world.close());

const refusal = (code: string) => ({ code });
const DAY_MS = 24 * 3600_000;
const hallId = () => cityIds.hall('RC-SM');

describe('the invitation', () => {
  it('comes with the end of a visit and of a case, and tells until when', async () => {
    const visit = await endedVisit(world);
    const [first] = (await visit.citizen.client.ratings.invitations()).items;
    expect(first).toMatchObject({
      subject: 'visit',
      subjectId: visit.ticketId,
      endedAt: '2026-07-14T01:30:00.000Z',
      openUntil: '2026-07-21T01:30:00.000Z',
      deskLabel: expect.stringMatching(/窗口$/),
    });
    const { citizen, caseId, opened } = await closedCase(world);
    const { items } = await citizen.client.ratings.invitations();
    expect(items.map(({ subject }) => subject).sort()).toEqual(['case', 'visit']);
    expect(items.find(({ subjectId }) => subjectId === caseId)?.title).toBe(`办件 ${opened.caseNo}`);
  });

  it('is written once, however often it is asked for', async () => {
    const invite = {
      subject: 'visit' as const,
      subjectId: requestId().slice(4),
      citizenId: (await newCitizen(world)).id,
      hallId: hallId(),
      title: 'A001 事项',
      itemName: '事项'.repeat(60),
      deskLabel: null,
      staffId: null,
      endedAt: world.now.toISOString(),
    };
    const invites = world.get(RatingInviteService);
    await Promise.all(Array.from({ length: 8 }, () => invites.invite(invite)));
    const rows = world.dataSource.getRepository(RatingInvitationEntity);
    expect(await rows.countBy({ subjectId: invite.subjectId })).toBe(1);
  });

  it('disappears when it is answered or after seven days', async () => {
    const visit = await endedVisit(world);
    const shown = async () => (await visit.citizen.client.ratings.invitations()).items.length;
    world.clock.advance(7 * DAY_MS);
    expect(await shown()).toBe(1);
    world.clock.advance(1);
    expect(await shown()).toBe(0);
    world.clock.advance(-DAY_MS);
    await rateVisit(visit);
    expect(await shown()).toBe(0);
  });
});

describe('rating', () => {
  it('is kept as given, anonymous unless said otherwise', async () => {
    const visit = await endedVisit(world);
    const tags = [...ratingTags[4]].slice(0, 2);
    const given = await rateVisit(visit, { level: 4, tags, comment: '办得快' });
    expect(given).toMatchObject({ level: 4, levelText: '满意', tags, comment: '办得快', anonymous: true });
    expect((await visit.citizen.client.ratings.listMine({})).items).toEqual([given]);
    const ticket = await visit.citizen.client.queue.getMine({ ticketId: visit.ticketId });
    expect(ticket.actions).not.toContain('rate');
  });

  it('of a case closes its button and leaves a line without the level, for the applicant only', async () => {
    const { citizen, caseId, clerk } = await closedCase(world);
    expect((await citizen.client.cases.getMine({ caseId })).actions).toContain('rate');
    await rate(citizen, 'case', caseId, { level: 1 });
    const mine = await citizen.client.cases.getMine({ caseId });
    expect(mine.rated).toBe(true);
    expect(mine.actions).not.toContain('rate');
    expect(mine.timeline.at(-1)).toMatchObject({ kind: 'rating', title: '已评价，感谢您的反馈', text: null });
    const staffSees = await clerk.api.cases.getOfHall({ caseId });
    expect(staffSees.timeline.map(({ kind }) => kind)).not.toContain('rating');
  });

  it('is open to the last millisecond of seven days, and shut the next', async () => {
    const inTime = await endedVisit(world);
    const tooLate = await endedVisit(world);
    world.clock.advance(7 * DAY_MS);
    expect((await rateVisit(inTime)).level).toBe(5);
    world.clock.advance(1);
    await expect(rateVisit(tooLate)).rejects.toMatchObject(refusal('RATING_CLOSED'));
  });

  it('is refused while the service lasts, and where it never took place', async () => {
    const citizen = await newCitizen(world);
    const { ticketId } = await servedVisit(world, await itemLike(world), citizen);
    await expect(rate(citizen, 'visit', ticketId)).rejects.toMatchObject(refusal('RATING_NOT_YET'));
    const opened = await openCase(world);
    await toGranted(opened);
    await expect(rate(opened.citizen, 'case', opened.caseId)).rejects.toMatchObject(
      refusal('RATING_NOT_YET'),
    );
    const gone = await newCitizen(world);
    const { itemId } = await itemLike(world);
    const ticket = await gone.client.queue.takeTicket({ requestId: requestId(), hallId: hallId(), itemId });
    await gone.client.queue.leave({ ticketId: ticket.id });
    await expect(rate(gone, 'visit', ticket.id)).rejects.toMatchObject(refusal('RATING_NOT_YET'));
  });

  it('does not wait for the job that invites', async () => {
    const citizen = await newCitizen(world);
    const { ticketId, desk } = await servedVisit(world, await itemLike(world), citizen);
    await desk.finish();
    expect((await rate(citizen, 'visit', ticketId, { level: 3 })).level).toBe(3);
    await world.drain();
    const rows = world.dataSource.getRepository(RatingInvitationEntity);
    expect(await rows.countBy({ subjectId: ticketId })).toBe(1);
  });

  it('asks nobody by message for what they have rated before the invitation came', async () => {
    const { citizen, ...visit } = await endedVisit(world);
    // As if the worker had not come to it yet.
    await world.dataSource.manager.delete(RatingInvitationEntity, { subjectId: visit.ticketId });
    await world.dataSource.manager.delete(InboxMessageEntity, { citizenId: citizen.id });
    await rateVisit({ citizen, ...visit });
    await world.drain();
    expect((await citizen.client.notifications.listInbox({})).items).toEqual([]);
  });

  it('is given once; a retry gets the first answer, another content is refused', async () => {
    const visit = await endedVisit(world);
    const id = requestId();
    const first = await rateVisit(visit, { requestId: id, level: 5, tags: [ratingTags[5][0] ?? ''] });
    const again = await rateVisit(visit, { requestId: id, level: 5, tags: [ratingTags[5][0] ?? ''] });
    expect(again).toEqual(first);
    await expect(rateVisit(visit, { requestId: id, level: 1 })).rejects.toMatchObject(
      refusal('REQUEST_ID_REUSED'),
    );
    await expect(rateVisit(visit)).rejects.toMatchObject(refusal('RATING_ALREADY_GIVEN'));
  });

  it('takes tags of its level only, each once, and a comment of 500 characters', async () => {
    const visit = await endedVisit(world);
    const [bad = ''] = ratingTags[1];
    const [good = ''] = ratingTags[5];
    for (const tags of [[bad], [good, good], ['自己写的']]) {
      await expect(rateVisit(visit, { level: 5, tags })).rejects.toMatchObject(refusal('RATING_TAG_INVALID'));
    }
    for (const wrong of [{ level: 0 }, { level: 6 }, { level: 2.5 }, { comment: '长'.repeat(501) }]) {
      await expect(rateVisit(visit, wrong)).rejects.toMatchObject(refusal('VALIDATION_FAILED'));
    }
    const given = await rateVisit(visit, { level: 5, tags: [good], comment: '好'.repeat(500) });
    expect(given.comment).toHaveLength(500);
  });

  it('is the person’s own: for others the visit does not exist', async () => {
    const visit = await endedVisit(world);
    const opened = await closedCase(world);
    const other = await newCitizen(world);
    await expect(rate(other, 'visit', visit.ticketId)).rejects.toMatchObject(refusal('NOT_FOUND'));
    await expect(rate(other, 'case', opened.caseId)).rejects.toMatchObject(refusal('NOT_FOUND'));
    await expect(rate(other, 'case', visit.ticketId)).rejects.toMatchObject(refusal('NOT_FOUND'));
    expect((await other.client.ratings.listMine({})).items).toEqual([]);
  });

  it('happens once where twenty arrive together', async () => {
    const visit = await endedVisit(world);
    const many = await Promise.allSettled(Array.from({ length: 20 }, () => rateVisit(visit)));
    const codes = many.map((each) =>
      each.status === 'fulfilled' ? 'ok' : (each.reason as { code: string }).code,
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['ok', 'RATING_ALREADY_GIVEN']));
    const rows = world.dataSource.getRepository(RatingEntity);
    expect(await rows.countBy({ subjectId: visit.ticketId })).toBe(1);
    const retried = await endedVisit(world);
    const id = requestId();
    const same = await Promise.all(Array.from({ length: 10 }, () => rateVisit(retried, { requestId: id })));
    expect(new Set(same.map((each) => each.id)).size).toBe(1);
  });
});

describe('what staff see', () => {
  it('names who wished to be named, masked, and gives no way to those who did not', async () => {
    const [open, hidden] = [await endedVisit(world), await endedVisit(world)];
    const named = await rateVisit(open, { anonymous: false, level: 4 });
    const secret = await rateVisit(hidden, { level: 2, comment: '等太久' });
    const manager = await newStaff(world, hallId(), 'manager');
    const { items } = await manager.api.ratings.listOfHall({});
    const [first, second] = items;
    expect(first).toMatchObject({ id: secret.id, citizenName: '匿名', negative: true, comment: '等太久' });
    expect(first?.subjectId).toBe(secret.id);
    expect(JSON.stringify(first)).not.toContain(hidden.ticketId);
    expect(first?.title).toBe(first?.itemName);
    expect(second).toMatchObject({ id: named.id, subjectId: open.ticketId, negative: false });
    expect(second?.citizenName).toMatch(/^林\*+$/);
    const bad = await manager.api.ratings.listOfHall({ negative: 'true' });
    expect(bad.items.every(({ level }) => level <= 2)).toBe(true);
    const good = await manager.api.ratings.listOfHall({ negative: 'false', limit: 1 });
    expect(good.items.map(({ id }) => id)).toEqual([named.id]);
    expect(good.nextCursor).toBe(named.id);
  });

  it('is their own hall only', async () => {
    const elsewhere = await newStaff(world, cityIds.hall('RC-XZ'), 'manager');
    expect((await elsewhere.api.ratings.listOfHall({})).items).toEqual([]);
  });
});

describe('the published figures', () => {
  it('never count silence as satisfied, and stand beside the participation', async () => {
    const fresh = await newWorld();
    try {
      await seedCity(fresh);
      const ask = () => fresh.client().ratings.hallIndicators({ hallId: hallId() });
      expect(await ask()).toMatchObject({ goodRate: null, rated: 0, ratable: 0, participation: null });
      const visits = [];
      for (let n = 0; n < 5; n++) visits.push(await endedVisit(fresh));
      expect(await ask()).toMatchObject({ goodRate: null, rated: 0, ratable: 5, participation: 0 });
      for (const [index, level] of [5, 3, 2, 1].entries()) {
        const visit = visits[index];
        if (visit) await rateVisit(visit, { level });
      }
      const figures = await ask();
      expect(figures).toMatchObject({ goodRate: 0.5, rated: 4, ratable: 5, participation: 0.8 });
      expect(figures.byLevel.map(({ level, count }) => [level, count])).toEqual([
        [5, 1],
        [4, 0],
        [3, 1],
        [2, 1],
        [1, 1],
      ]);
      const display = () => fresh.client().queue.display({ hallId: hallId() });
      expect((await display()).goodRate).toBe(0.5);
      fresh.clock.advance(DAY_MS);
      expect((await display()).goodRate).toBeNull();
    } finally {
      await fresh.close();
    }
  });

  it('are of halls that exist', async () => {
    await expect(
      world.client().ratings.hallIndicators({ hallId: cityIds.item('id-card-renew') }),
    ).rejects.toMatchObject(refusal('HALL_NOT_FOUND'));
  });

  it('leave out who came without an account', async () => {
    const before = (await world.client().ratings.hallIndicators({ hallId: hallId() })).ratable;
    const { desk } = await servedVisit(world, await itemLike(world));
    await desk.finish();
    await world.drain();
    expect((await world.client().ratings.hallIndicators({ hallId: hallId() })).ratable).toBe(before);
  });
});

describe('the options', () => {
  it('give every level its word and its own tags, best first', async () => {
    const { levels } = await world.client().ratings.options();
    expect(levels.map(({ text }) => text)).toEqual(['非常满意', '满意', '基本满意', '不满意', '非常不满意']);
    expect(levels.every(({ tags }) => tags.length > 0)).toBe(true);
  });
});
