/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useEnter } from '../../../apps/miniapp/src/pages/booking/enter/use-enter';
import { itemsFilterStore, noFilter } from '../../../apps/miniapp/src/state/items-filter';
import { preferencesStore } from '../../../apps/miniapp/src/state/preferences';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import { newDesk, newStaff, type Staff } from '../../support/builders/queue.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';
import { lastVisit, openHook, openPhone } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld({ simulators: true }));
let hall: TestHall;
let manager: Staff;
beforeAll(async () => {
  hall = await newHall(phone.world);
  manager = await newStaff(phone.world, hall.hallId, 'manager');
});

async function sceneOf(kind: 'item' | 'hall' | 'window', targetId: string): Promise<string> {
  return (await manager.api.entryCodes.issue({ kind, targetId })).scene;
}

describe('scanning a code on the wall', () => {
  it('of an item opens its booking page in place of this one', async () => {
    const scene = await sceneOf('item', hall.a.itemId);
    openHook(useEnter, { scene });
    await until(() => lastVisit());
    const { itemId } = hall.a;
    expect(edge.visits).toEqual([
      { how: 'replace', url: `/pages/booking/days/index?itemId=${itemId}&hallId=${hall.hallId}` },
    ]);
  });

  it('of an item that needs no booking leads to the number', async () => {
    const { walkInItemId } = hall.a;
    openHook(useEnter, { scene: await sceneOf('item', walkInItemId) });
    await until(() => lastVisit());
    expect(lastVisit()).toBe(`/pages/queue/take/index?itemId=${walkInItemId}&hallId=${hall.hallId}`);
  });

  it('of a hall shows what is done there, without a filter from before', async () => {
    itemsFilterStore.set({ ...noFilter, q: '护照' });
    openHook(useEnter, { scene: await sceneOf('hall', hall.hallId) });
    await until(() => lastVisit());
    expect(edge.visits).toEqual([{ how: 'tab', url: '/pages/items/index' }]);
    expect(preferencesStore.get().hallId).toBe(hall.hallId);
    expect(itemsFilterStore.get()).toEqual(noFilter);
  });

  it('of a window lets the person choose what to do there, later or now', async () => {
    const deskId = await newDesk(phone.world, hall.hallId, [hall.a.queueId]);
    const page = openHook(useEnter, { scene: await sceneOf('window', deskId) });
    const { items } = await until(() =>
      page.now.target.kind === 'ready' ? page.now.target.data : undefined,
    );
    expect(edge.visits).toEqual([]);
    const at = (id: string) => `?itemId=${id}&hallId=${hall.hallId}`;
    const choose = (id: string) => {
      const item = items.find((each) => each.id === id);
      if (item) page.now.choose(item);
    };
    choose(hall.a.itemId);
    expect(lastVisit()).toBe(`/pages/booking/days/index${at(hall.a.itemId)}`);
    choose(hall.a.walkInItemId);
    expect(lastVisit()).toBe(`/pages/queue/take/index${at(hall.a.walkInItemId)}`);
    page.now.setWish('now');
    await until(() => page.now.wish === 'now');
    choose(hall.a.itemId);
    expect(lastVisit()).toBe(`/pages/queue/take/index${at(hall.a.itemId)}`);
  });

  it('takes the scene as WeChat encodes it', async () => {
    const scene = await sceneOf('item', hall.a.itemId);
    openHook(useEnter, { scene: [...scene].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('') });
    await until(() => lastVisit());
    expect(lastVisit()).toContain('pages/booking/days/index');
  });

  it.each([undefined, '', '%E0%A4%A', '34679ACD', '不是码'])(
    'that is none of ours (%s) leads to the search',
    async (scene) => {
      const page = openHook(useEnter, { scene });
      await until(() => page.now.unknown);
      page.now.toItems();
      expect(lastVisit()).toBe('/pages/items/index');
    },
  );

  it('without a network can be tried again', async () => {
    const scene = await sceneOf('item', hall.a.itemId);
    network.cut();
    const page = openHook(useEnter, { scene });
    await until(() => page.now.target.kind === 'error');
    expect(page.now.unknown).toBe(false);
    network.restore();
    void page.now.target.reload();
    await until(() => lastVisit());
  });
});
