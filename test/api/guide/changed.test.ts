import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MessageBus } from '../../../apps/api/src/common/redis.js';
import { newHall, requestId, type TestHall } from '../../support/builders/booking.js';
import { managerOf, ruleOf, type Manager } from '../../support/builders/calendar.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let hall: TestHall;
let manager: Manager;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
beforeEach(async () => {
  hall = await newHall(world);
  manager = managerOf(world, hall.hallId);
});
afterAll(() => world.close());

async function eventually(check: () => Promise<boolean>): Promise<boolean> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline;) {
    if (await check()) return true;
    await new Promise((done) => setTimeout(done, 10));
  }
  return false;
}

const noteOf = async (day: string) => {
  const { week } = await world.client().guide.getHall({ hallId: hall.hallId });
  return week.find((each) => each.day === day)?.note ?? null;
};

describe('a guide that was changed', () => {
  it('by another process is read again as soon as that tells so', async () => {
    expect(await noteOf('2026-07-15')).toBeNull();
    const [{ id } = { id: '' }] = await world.dataSource.query<{ id: string }[]>(
      'SELECT id FROM hall WHERE id = ?',
      [hall.hallId],
    );
    await world.dataSource.query(
      `INSERT INTO calendar_exception (id, hall_id, queue_id, kind, day, reason, request_id, created_by, created_by_name, created_at)
        VALUES (?, ?, NULL, 'closure', '2026-07-15', '停电', ?, ?, '同事', NOW(3))`,
      [hall.a.itemId, id, requestId(), hall.a.itemId],
    );
    expect(await noteOf('2026-07-15')).toBeNull();
    await world.get(MessageBus).publish('guide:changed', 'another process');
    expect(await eventually(async () => (await noteOf('2026-07-15')) === '停办：停电')).toBe(true);
  });

  it('here is known with the answer, and told to the others', async () => {
    let told = 0;
    const stop = await world.get(MessageBus).listen('guide:changed', () => {
      told += 1;
    });
    const { version } = await manager.api.calendar.getCalendar({ queueId: hall.a.queueId });
    await manager.api.calendar.saveRules({
      queueId: hall.a.queueId,
      version,
      rules: [ruleOf('09:00', '10:00')],
      reason: '试行',
    });
    expect((await manager.api.calendar.getCalendar({ queueId: hall.a.queueId })).rules).toHaveLength(1);
    expect(await eventually(() => Promise.resolve(told > 0))).toBe(true);
    stop();
  });
});
