import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { StaffLoginService } from '../../../apps/api/src/identity/staff-login.service.js';
import { StaffEntity } from '../../../apps/api/src/identity/staff.entity.js';
import { newStaff, type TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code });
const login = (username: string, password: string) =>
  world.client().identity.staffLogin({ username, password });
const QUARTER = 15 * 60_000;

async function guess(staff: { username: string }, times: number): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < times; n++) {
    codes.push(
      await login(staff.username, `wrong-${n}`).then(String, (error: { code: string }) => error.code),
    );
  }
  return codes;
}

describe('staff sign in', () => {
  it('with user name and password, and then are who they are', async () => {
    const staff = await newStaff(world, { role: 'manager', name: '沈测试' });
    const { session, staff: account } = await login(` ${staff.username} `, staff.password);
    expect(account).toMatchObject({
      id: staff.id,
      name: '沈测试',
      role: 'manager',
      active: true,
      lockedUntil: null,
    });
    const me = await world.clientWithToken(session.accessToken).identity.staffMe({});
    expect(me).toEqual(account);
  });

  it('not with a wrong password or an unknown name, which look alike', async () => {
    const staff = await newStaff(world);
    await expect(login(staff.username, 'wrong')).rejects.toEqual(refusal('CREDENTIALS_WRONG'));
    await expect(login('nobody', 'wrong')).rejects.toEqual(refusal('CREDENTIALS_WRONG'));
  });

  it('not when the account is disabled, which only its owner is told', async () => {
    const staff = await newStaff(world, { active: false });
    await expect(login(staff.username, 'wrong')).rejects.toEqual(refusal('CREDENTIALS_WRONG'));
    await expect(login(staff.username, staff.password)).rejects.toEqual(refusal('ACCOUNT_DISABLED'));
  });

  it('not more than thirty times a minute with one name', async () => {
    const staff = await newStaff(world);
    const tries = await Promise.allSettled(
      Array.from({ length: 31 }, () => login(staff.username, staff.password)),
    );
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused).toEqual([expect.objectContaining({ reason: refusal('RATE_LIMITED') })]);
  });
});

