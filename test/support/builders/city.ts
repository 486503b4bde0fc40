import { demoId } from '../../../apps/api/src/db/seed/demo-id.js';
import { seedDemoCity, type SeededCity } from '../../../apps/api/src/db/seed/seed-demo-city.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import type { HallCode } from '../../../apps/api/src/db/demo/types.js';
import type { World } from '../world.js';

/** Fills a world with the demo city, without bookable slots: those are made when a day is asked for. */
export async function seedCity(world: World): Promise<SeededCity> {
  const { config, dataSource, now } = world;
  const city = await seedDemoCity(dataSource, { config, now, weakHash: true });
  world.get(GuideService).invalidate();
  return city;
}

/** Ids of the demo city, the same in every world. */
export const cityIds = {
  hall: (code: HallCode) => demoId('hall', code),
  department: (code: string) => demoId('department', code),
  /** @param slug such as `id-card-renew` */
  item: (slug: string) => demoId('item', slug),
  /** @param code such as `SM-A` */
  queue: (code: string) => demoId('queue', code),
  desk: (hall: HallCode, number: number) => demoId('desk', `${hall} ${number}`),
  staff: (username: string) => demoId('staff', username),
  /** @param key such as `chen-xiumei` */
  resident: (key: string) => demoId('resident', key),
};
