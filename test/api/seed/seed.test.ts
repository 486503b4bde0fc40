import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Item } from '@haoban/contracts';
import { isItemCode } from '@haoban/domain';
import { SlotsService } from '../../../apps/api/src/booking/slots.service.js';
import { Config } from '../../../apps/api/src/config.js';
import { demoCity, demoPassword } from '../../../apps/api/src/db/demo/index.js';
import { demoId } from '../../../apps/api/src/db/seed/demo-id.js';
import { initialsOf } from '../../../apps/api/src/db/seed/item-rows.js';
import { seedDemoCity } from '../../../apps/api/src/db/seed/seed-demo-city.js';
import { cityIds, seedCity } from '../../support/builders/city.js';
import { demoStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const tables = [
  'hall',
  'hall_day',
  'department',
  'service_item',
  'item_material',
  'item_place',
  'service_queue',
  'booking_policy',
  'desk',
  'desk_queue',
  'staff',
  'citizen',
] as const;

async function contents(world: World): Promise<Record<string, { rows: number; hash: string }>> {
  const found: Record<string, { rows: number; hash: string }> = {};
  for (const table of tables) {
    const rows = await world.dataSource.query<object[]>(`SELECT * FROM ${table} ORDER BY 1, 2`);
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    found[table] = { rows: rows.length, hash };
  }
  return found;
}

describe('the demo city', () => {
  let world: World;
  let before: Awaited<ReturnType<typeof contents>>;

  beforeAll(async () => {
    world = await newWorld({ simulators: true });
    await seedCity(world);
    before = await contents(world);
  });
  afterAll(() => world.close());

  it('fills every table of the guide, the desks and the people', () => {
    expect(tables.filter((table) => before[table]?.rows === 0)).toEqual([]);
    expect(before.hall?.rows).toBe(2);
    expect(before.department?.rows).toBeGreaterThanOrEqual(12);
    expect(before.service_item?.rows).toBeGreaterThanOrEqual(60);
    expect(before.desk?.rows).toBe(30);
    expect(before.citizen?.rows).toBe(10);
  });

  it('is the same after a second seed: no row more, none changed', async () => {
    await seedCity(world);
    expect(await contents(world)).toEqual(before);
  });

  it('brings the guide back to the data and leaves desks, accounts and residents as they are in use', async () => {
    const { dataSource } = world;
    await dataSource.query('UPDATE hall SET name = ? WHERE code = ?', ['改过的名字', 'RC-SM']);
    await dataSource.query('UPDATE desk SET status = ? WHERE id = ?', ['open', cityIds.desk('RC-SM', 1)]);
    await dataSource.query('UPDATE staff SET active = 0, password_hash = ? WHERE username = ?', [
      'x',
      'clerk01',
    ]);
    await dataSource.query('UPDATE citizen SET elder_mode = 0');
    await seedCity(world);
    const [hall] = await dataSource.query<{ name: string }[]>('SELECT name FROM hall WHERE code = ?', [
      'RC-SM',
    ]);
    expect(hall?.name).toBe('榕城市市民服务中心');
    const [desk] = await dataSource.query<{ status: string }[]>('SELECT status FROM desk WHERE id = ?', [
      cityIds.desk('RC-SM', 1),
    ]);
    expect(desk?.status).toBe('open');
    const [clerk] = await dataSource.query<{ active: number; password_hash: string }[]>(
      'SELECT active, password_hash FROM staff WHERE username = ?',
      ['clerk01'],
    );
    expect(clerk).toEqual({ active: 0, password_hash: 'x' });
    const [elder] = await dataSource.query<{ n: string }[]>(
      'SELECT COUNT(*) AS n FROM citizen WHERE elder_mode',
    );
    expect(Number(elder?.n)).toBe(0);
  });

  it('leaves opening rules and policies as a manager saved them', async () => {
    const { client } = demoStaff(world, 'manager01');
    const queueId = cityIds.queue('SM-H');
    const { version, rules } = await client.calendar.getCalendar({ queueId });
    const reason = '试行';
    await client.calendar.saveRules({ queueId, version, rules: rules.slice(0, 1), reason });
    const policy = await client.calendar.getPolicy({});
    expect(policy).toMatchObject({
      preset: 'custom',
      settings: { reopen: { minMinutes: 2, maxMinutes: 10 } },
    });
    await client.calendar.savePolicy({ version: policy.version, preset: 'strict', reason });
    await seedCity(world);
    expect((await client.calendar.getCalendar({ queueId })).rules).toHaveLength(1);
    expect((await client.calendar.getPolicy({})).preset).toBe('strict');
  });

  it('removes materials and places that the data no longer has', async () => {
    const itemId = cityIds.item('id-card-renew');
    await world.dataSource.query(
      'INSERT INTO item_material (id, item_id, position, name, originals, copies, form, required) VALUES (?, ?, 99, ?, 1, 0, ?, 1)',
      [demoId('material', 'gone'), itemId, '已取消的材料', 'paper'],
    );
    await seedCity(world);
    const { materials } = await world.client().guide.getItem({ itemId });
    expect(materials.map(({ name }) => name)).not.toContain('已取消的材料');
  });

  it('gives every item a valid code, a place whose queue is in that hall, and an answer that fits the contract', async () => {
    const { items } = await world.client().guide.listItems({ limit: 100 });
    expect(items).toHaveLength(demoCity.items.length);
    for (const { id } of items) {
      const item = Item.parse(await world.client().guide.getItem({ itemId: id }));
      expect(isItemCode(item.code)).toBe(true);
      expect(item.places.length).toBeGreaterThan(0);
      expect(item.materials.every(({ hasSample }) => hasSample)).toBe(true);
    }
  });

  it('lets every demo account sign in with the demo password', async () => {
    const { session, staff } = await world
      .client()
      .identity.staffLogin({ username: 'manager01', password: demoPassword });
    expect(session.accessToken).not.toBe('');
    expect(staff).toMatchObject({ role: 'manager', hallName: '榕城市市民服务中心' });
    expect(demoStaff(world, 'manager01').id).toBe(staff.id);
  });

  it('knows the resident who signs in through the simulated WeChat', async () => {
    const { citizen } = await world.client().identity.wechatLogin({ code: 'demo-chen-xiumei' });
    expect(citizen.id).toBe(cityIds.resident('chen-xiumei'));
    expect(citizen).toMatchObject({ consentVersion: '2026-01', isElder: true });
    expect(citizen.realName?.nameMasked).toBe('陈**');
  });

  it('plans bookable slots as far ahead as each queue offers them, the same on every run', async () => {
    const slots = world.get(SlotsService);
    const count = async () => {
      const [row] = await world.dataSource.query<{ n: string }[]>('SELECT COUNT(*) AS n FROM slot');
      return Number(row?.n);
    };
    await slots.ensureAll();
    const first = await count();
    expect(first).toBeGreaterThan(1000);
    await slots.ensureAll();
    expect(await count()).toBe(first);
  }, 60_000);

  it('shuts the companies’ hall on the afternoon of every third Friday', async () => {
    const hall = await world.client().guide.getHall({ hallId: cityIds.hall('RC-XZ') });
    // 2026-07-17 is the third Friday of July.
    expect(hall.week.find(({ day }) => day === '2026-07-17')).toEqual({
      day: '2026-07-17',
      periods: [{ from: '08:30', to: '12:00' }],
      note: '每月第三个周五下午业务学习，暂停对外服务',
    });
  });

  it('is refused in production', async () => {
    const config = new Config({ ...world.config, mode: 'production' });
    await expect(seedDemoCity(world.dataSource, { config, now: world.now })).rejects.toThrow(
      'APP_MODE=production',
    );
  });
});

describe('what the seed derives', () => {
  it('is an id like a ULID, the same for the same key and another for another kind', () => {
    expect(demoId('hall', 'RC-SM')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(demoId('hall', 'RC-SM')).toBe(demoId('hall', 'RC-SM'));
    expect(demoId('hall', 'A')).not.toBe(demoId('queue', 'A'));
  });

  it.each([
    ['不动产转移登记', 'bdczydj'],
    ['身份证', 'sfz'],
    ['银行卡', 'yhk'],
    ['重新办理', 'cxbl'],
    ['长期护理', 'cqhl'],
    ['港澳通行证（含签注）', 'gatxzhqz'],
    ['Ｃ1驾照', 'c1jz'],
    ['', ''],
  ])('is the initials of %s: %s', (text, initials) => {
    expect(initialsOf(text)).toBe(initials);
  });
});