describe('five wrong passwords in a row', () => {
  it('lock the account for a quarter of an hour, even for the right one', async () => {
    const staff = await newStaff(world);
    expect(await guess(staff, 5)).toEqual([...Array<string>(4).fill('CREDENTIALS_WRONG'), 'ACCOUNT_LOCKED']);
    await expect(login(staff.username, staff.password)).rejects.toMatchObject({
      code: 'ACCOUNT_LOCKED',
      details: { retryAfterSeconds: 900 },
    });
    world.clock.advance(QUARTER - 1000);
    await expect(login(staff.username, staff.password)).rejects.toEqual(refusal('ACCOUNT_LOCKED'));
    world.clock.advance(1000);
    await login(staff.username, staff.password);
  });

  it('are five again after the lock', async () => {
    const staff = await newStaff(world);
    await guess(staff, 5);
    world.clock.advance(QUARTER);
    expect(await guess(staff, 4)).toEqual(Array<string>(4).fill('CREDENTIALS_WRONG'));
    await login(staff.username, staff.password);
  });

  it('are counted anew after a right one', async () => {
    const staff = await newStaff(world);
    await guess(staff, 4);
    await login(staff.username, staff.password);
    expect(await guess(staff, 4)).toEqual(Array<string>(4).fill('CREDENTIALS_WRONG'));
    await login(staff.username, staff.password);
  });

  it('lock a name that does not exist just the same, so that the lock betrays none', async () => {
    const codes = await guess({ username: 'no-such-person' }, 6);
    expect(codes).toEqual([
      ...Array<string>(4).fill('CREDENTIALS_WRONG'),
      'ACCOUNT_LOCKED',
      'ACCOUNT_LOCKED',
    ]);
  });

  it('lock a name that does not exist from the fifth on, for as long', async () => {
    await guess({ username: 'no-such-clerk' }, 2);
    await new Promise((done) => setTimeout(done, 1_100));
    await guess({ username: 'no-such-clerk' }, 2);
    await expect(login('no-such-clerk', 'wrong')).rejects.toMatchObject({
      code: 'ACCOUNT_LOCKED',
      details: { retryAfterSeconds: 900 },
    });
  });

  it('lock a name that exists without a quicker answer', async () => {
    const staff = await newStaff(world);
    await guess(staff, 5);
    const names = [staff.username, 'no-such-person-either'] as const;
    const times: [number[], number[]] = [[], []];
    // By turns, so that whatever else the machine does slows down both.
    for (let n = 0; n < 18; n++) {
      const which = n % 2 === 0 ? 0 : 1;
      const begin = performance.now();
      const wrong = { username: names[which], password: 'wrong' };
      await expect(world.get(StaffLoginService).login(wrong)).rejects.toThrow();
      times[which].push(performance.now() - begin);
    }
    const [known = 0, unknown = 0] = times.map((list) => list.sort((a, b) => a - b)[4]);
    expect(known).toBeGreaterThan(unknown / 2);
  });

  it('lock the account when they come at the same moment: never more than five are tried', async () => {
    const staff = await newStaff(world);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        login(staff.username, `wrong-${n}`).then(
          () => 'in',
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(answers.filter((code) => code === 'CREDENTIALS_WRONG')).toHaveLength(4);
    expect(answers.filter((code) => code === 'ACCOUNT_LOCKED')).toHaveLength(16);
  });

  it('leave a trace in the audit trail', async () => {
    const staff = await newStaff(world);
    await guess(staff, 5);
    const entries = await world.dataSource.manager.findBy(AuditEntity, { subjectId: staff.id });
    expect(entries.map(({ action }) => action)).toEqual(['staff.lock']);
  });
});

describe('the administrator', () => {
  let admin: TestStaff;
  beforeAll(async () => {
    admin = await newStaff(world, { role: 'admin', hallId: null });
  });

  it('sees every account, without its password', async () => {
    const staff = await newStaff(world);
    const { items } = await admin.client.identity.listStaff({});
    expect(items.find(({ id }) => id === staff.id)).toMatchObject({
      username: staff.username,
      hallId: staff.actor.hallId,
    });
    const raw = await world.request('/api/staff', {
      headers: { authorization: `Bearer ${await world.token(admin.actor)}` },
    });
    expect(await raw.text()).not.toContain('argon2');
  });

  it('ends a lock-out, and the audit trail names who did it', async () => {
    const staff = await newStaff(world);
    await guess(staff, 5);
    const before = (await admin.client.identity.listStaff({})).items.find(({ id }) => id === staff.id);
    expect(before?.lockedUntil).not.toBeNull();
    const account = await admin.client.identity.unlockStaff({ staffId: staff.id });
    expect(account.lockedUntil).toBeNull();
    await login(staff.username, staff.password);
    const entries = await world.dataSource.manager.findBy(AuditEntity, { action: 'staff.unlock' });
    expect(entries).toEqual([
      expect.objectContaining({ actorId: admin.id, actorName: admin.name, subjectId: staff.id }),
    ]);
  });

  it('meets NOT_FOUND for an account that does not exist', async () => {
    const staffId = '01JZ0000000000000000000000';
    await expect(admin.client.identity.unlockStaff({ staffId })).rejects.toEqual(refusal('NOT_FOUND'));
  });
});

describe('a new password', () => {
  it('takes the place of the old one and ends the other sessions, not the own', async () => {
    const staff = await newStaff(world);
    const here = await login(staff.username, staff.password);
    const elsewhere = await login(staff.username, staff.password);
    const client = world.clientWithToken(here.session.accessToken);
    await client.identity.changePassword({ oldPassword: staff.password, newPassword: 'Ein-neues-Wort-7' });
    await client.identity.staffMe({});
    await expect(world.clientWithToken(elsewhere.session.accessToken).identity.staffMe({})).rejects.toEqual(
      refusal('TOKEN_EXPIRED'),
    );
    const refresh = (refreshToken: string) => world.client().identity.refresh({ refreshToken });
    await expect(refresh(elsewhere.session.refreshToken)).rejects.toEqual(refusal('REFRESH_TOKEN_INVALID'));
    await refresh(here.session.refreshToken);
    await expect(login(staff.username, staff.password)).rejects.toEqual(refusal('CREDENTIALS_WRONG'));
    await login(staff.username, 'Ein-neues-Wort-7');
    const row = await world.dataSource.manager.findOneByOrFail(StaffEntity, { id: staff.id });
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each(['short1-A', 'onlyletterslong', '123456789012345'])(
    'is refused when it is weak: %s',
    async (newPassword) => {
      const staff = await newStaff(world);
      const change = staff.client.identity.changePassword({ oldPassword: staff.password, newPassword });
      await expect(change).rejects.toEqual(refusal('PASSWORD_TOO_WEAK'));
      await login(staff.username, staff.password);
    },
  );

  it('is refused when it holds the user name', async () => {
    const staff = await newStaff(world);
    const newPassword = `${staff.username.toUpperCase()}-2026`;
    const change = staff.client.identity.changePassword({ oldPassword: staff.password, newPassword });
    await expect(change).rejects.toEqual(refusal('PASSWORD_TOO_WEAK'));
  });

  it('needs the old one, and guessing that locks the account', async () => {
    const staff = await newStaff(world);
    const change = (oldPassword: string) =>
      staff.client.identity.changePassword({ oldPassword, newPassword: 'Ein-neues-Wort-7' });
    for (let n = 0; n < 4; n++) {
      await expect(change('wrong')).rejects.toEqual(refusal('CREDENTIALS_WRONG'));
    }
    await expect(change('wrong')).rejects.toEqual(refusal('ACCOUNT_LOCKED'));
    await expect(change(staff.password)).rejects.toEqual(refusal('ACCOUNT_LOCKED'));
  });
});
