import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../apps/api/src/common/id.js';
import { newHall, newPerson, requestId, staffOf, type TestHall } from '../../support/builders/booking.js';
import { managerOf, ruleOf, stretchOf } from '../../support/builders/calendar.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];

let world: World;
let hall: TestHall;
let other: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world);
  other = await newHall(world);
});
afterAll(() => world.close());

async function clientOf(role: Role): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newPerson(world)).api;
  return world.client(staffOf(hall.hallId, role));
}

async function answer(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
}

const span = { from: '2026-07-14', to: '2026-07-20' };
const versionOf = async (queueId: string) => {
  const manager = managerOf(world, queueId === hall.a.queueId ? hall.hallId : other.hallId);
  return (await manager.api.calendar.getCalendar({ queueId })).version;
};
const closed = async (hallId: string) => {
  const { exceptions } = await managerOf(world, hallId).api.calendar.addClosure({
    requestId: requestId(),
    days: ['2026-07-23'],
    reason: '设备检修',
  });
  return exceptions[0]?.id ?? '';
};
const planned = async (queueId: string, hallId: string) => {
  const { exception } = await managerOf(world, hallId).api.calendar.addOverride({
    requestId: requestId(),
    queueId,
    day: '2026-07-22',
    plan: [stretchOf('09:00', '10:00')],
    reason: '试运行',
  });
  return exception?.id ?? '';
};

/** Each on a queue of the hall that is given. */
const acts: { name: string; call: (api: Client, at: TestHall) => Promise<unknown> }[] = [
  { name: 'getCalendar', call: (api, at) => api.calendar.getCalendar({ queueId: at.a.queueId }) },
  { name: 'preview', call: (api, at) => api.calendar.preview({ queueId: at.a.queueId, ...span }) },
  {
    name: 'saveRules',
    call: async (api, at) =>
      api.calendar.saveRules({
        queueId: at.a.queueId,
        version: await versionOf(at.a.queueId),
        rules: [ruleOf('09:00', '12:00')],
        reason: '调整',
      }),
  },
  {
    name: 'addClosure',
    call: (api, at) =>
      api.calendar.addClosure({
        requestId: requestId(),
        queueId: at.a.queueId,
        days: ['2026-07-24'],
        reason: '检修',
      }),
  },
  {
    name: 'addOverride',
    call: (api, at) =>
      api.calendar.addOverride({
        requestId: requestId(),
        queueId: at.a.queueId,
        day: '2026-07-18',
        plan: [stretchOf('09:00', '10:00')],
        reason: '加班',
      }),
  },
  {
    name: 'removeClosure',
    call: async (api, at) =>
      api.calendar.removeClosure({ exceptionId: await closed(at.hallId), reason: '恢复' }),
  },
  {
    name: 'removeOverride',
    call: async (api, at) =>
      api.calendar.removeOverride({ exceptionId: await planned(at.a.queueId, at.hallId), reason: '恢复' }),
  },
  { name: 'listChanges', call: (api, at) => api.calendar.listChanges({ queueId: at.a.queueId }) },
  { name: 'use', call: (api, at) => api.calendar.use({ ...span, queueId: at.a.queueId }) },
];
const ownOnly: { name: string; call: (api: Client) => Promise<unknown> }[] = [
  { name: 'listAffected', call: (api) => api.calendar.listAffected({}) },
  { name: 'getPolicy', call: (api) => api.calendar.getPolicy({}) },
  {
    name: 'savePolicy',
    call: async (api) => {
      const { version } = await managerOf(world, hall.hallId).api.calendar.getPolicy({});
      return api.calendar.savePolicy({ version, preset: 'standard', reason: '统一' });
    },
  },
  { name: 'presets', call: (api) => api.calendar.presets({}) },
];

describe('who may see and change a calendar', () => {
  for (const { name, call } of [...acts, ...ownOnly]) {
    it(`calendar.${name} is for managers only`, async () => {
      for (const role of roles) {
        const refused = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const outcome = await answer(call(await clientOf(role), hall));
        expect([role, outcome]).toEqual([role, role === 'manager' ? 'ok' : refused]);
      }
    });
  }

  for (const { name, call } of acts) {
    it(`calendar.${name} reaches no queue of another hall`, async () => {
      const api = managerOf(world, hall.hallId).api;
      const hidden = name.startsWith('remove') ? 'NOT_FOUND' : 'FORBIDDEN';
      expect(await answer(call(api, other))).toBe(hidden);
    });
  }

  it('a manager without a hall has no calendar', async () => {
    const api = world.client(staffOf(null, 'manager'));
    for (const { call } of ownOnly.slice(0, 3)) expect(await answer(call(api))).toBe('FORBIDDEN');
    expect(await answer(api.calendar.getCalendar({ queueId: hall.a.queueId }))).toBe('FORBIDDEN');
  });

  it('a queue or an exception that nobody knows is not found', async () => {
    const { api } = managerOf(world, hall.hallId);
    expect(await answer(api.calendar.getCalendar({ queueId: newId() }))).toBe('QUEUE_NOT_FOUND');
    expect(await answer(api.calendar.removeClosure({ exceptionId: newId(), reason: '恢复' }))).toBe(
      'NOT_FOUND',
    );
  });

  it('a history is of the own hall', async () => {
    const { items } = await managerOf(world, other.hallId).api.calendar.listChanges({ limit: 100 });
    const mine = await managerOf(world, hall.hallId).api.calendar.listChanges({ limit: 100 });
    expect(items.some(({ id }) => mine.items.some((each) => each.id === id))).toBe(false);
  });
});
