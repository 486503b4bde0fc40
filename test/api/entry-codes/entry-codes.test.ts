import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../../apps/api/src/common/id.js';
import { EntryCodeEntity } from '../../../apps/api/src/entry-codes/entry-code.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { ItemPlaceEntity } from '../../../apps/api/src/guide/service-item.entity.js';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { DeskEntity } from '../../../apps/api/src/queue/desk.entity.js';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import { simPost } from '../../support/builders/payment.js';
import { newDesk, newStaff, type Staff } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let hall: TestHall;
let manager: Staff;
beforeAll(async () => {
  world = await newWorld({ simulators: true, jobs: false });
});
afterAll(() => world.close());
beforeEach(async () => {
  hall = await newHall(world);
  manager = await newStaff(world, hall.hallId, 'manager');
  await simPost(world.simulators.wechat.url, '/_sim/reset');
});

const issue = (kind: 'item' | 'hall' | 'window', targetId: string) =>
  manager.api.entryCodes.issue({ kind, targetId });
const resolve = (scene: string) => world.client().entryCodes.resolve({ scene });
const fail = (mode: string) =>
  simPost(world.simulators.wechat.url, '/_sim/fault', { route: 'wxacode', mode });
const drawn = async (scene: string) => {
  const state = (await (await fetch(`${world.simulators.wechat.url}/_sim/state`)).json()) as {
    qrCodes: { scene: string; page: string }[];
    calls: { name: string }[];
  };
  return {
    codes: state.qrCodes.filter((each) => each.scene === scene),
    calls: state.calls.filter(({ name }) => name === 'wxacode').length,
  };
};

