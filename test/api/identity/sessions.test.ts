import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RefreshTokenEntity } from '../../../apps/api/src/identity/refresh-token.entity.js';
import { StaffEntity } from '../../../apps/api/src/identity/staff.entity.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code });
const refresh = (refreshToken: string) => world.client().identity.refresh({ refreshToken });
const GRACE = 11_000;

describe('a session', () => {
  it('has an access token of 15 minutes and a refresh token that lives on', async () => {
    const { session } = await newCitizen(world);
    const client = world.clientWithToken(session.accessToken);
    expect(new Date(session.accessExpiresAt).getTime() - world.now.getTime()).toBe(15 * 60_000);
    await client.identity.me({});
    world.clock.advance(15 * 60_000 + 1000);
    await expect(client.identity.me({})).rejects.toEqual(refusal('TOKEN_EXPIRED'));
    const next = await refresh(session.refreshToken);
    await world.clientWithToken(next.accessToken).identity.me({});
    expect(next.refreshToken).not.toBe(session.refreshToken);
  });

  it('keeps no refresh token in clear', async () => {
    const { session } = await newCitizen(world);
    const rows = await world.dataSource.manager.find(RefreshTokenEntity);
    expect(JSON.stringify(rows)).not.toContain(session.refreshToken);
    const hash = createHash('sha256').update(session.refreshToken).digest('hex');
    expect(rows.filter(({ tokenHash }) => tokenHash === hash)).toHaveLength(1);
  });

  it('goes on from one refresh token to the next for as long as it is used', async () => {
    const { session, id } = await newCitizen(world);
    let current = session;
    for (let week = 0; week < 6; week++) {
      world.clock.advance(7 * 24 * 3600_000);
      current = await refresh(current.refreshToken);
    }
    expect((await world.clientWithToken(current.accessToken).identity.me({})).id).toBe(id);
  });

  it('ends when it was not used for its time: a month for citizens, half a day for staff', async () => {
    const { session } = await newCitizen(world);
    const staff = await newStaff(world);
    const signedIn = await world.client().identity.staffLogin(staff);
    world.clock.advance(12 * 3600_000 + 1);
    await expect(refresh(signedIn.session.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
    world.clock.advance(30 * 24 * 3600_000);
    await expect(refresh(session.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
  });

  it('survives a lost answer: the same token again within ten seconds gets a pair of its own', async () => {
    const { session, id } = await newCitizen(world);
    await refresh(session.refreshToken);
    world.clock.advance(5_000);
    const again = await refresh(session.refreshToken);
    expect((await world.clientWithToken(again.accessToken).identity.me({})).id).toBe(id);
    await refresh(again.refreshToken);
  });

  it('ends as a whole when a refresh token comes back later: someone copied it', async () => {
    const { session } = await newCitizen(world);
    const owner = await refresh(session.refreshToken);
    world.clock.advance(GRACE);
    await expect(refresh(session.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
    // Neither the thief nor the owner goes on.
    await expect(refresh(owner.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
    await expect(world.clientWithToken(owner.accessToken).identity.me({})).rejects.toEqual(
      refusal('TOKEN_EXPIRED'),
    );
  });

  it('leaves the other sessions of the person alone when one was stolen', async () => {
    const phone = await newCitizen(world, { openid: 'two-phones' });
    const tablet = await newCitizen(world, { openid: 'two-phones', upTo: 'signed-in' });
    expect(tablet.id).toBe(phone.id);
    await refresh(phone.session.refreshToken);
    world.clock.advance(GRACE);
    await expect(refresh(phone.session.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
    await refresh(tablet.session.refreshToken);
  });

  it('gives each of many refreshes at the same moment a pair, and none twice', async () => {
    const { session } = await newCitizen(world);
    const pairs = await Promise.all(Array.from({ length: 8 }, () => refresh(session.refreshToken)));
    expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(8);
  });

  it('ends with the sign-out, its access token at once', async () => {
    const { session } = await newCitizen(world);
    const client = world.clientWithToken(session.accessToken);
    await client.identity.me({});
    await world.client().identity.logout({ refreshToken: session.refreshToken });
    await expect(client.identity.me({})).rejects.toEqual(refusal('TOKEN_EXPIRED'));
    await expect(refresh(session.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
    // What a stranger may see stays to be seen.
    await client.guide.listHalls({});
  });

  it('is told to the other processes', async () => {
    const { session } = await newCitizen(world);
    const other = await newWorld({
      env: {
        DATABASE_URL: world.config.database.url,
        REDIS_PREFIX: world.config.redis.prefix,
      },
      jobs: false,
    });
    try {
      const elsewhere = other.clientWithToken(session.accessToken);
      other.clock.set(world.now);
      await elsewhere.identity.me({});
      await world.client().identity.logout({ refreshToken: session.refreshToken });
      await pause(200);
      await expect(elsewhere.identity.me({})).rejects.toEqual(refusal('TOKEN_EXPIRED'));
    } finally {
      await other.close();
    }
  });

  it('ends twice as well as once, and one that is unknown is no fault', async () => {
    const { session } = await newCitizen(world);
    const client = world.client();
    await client.identity.logout({ refreshToken: session.refreshToken });
    await client.identity.logout({ refreshToken: session.refreshToken });
    await client.identity.logout({ refreshToken: 'nobody has this' });
  });

  it('refuses a refresh token that it never gave out', async () => {
    await expect(refresh('x'.repeat(43))).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
  });

  it('of staff takes over a new role and hall, and ends when the account is disabled', async () => {
    const staff = await newStaff(world, { role: 'clerk' });
    const { session } = await world.client().identity.staffLogin(staff);
    await expect(world.clientWithToken(session.accessToken).identity.listStaff({})).rejects.toEqual(
      refusal('FORBIDDEN'),
    );
    const { manager } = world.dataSource;
    await manager.update(StaffEntity, { id: staff.id }, { role: 'admin', hallId: null });
    const promoted = await refresh(session.refreshToken);
    await world.clientWithToken(promoted.accessToken).identity.listStaff({});
    await manager.update(StaffEntity, { id: staff.id }, { active: false });
    await expect(refresh(promoted.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
    await expect(world.clientWithToken(promoted.accessToken).identity.listStaff({})).rejects.toEqual(
      refusal('TOKEN_EXPIRED'),
    );
  });

  it('leaves no refresh token behind a day after its end', async () => {
    const { session } = await newCitizen(world);
    const tokenHash = createHash('sha256').update(session.refreshToken).digest('hex');
    const left = () => world.dataSource.manager.countBy(RefreshTokenEntity, { tokenHash });
    await world.runRepeat('identity.prune-tokens');
    expect(await left()).toBe(1);
    world.clock.advance(32 * 24 * 3600_000);
    await world.runRepeat('identity.prune-tokens');
    expect(await left()).toBe(0);
  });
});
