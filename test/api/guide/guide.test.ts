import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addWorkingTime, instantAt, workingTimeBetween } from '@haoban/domain';
import { newId } from '../../../apps/api/src/common/id.js';
import { CalendarService } from '../../../apps/api/src/guide/calendar.service.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { HallDayEntity } from '../../../apps/api/src/guide/hall.entity.js';
import { cityIds, seedCity } from '../../support/builders/city.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { demoStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const NOW = '2026-07-14T01:30:00Z';
const unknown = newId();
let world: World;
const residents = cityIds.hall('RC-SM');
const companies = cityIds.hall('RC-XZ');

beforeAll(async () => {
  world = await newWorld({ now: NOW });
  await seedCity(world);
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(NOW));

const refusal = (code: string) => expect.objectContaining({ code });

describe('halls', () => {
  it('are listed with whether and when they are open today', async () => {
    const { items } = await world.client().guide.listHalls({});
    expect(items.map(({ code }) => code)).toEqual(['RC-SM', 'RC-XZ']);
    expect(items[0]?.today).toEqual({
      day: '2026-07-14',
      open: true,
      periods: [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '17:00' },
      ],
    });
  });

  it('show the hours of today and the six days after, with the weekend service', async () => {
    const { week } = await world.client().guide.getHall({ hallId: residents });
    expect(week.map(({ day }) => day)).toEqual([14, 15, 16, 17, 18, 19, 20].map((day) => `2026-07-${day}`));
    expect(week[4]).toEqual({
      day: '2026-07-18',
      periods: [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '16:30' },
      ],
      note: '周末服务',
    });
    const other = await world.client().guide.getHall({ hallId: companies });
    expect(other.week[4]).toEqual({ day: '2026-07-18', periods: [], note: '周末不对外服务' });
  });

  it('are shut on public holidays, and a weekend that is worked for one has the hours of a weekday', async () => {
    world.clock.set('2026-10-05T02:00:00Z');
    const { today, week } = await world.client().guide.getHall({ hallId: residents });
    expect(today).toMatchObject({ open: false, periods: [] });
    expect(week[0]?.note).toBe('国庆节放假');
    expect(week[5]).toEqual({
      day: '2026-10-10',
      periods: [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '17:00' },
      ],
      note: '国庆节调休，正常上班',
    });
  });

  it('follow a day of their own before the weekly plan and the holidays', async () => {
    const day = '2026-10-06';
    const periods = [{ from: 540, to: 660 }];
    const row = { id: newId(), hallId: residents, day, periods, note: '国庆值班' };
    await world.dataSource.manager.insert(HallDayEntity, row);
    world.get(GuideService).invalidate();
    expect(await world.get(CalendarService).openPeriods(residents, day)).toEqual(periods);
    world.clock.set('2026-10-06T02:00:00Z');
    const { week } = await world.client().guide.getHall({ hallId: residents });
    expect(week[0]).toEqual({ day, periods: [{ from: '09:00', to: '11:00' }], note: '国庆值班' });
    await world.dataSource.manager.delete(HallDayEntity, { id: row.id });
    world.get(GuideService).invalidate();
  });

  it('open only on weekdays in a year whose holidays are not known, and say so', async () => {
    world.clock.set('2090-07-14T02:00:00Z');
    const { week } = await world.client().guide.getHall({ hallId: residents });
    expect(week[0]).toMatchObject({ day: '2090-07-14', note: '节假日安排尚未公布，请以中心公告为准' });
    expect(week[0]?.periods).not.toEqual([]);
    expect(week[1]).toEqual({
      day: '2090-07-15',
      periods: [],
      note: '节假日安排尚未公布，请以中心公告为准',
    });
  });

  it('that do not exist are HALL_NOT_FOUND', async () => {
    await expect(world.client().guide.getHall({ hallId: unknown })).rejects.toEqual(
      refusal('HALL_NOT_FOUND'),
    );
  });
});