describe('a code for the wall', () => {
  it('of an item says where it is done and leads to its booking page', async () => {
    const code = await issue('item', hall.a.itemId);
    expect(code).toMatchObject({ kind: 'item', targetId: hall.a.itemId, phone: '0591-00000000' });
    expect(code.hours).toEqual(['周一至周五 09:00–12:00、13:30–17:00']);
    expect(code.scene).toMatch(/^[0-9A-Z]{8}$/);
    const image = Buffer.from(code.image.base64, 'base64');
    expect(code.image.contentType).toBe('image/png');
    expect(image.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(image.readUInt32BE(16)).toBe(1280);
    expect((await drawn(code.scene)).codes).toMatchObject([{ page: 'pages/booking/enter/index' }]);

    expect(await resolve(code.scene)).toMatchObject({
      kind: 'item',
      hallId: hall.hallId,
      hallName: code.hallName,
      item: { id: hall.a.itemId, name: code.title, bookable: true },
      deskLabel: null,
      items: [],
    });
  });

  it('of the hall leads to the hall', async () => {
    const code = await issue('hall', hall.hallId);
    expect(code).toMatchObject({ title: code.hallName, subtitle: null, address: '试验路 1 号' });
    expect(await resolve(code.scene)).toMatchObject({ kind: 'hall', hallId: hall.hallId, item: null });
  });

  it('of a window leads to what is done there, each with whether it can be booked', async () => {
    const deskId = await newDesk(world, hall.hallId, [hall.a.queueId]);
    const code = await issue('window', deskId);
    expect(code.title).toMatch(/号窗口$/);
    const target = await resolve(code.scene);
    expect(target).toMatchObject({ kind: 'window', hallId: hall.hallId, deskLabel: code.title });
    expect(target.queueNames).toEqual([code.subtitle]);
    expect(Object.fromEntries(target.items.map(({ id, bookable }) => [id, bookable]))).toEqual({
      [hall.a.itemId]: true,
      [hall.a.longItemId]: true,
      [hall.a.walkInItemId]: false,
    });
  });

  it('is the same each time, is drawn by WeChat once, and who made it is on record', async () => {
    const first = await issue('item', hall.a.itemId);
    const { calls } = await drawn(first.scene);
    const again = await issue('item', hall.a.itemId);
    expect(again).toEqual(first);
    expect((await drawn(first.scene)).calls).toBe(calls);
    const row = await world.dataSource.manager.findOneByOrFail(EntryCodeEntity, { scene: first.scene });
    const audits = await world.dataSource.manager.findBy(AuditEntity, { subjectId: row.id });
    expect(audits).toMatchObject([{ action: 'entryCode.issue', actorId: manager.staffId }]);
  });

  it('is one although many managers ask at once', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, () => issue('hall', hall.hallId)));
    expect(new Set(codes.map(({ scene }) => scene)).size).toBe(1);
    expect(await world.dataSource.manager.countBy(EntryCodeEntity, { hallId: hall.hallId })).toBe(1);
  });

  it('is drawn anew for another mini-program', async () => {
    const { scene } = await issue('hall', hall.hallId);
    const { calls } = await drawn(scene);
    await world.dataSource.manager.update(EntryCodeEntity, { scene }, { pictureOf: 'of-another-app' });
    await issue('hall', hall.hallId);
    expect((await drawn(scene)).calls).toBe(calls + 1);
  });

  it('is not to be had for what is not the manager’s', async () => {
    const other = await newHall(world);
    const theirDesk = await newDesk(world, other.hallId, [other.a.queueId]);
    await expect(issue('hall', other.hallId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(issue('window', theirDesk)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(issue('window', newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(issue('item', other.a.itemId)).rejects.toMatchObject({ code: 'ITEM_NOT_OFFERED' });
    await expect(issue('item', newId())).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
    const nowhere = await newStaff(world, newId(), 'manager');
    const lost = nowhere.api.entryCodes.issue({ kind: 'hall', targetId: hall.hallId });
    await expect(lost).rejects.toMatchObject({ code: 'HALL_NOT_FOUND' });
  });
});

describe('when WeChat fails', () => {
  it.each(['fail', 'html502'])(
    'by %s, the manager is told to try later, and the next try draws',
    async (mode) => {
      await fail(mode);
      await expect(issue('hall', hall.hallId)).rejects.toMatchObject({
        status: 503,
        code: 'ENTRY_CODE_UNAVAILABLE',
        message: expect.stringContaining('暂时连接不上微信'),
      });
      expect((await issue('hall', hall.hallId)).image.base64).not.toBe('');
    },
  );

  it('a code that was drawn before is still there', async () => {
    const code = await issue('hall', hall.hallId);
    await fail('fail');
    expect(await issue('hall', hall.hallId)).toEqual(code);
  });

  it('by refusing the page, the manager learns that the release is missing', async () => {
    const unreleased = await newWorld({
      simulators: { wechat: { pages: ['pages/home/index'] } },
      jobs: false,
    });
    try {
      const there = await newHall(unreleased);
      const { api } = await newStaff(unreleased, there.hallId, 'manager');
      await expect(api.entryCodes.issue({ kind: 'hall', targetId: there.hallId })).rejects.toMatchObject({
        code: 'ENTRY_CODE_REFUSED',
        message: expect.stringContaining('还没有发布'),
      });
    } finally {
      await unreleased.close();
    }
  });
});

describe('scanning a code', () => {
  it('that is none of ours tells the way on', async () => {
    for (const scene of ['34679ACD', 'x', '住址', 'a'.repeat(64), "'; DROP TABLE entry_code"]) {
      await expect(resolve(scene)).rejects.toMatchObject({
        status: 404,
        code: 'ENTRY_CODE_UNKNOWN',
        message: expect.stringContaining('直接搜索'),
      });
    }
  });

  it('is understood as it is typed, too', async () => {
    const { scene } = await issue('hall', hall.hallId);
    const typed = `${scene.slice(0, 4).toLowerCase()}-${scene.slice(4)}`;
    expect(await resolve(typed)).toMatchObject({ hallId: hall.hallId });
  });

  it('still leads to the hall when its item or its window is gone', async () => {
    const em = world.dataSource.manager;
    const deskId = await newDesk(world, hall.hallId, [hall.a.queueId]);
    const [item, window] = [await issue('item', hall.b.itemId), await issue('window', deskId)];
    await em.delete(ItemPlaceEntity, { itemId: hall.b.itemId });
    await em.delete(DeskEntity, { id: deskId });
    world.get(GuideService).invalidate();
    expect(await resolve(item.scene)).toMatchObject({ kind: 'item', hallId: hall.hallId, item: null });
    expect(await resolve(window.scene)).toMatchObject({ kind: 'window', deskLabel: null, items: [] });
  });
});
