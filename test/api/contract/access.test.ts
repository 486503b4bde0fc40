import { SignJWT } from 'jose';
import type { Audience } from '@haoban/contracts';
import type { StaffRole } from '@haoban/domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCESS_TOKEN_SECONDS, TokenService } from '../../../apps/api/src/common/token.service.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { seedCity } from '../../support/builders/city.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';
import { isOpen, operations, type Operation } from './operations.js';
import { codeOf, send, toRawCall } from './send.js';

const roles = ['clerk', 'courier_desk', 'manager', 'admin', 'display'] as const satisfies StaffRole[];

/** Written out once more, so that a slip in the application's own table shows. */
const allowed: Record<Audience, readonly string[]> = {
  public: [...roles, 'citizen'],
  provider: [...roles, 'citizen'],
  citizen: ['citizen'],
  'staff:clerk': ['clerk', 'manager'],
  'staff:courier_desk': ['courier_desk', 'manager'],
  'staff:manager': ['manager'],
  'staff:admin': ['admin'],
  'staff:display': ['display', 'manager'],
  'staff:any': roles,
  system: [],
};

const people = ['citizen', ...roles];
const badTokens = ['no token', 'garbage', 'another signature', 'no signature', 'expired', 'another issuer'];

describe('who may call what', () => {
  let world: World;
  const tokens = new Map<string, string | undefined>();
  beforeAll(async () => {
    world = await newWorld({ jobs: false });
    await seedCity(world);
    const citizen = await newCitizen(world);
    tokens.set('expired', await world.token(citizen.actor));
    world.clock.advance((ACCESS_TOKEN_SECONDS + 60) * 1000);
    tokens.set('citizen', await world.token(citizen.actor));
    for (const role of roles) {
      const staff = await newStaff(world, role === 'admin' ? { role, hallId: null } : { role });
      tokens.set(role, await world.token(staff.actor));
    }
    const expiry = Math.floor(world.now.getTime() / 1000) + 600;
    const signed = (issuer: string, key: string) =>
      new SignJWT({ kind: 'citizen' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(citizen.id)
        .setIssuer(issuer)
        .setExpirationTime(expiry)
        .sign(new TextEncoder().encode(key));
    const own = await signed('haoban', world.config.jwtSecret);
    // The forgeries below differ from this one, which is good, in one thing each.
    world.get(TokenService).verify(own);
    tokens.set('no token', undefined);
    tokens.set('garbage', 'not.a.token');
    tokens.set('another signature', await signed('haoban', 'another-secret-of-more-than-32-characters'));
    tokens.set('another issuer', await signed('somebody', world.config.jwtSecret));
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    tokens.set('no signature', `${unsigned}.${own.split('.')[1] ?? ''}.`);
  });
  afterAll(() => world.close());

  /** With ids that are nobody's and no other field: past the door is all that matters here. */
  const knock = (operation: Operation, who: string) => {
    const input = Object.fromEntries(operation.inPath.map((name) => [name, newId()]));
    return send(world, toRawCall(operation, input, tokens.get(who)));
  };
  /** The door's own refusals; a feature's (wrong password, no real name) have codes of their own. */
  const atTheDoor = ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'FORBIDDEN'];
  const outcome = async (operation: Operation, who: string) => {
    const answer = await knock(operation, who);
    const code = codeOf(answer) ?? '';
    return atTheDoor.includes(code) ? `${answer.status} ${code}` : 'let in';
  };
  const outcomes = async (operation: Operation, callers: readonly string[]) => {
    const entries: [string, string][] = [];
    for (const who of callers) entries.push([who, await outcome(operation, who)]);
    return Object.fromEntries(entries);
  };
  const each = operations.map((operation) => [operation.id, operation.endpoint.audience, operation] as const);

  it.each(each)('%s is for %s and nobody else', async (_id, audience, operation) => {
    const expected = people.map((who) => [who, allowed[audience].includes(who) ? 'let in' : '403 FORBIDDEN']);
    expect(await outcomes(operation, people)).toEqual(Object.fromEntries(expected));
  });

  it.each(each)(
    '%s, for %s, takes nobody without a good token unless it is open',
    async (_id, audience, operation) => {
      const expected = badTokens.map((who) => {
        if (isOpen(audience)) return [who, 'let in'];
        return [who, who === 'expired' ? '401 TOKEN_EXPIRED' : '401 UNAUTHENTICATED'];
      });
      expect(await outcomes(operation, badTokens)).toEqual(Object.fromEntries(expected));
    },
  );
});