describe('the calendar of a hall', () => {
  it('counts promised workdays over a holiday and the weekends that are worked for it', async () => {
    const calendar = await world.get(CalendarService).forHall(residents);
    // Wednesday before the National Day: Thursday 1 to 7 October are holidays, Saturday 10 is worked.
    const accepted = instantAt('2026-09-30', 600);
    const due = addWorkingTime(accepted, { value: 3, unit: 'workday' }, calendar);
    expect(due).toEqual(instantAt('2026-10-10', 17 * 60));
    expect(workingTimeBetween(accepted, due, 'workday', calendar)).toBe(3);
  });

  it('lets hours run while the hall is open, at weekends too', async () => {
    const calendar = await world.get(CalendarService).forHall(residents);
    const due = addWorkingTime(instantAt('2026-07-18', 11 * 60), { value: 2, unit: 'hour' }, calendar);
    expect(due).toEqual(instantAt('2026-07-18', 14 * 60 + 30));
  });
});

describe('departments', () => {
  it('are listed with the number of their items, those of one hall where it is named', async () => {
    const { items } = await world.client().guide.listDepartments({});
    const all = await world.client().guide.listItems({ limit: 100 });
    expect(items.reduce((sum, { itemCount }) => sum + itemCount, 0)).toBe(all.total);
    const ofHall = await world.client().guide.listDepartments({ hallId: companies });
    expect(ofHall.items.length).toBeGreaterThan(0);
    expect(ofHall.items.length).toBeLessThan(items.length);
    expect(ofHall.items.every(({ itemCount }) => itemCount > 0)).toBe(true);
    expect((await world.client().guide.listDepartments({ hallId: unknown })).items).toEqual([]);
  });
});

describe('items', () => {
  const list = (filter: Parameters<ReturnType<World['client']>['guide']['listItems']>[0]) =>
    world.client().guide.listItems({ limit: 100, ...filter });

  it('come most asked for first, in pages that join without gap or overlap', async () => {
    const all = await list({});
    const paged: string[] = [];
    for (let offset = 0; offset < all.total; offset += 7) {
      const page = await list({ offset, limit: 7 });
      expect(page.total).toBe(all.total);
      paged.push(...page.items.map(({ id }) => id));
    }
    expect(paged).toEqual(all.items.map(({ id }) => id));
    expect(new Set(paged).size).toBe(all.total);
    expect((await list({ offset: 10_000 })).items).toEqual([]);
  });

  it.each([
    ['zeroVisit', (item: { zeroVisit: boolean }) => item.zeroVisit],
    ['bookable', (item: { bookable: boolean }) => item.bookable],
    ['courier', (item: { courierAllowed: boolean }) => item.courierAllowed],
    ['instant', (item: { kind: string }) => item.kind === 'instant'],
  ] as const)('are split by the flag %s', async (flag, holds) => {
    const [with_, without, all] = [
      await list({ [flag]: 'true' }),
      await list({ [flag]: 'false' }),
      await list({}),
    ];
    expect(with_.total).toBeGreaterThan(0);
    expect(with_.items.every((item) => holds(item as never))).toBe(true);
    expect(without.items.some((item) => holds(item as never))).toBe(false);
    expect(with_.total + without.total).toBe(all.total);
  });

  it('are filtered by hall, department and audience together with a search', async () => {
    const { items: departments } = await world.client().guide.listDepartments({ hallId: residents });
    const department = departments[0];
    const found = await list({ hallId: residents, departmentId: department?.id, audience: 'person' });
    expect(found.total).toBeGreaterThan(0);
    expect(found.items.every(({ departmentId }) => departmentId === department?.id)).toBe(true);
    expect(found.items.every(({ hallIds }) => hallIds.includes(residents))).toBe(true);
    const narrowed = await list({ q: 'sfz', hallId: residents });
    expect(narrowed.items.map(({ name }) => name)).toContain('居民身份证到期换领');
    expect((await list({ q: 'sfz', hallId: unknown })).total).toBe(0);
  });

  it('that can share a visit with another are those of its queue, and never the item itself', async () => {
    const one = cityIds.item('id-card-renew');
    const { places } = await world.client().guide.getItem({ itemId: one });
    const found = await list({ togetherWith: one, hallId: residents, bookable: 'true' });
    expect(found.total).toBeGreaterThan(0);
    for (const { id } of found.items) {
      const other = await world.client().guide.getItem({ itemId: id });
      expect(other.places.map(({ queueId }) => queueId)).toContain(places[0]?.queueId);
    }
    expect(found.items.map(({ id }) => id)).not.toContain(one);
    expect((await list({ togetherWith: one, hallId: companies })).total).toBe(0);
    expect((await list({ togetherWith: unknown })).total).toBe(0);
  });

  it('refuse a query that is too long and a limit that is out of range', async () => {
    await expect(list({ q: '一'.repeat(51) })).rejects.toEqual(refusal('VALIDATION_FAILED'));
    await expect(list({ limit: 101 })).rejects.toEqual(refusal('VALIDATION_FAILED'));
  });

  it('tell all there is to know: materials, time, fee, place and law', async () => {
    const item = await world.client().guide.getItem({ itemId: cityIds.item('id-card-renew') });
    expect(item).toMatchObject({
      name: '居民身份证到期换领',
      kind: 'promised',
      promised: { value: 7, unit: 'workday' },
      feeFen: 2000,
      courierAllowed: true,
      certificateName: '居民身份证',
    });
    expect(item.code).toHaveLength(31);
    expect(item.places).toEqual([
      expect.objectContaining({
        hallId: residents,
        floor: '一层',
        zone: 'C 区',
        queueName: '户政出入境',
        slotMinutes: 15,
      }),
    ]);
    expect(item.materials.map(({ name }) => name)).toContain('居民身份证申领登记表');
    expect(item.legalBasis.length).toBeGreaterThan(0);
  });

  it('that do not exist are ITEM_NOT_FOUND', async () => {
    await expect(world.client().guide.getItem({ itemId: unknown })).rejects.toEqual(
      refusal('ITEM_NOT_FOUND'),
    );
  });

  it('show a specimen of each material; one that does not exist is NOT_FOUND', async () => {
    const { materials } = await world.client().guide.getItem({ itemId: cityIds.item('id-card-renew') });
    const { title, svg } = await world.client().guide.getSample({ materialId: materials[0]?.id ?? '' });
    expect(title).toBe(materials[0]?.name);
    expect(svg).toContain('林晓榕');
    await expect(world.client().guide.getSample({ materialId: unknown })).rejects.toEqual(
      refusal('NOT_FOUND'),
    );
  });
});

