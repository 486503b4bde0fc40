/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useDetail } from '../../../apps/miniapp/src/pages/guide/detail/use-detail';
import { useSample } from '../../../apps/miniapp/src/pages/guide/sample/use-sample';
import { useHome } from '../../../apps/miniapp/src/pages/home/use-home';
import { useItems } from '../../../apps/miniapp/src/pages/items/use-items';
import { itemsFilterStore, noFilter } from '../../../apps/miniapp/src/state/items-filter';
import { changePreferences, preferencesStore } from '../../../apps/miniapp/src/state/preferences';
import { newCitizen } from '../../support/builders/citizen.js';
import { cityIds, seedCity } from '../../support/builders/city.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';
import { openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld());
beforeAll(() => seedCity(phone.world));

describe('首页', () => {
  it('shows the first hall and its usual items to anybody, and nothing of a person', async () => {
    const home = openHook(useHome);
    expect(home.now.items.kind).toBe('loading');
    await until(() => home.now.items.kind === 'ready');
    expect(home.now.items.kind === 'ready' && home.now.items.data).toHaveLength(6);
    expect(home.now.session.kind).toBe('signed-out');
    expect(home.now.matter.kind).toBe('loading');
    expect(network.sent.some(({ path }) => /tickets|bookings|inbox/.test(path))).toBe(false);
  });

  it('tells a person with nothing ahead that there is nothing', async () => {
    await signInAs(await newCitizen(phone.world));
    const home = openHook(useHome);
    await until(() => home.now.matter.kind === 'ready');
    expect(home.now.matter).toMatchObject({ data: { kind: 'nothing' } });
    expect(home.now.unread).toBe(0);
  });

  it('keeps the hall that was chosen for the next start', async () => {
    const home = openHook(useHome);
    const { halls } = await until(() => home.now.halls.kind === 'ready' && home.now);
    const other = halls.kind === 'ready' ? halls.data[1] : undefined;
    home.now.choose(other?.id ?? '');
    await until(() => home.now.hall?.id === other?.id);
    expect(edge.storage.get('hb:preferences')).toContain(other?.id);
    await changePreferences({ hallId: undefined });
  });

  it('stays useful where one of the lists behind it fails', async () => {
    await signInAs(await newCitizen(phone.world));
    network.breakServer(/rating|deliveries/);
    const home = openHook(useHome);
    await until(() => home.now.matter.kind === 'ready');
  });

  it('says that the server failed, with the id to tell, and loads on request', async () => {
    network.breakServer(/\/halls/);
    const home = openHook(useHome);
    await until(() => home.now.halls.kind === 'error');
    expect(home.now.halls).toMatchObject({ problem: { code: 'INTERNAL', requestId: 'req-broken' } });
    network.restore();
    await home.now.halls.reload();
    await until(() => home.now.items.kind === 'ready');
  });
});

describe('办事', () => {
  const page = async () => {
    itemsFilterStore.set(noFilter);
    preferencesStore.set({ elder: false, hallId: cityIds.hall('RC-SM') });
    const items = openHook(useItems);
    await until(() => items.now.list.kind === 'ready');
    return items;
  };
  const listed = ({ now }: Awaited<ReturnType<typeof page>>) =>
    now.list.kind === 'ready' ? now.list.data.items : [];

  it('lists the hall’s items, and more of them at the end of the list', async () => {
    const items = await page();
    expect(listed(items)).toHaveLength(20);
    items.reachBottom();
    await until(() => listed(items).length > 20);
    expect(new Set(listed(items).map(({ id }) => id)).size).toBe(listed(items).length);
  });

  it('keeps what is shown where the rest of the list can’t be loaded, and says so', async () => {
    const items = await page();
    network.cut();
    items.reachBottom();
    const problem = await until(() => items.now.list.more.problem);
    expect(problem.text).toContain('网络不通');
    expect(listed(items)).toHaveLength(20);
    network.restore();
    items.reachBottom();
    await until(() => listed(items).length > 20);
    expect(items.now.list.more.problem).toBeUndefined();
  });

  it('asks once for a word that is typed in a burst', async () => {
    const items = await page();
    for (const q of ['身', '身份', '身份证']) items.now.change({ q });
    await until(() => listed(items).length > 0 && listed(items).every(({ name }) => name.includes('身份证')));
    const asked = network.sent.filter(({ path }) => path.includes('q='));
    expect(asked.map(({ path }) => decodeURIComponent(path)).every((path) => path.includes('q=身份证'))).toBe(
      true,
    );
    expect(asked).toHaveLength(1);
  });

  it('narrows the list by department and by how a matter is done', async () => {
    const items = await page();
    const { departments } = await until(() => items.now.departments.kind === 'ready' && items.now);
    const departmentId = departments.kind === 'ready' ? departments.data[0]?.id : undefined;
    items.now.change({ departmentId });
    await until(
      () => listed(items).length > 0 && listed(items).every((item) => item.departmentId === departmentId),
    );
    items.now.change({ departmentId: undefined, instant: true });
    await until(() => listed(items).length > 0 && listed(items).every(({ kind }) => kind === 'instant'));
  });

  it('is empty, not broken, where nothing fits', async () => {
    const items = await page();
    items.now.change({ q: '登月许可' });
    await until(() => items.now.list.kind === 'ready' && listed(items).length === 0);
  });
});

describe('an item’s page', () => {
  const id = cityIds.item('id-card-renew');

  it('has the guide, the place in the hall that the person looks at, and a card to share', async () => {
    preferencesStore.set({ elder: false, hallId: undefined });
    const page = openHook(useDetail, { id });
    expect(page.now.item.kind).toBe('loading');
    await until(() => page.now.item.kind === 'ready');
    expect(page.now.place?.queueId).toBeTruthy();
    expect(page.shareCard).toMatchObject({
      title: expect.stringContaining('要带什么'),
      path: `/pages/guide/detail/index?id=${id}`,
    });
  });

  it('says that there is no such item', async () => {
    const page = openHook(useDetail, { id: cityIds.hall('RC-SM') });
    await until(() => page.now.item.kind === 'error');
    expect(page.now.item).toMatchObject({ problem: { code: 'ITEM_NOT_FOUND', signIn: false } });
  });

  it('opens a filled-in specimen as a picture with its title', async () => {
    const { materials } = await phone.world.client().guide.getItem({ itemId: id });
    const material = materials.find(({ hasSample }) => hasSample);
    const page = openHook(useSample, { id: material?.id });
    await until(() => page.now.kind === 'ready');
    expect(page.now).toMatchObject({
      data: { source: expect.stringMatching(/^data:image\/svg\+xml,%3Csvg/) },
    });
    expect(edge.title).toBe(page.now.kind === 'ready' && page.now.data.title);
  });
});
