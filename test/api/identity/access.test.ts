import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '@haoban/contracts/routes';
import { mayCall } from '../../../apps/api/src/common/audience.js';
import type { Actor } from '../../../apps/api/src/common/actor.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { newStaff, type TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['clerk', 'courier_desk', 'manager', 'display', 'admin'] as const;
type Caller = 'stranger' | 'citizen' | (typeof roles)[number];
const callers: readonly Caller[] = ['stranger', 'citizen', ...roles];

/** Who may call what, written out: the table that the routes are held against. */
const allowed: Record<keyof typeof routes.identity, readonly Caller[]> = {
  wechatLogin: callers,
  staffLogin: callers,
  refresh: callers,
  logout: callers,
  me: ['citizen'],
  acceptPrivacy: ['citizen'],
  setRealName: ['citizen'],
  setPhone: ['citizen'],
  updatePreferences: ['citizen'],
  staffMe: roles,
  changePassword: roles,
  listStaff: ['admin'],
  unlockStaff: ['admin'],
};

let world: World;
let citizen: TestCitizen;
const staff = new Map<Caller, TestStaff>();

beforeAll(async () => {
  world = await newWorld();
  citizen = await newCitizen(world);
  for (const role of roles) {
    staff.set(role, await newStaff(world, { role, ...(role === 'admin' ? { hallId: null } : {}) }));
  }
});
afterAll(() => world.close());

function actorOf(caller: Caller): Actor {
  if (caller === 'stranger') return { kind: 'anonymous' };
  return caller === 'citizen' ? citizen.actor : (staff.get(caller)?.actor ?? { kind: 'anonymous' });
}

/** An input that the route's validation refuses: who gets that far was let in. */
async function code(operation: keyof typeof routes.identity, caller: Caller): Promise<string> {
  const { method, path } = routes.identity[operation];
  const actor = actorOf(caller);
  const token = actor.kind === 'citizen' || actor.kind === 'staff' ? await world.token(actor) : undefined;
  const answer = await world.request(path.replace(':staffId', 'no-id'), {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  if (answer.ok) return 'OK';
  return ((await answer.json()) as { code: string }).code;
}

describe('identity', () => {
  const cases = (Object.keys(allowed) as (keyof typeof allowed)[]).flatMap((operation) =>
    callers.map((caller) => ({ operation, caller })),
  );

  it.each(cases)('$operation by $caller', async ({ operation, caller }) => {
    const may = allowed[operation].includes(caller);
    const answer = await code(operation, caller);
    if (may) expect(['OK', 'VALIDATION_FAILED']).toContain(answer);
    else expect(answer).toBe(caller === 'stranger' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    expect(mayCall(routes.identity[operation].audience, actorOf(caller))).toBe(may);
  });

  it('gives everyone the own record only: no route takes the id of another', async () => {
    const other = await newCitizen(world);
    expect((await other.client.identity.me({})).id).toBe(other.id);
    expect((await citizen.client.identity.me({})).id).toBe(citizen.id);
    await other.client.identity.updatePreferences({ elderMode: true });
    expect((await citizen.client.identity.me({})).elderMode).toBe(false);
    for (const member of staff.values()) {
      expect((await member.client.identity.staffMe({})).id).toBe(member.id);
    }
  });

  it('takes no token that someone else signed', async () => {
    const forged = (await world.token(citizen.actor)).replace(/\.[^.]+$/, '.AAAA');
    await expect(world.clientWithToken(forged).identity.me({})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});