describe('what other features ask', () => {
  it('is where an item is handled, or why not', async () => {
    const guide = world.get(GuideService);
    const itemId = cityIds.item('id-card-renew');
    const { hall, queue } = await guide.getPlace(itemId, residents);
    expect([hall.code, queue.code]).toEqual(['RC-SM', 'SM-C']);
    await expect(guide.getPlace(itemId, companies)).rejects.toEqual(refusal('ITEM_NOT_OFFERED'));
    await expect(guide.getPlace(unknown, residents)).rejects.toEqual(refusal('ITEM_NOT_FOUND'));
    await expect(guide.getPlace(itemId, unknown)).rejects.toEqual(refusal('HALL_NOT_FOUND'));
    await expect(guide.getQueue(unknown)).rejects.toEqual(refusal('QUEUE_NOT_FOUND'));
    await expect(guide.materialsOf(unknown)).rejects.toEqual(refusal('ITEM_NOT_FOUND'));
    const prefixes = (await guide.queuesOfHall(residents)).map(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect((await guide.materialsOf(itemId)).map(({ position }) => position)).toEqual([1, 2, 3]);
  });
});

describe('the guide is open to', () => {
  it('strangers, citizens and every role of staff alike', async () => {
    const citizen = await newCitizen(world);
    const roles = ['clerk01', 'courier01', 'manager01', 'display01', 'admin'];
    const clients = [world.client(), citizen.client, ...roles.map((name) => demoStaff(world, name).client)];
    const { materials } = await world.client().guide.getItem({ itemId: cityIds.item('passport') });
    for (const { guide } of clients) {
      await Promise.all([
        guide.listHalls({}),
        guide.getHall({ hallId: residents }),
        guide.listDepartments({}),
        guide.listItems({}),
        guide.getItem({ itemId: cityIds.item('passport') }),
        guide.getSample({ materialId: materials[0]?.id ?? '' }),
      ]);
    }
  });

  it('someone whose sign-in has run out', async () => {
    const citizen = await newCitizen(world);
    const old = world.clientWithToken(citizen.session.accessToken);
    world.clock.advance(20 * 60_000);
    expect((await old.guide.listHalls({})).items).toHaveLength(2);
  });
});
