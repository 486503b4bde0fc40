import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newHall, type TestHall } from '../support/builders/booking.js';
import { newDesk, newStaff, type Staff } from '../support/builders/queue.js';
import { newWorld, type World } from '../support/world.js';
import type { WeappHost } from './support/host.js';
import { startedHost } from './support/person.js';
import { buildWeapp } from './support/weapp.js';

let world: World;
let hall: TestHall;
let manager: Staff;
let host: WeappHost;
beforeAll(async () => {
  await buildWeapp();
  world = await newWorld({ simulators: true });
  hall = await newHall(world);
  manager = await newStaff(world, hall.hallId, 'manager');
}, 240_000);
afterAll(() => world.close());
afterEach(() => host.close());

/** WeChat opens the page that the code names with the scene encoded as in an address. */
async function scan(kind: 'item' | 'hall' | 'window', targetId: string): Promise<void> {
  const { page, scene } = await manager.api.entryCodes.issue({ kind, targetId });
  host = startedHost(world);
  host.open(`${page}?scene=${encodeURIComponent(scene)}`);
}

describe('a scanned code', () => {
  it('of an item opens its days', async () => {
    await scan('item', hall.a.itemId);
    await host.until('the days', () => host.page.route === 'pages/booking/days/index');
    await host.until('a day', () => host.elements().some(({ uid }) => uid?.startsWith('day-')));
    expect(host.errors).toEqual([]);
  });

  it('of a hall opens the list of what is done there', async () => {
    await scan('hall', hall.hallId);
    await host.until('the items', () => host.page.route === 'pages/items/index');
    await host.shows('服务中心可办');
  });

  it('of a window lists its matters, and a tap goes on', async () => {
    await scan('window', await newDesk(world, hall.hallId, [hall.a.queueId]));
    await host.shows('约个时间来');
    await host.tap('wish-now');
    await host.tap(`item-${hall.a.itemId}`);
    await host.until('the number', () => host.page.route === 'pages/queue/take/index');
    expect(host.page.options).toMatchObject({ itemId: hall.a.itemId, hallId: hall.hallId });
  });

  it('that is unknown says where to go instead', async () => {
    host = startedHost(world);
    host.open('pages/booking/enter/index?scene=34679ACD');
    await host.shows('这个码已失效');
    await host.shows('搜索要办的事');
  });
});
