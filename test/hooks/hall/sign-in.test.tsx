/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useStaffPage } from '../../../apps/hall/src/accounts/use-staff-page.js';
import { sessionStore } from '../../../apps/hall/src/api/session-store.js';
import { useCaseList } from '../../../apps/hall/src/cases/use-case-list.js';
import { useChangePassword } from '../../../apps/hall/src/session/use-change-password.js';
import { useShell } from '../../../apps/hall/src/session/use-shell.js';
import { useSignIn } from '../../../apps/hall/src/session/use-sign-in.js';
import { seedCity } from '../../support/builders/city.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';

const page = openHall(() => newWorld());
beforeAll(() => seedCity(page.world));

describe('signing in at the hall', () => {
  it('leads each role to its own first page', async () => {
    for (const [role, start] of [
      ['clerk', '/desk'],
      ['courier_desk', '/parcels'],
      ['manager', '/overview'],
    ] as const) {
      const { username, password } = await newStaff(page.world, { role });
      const form = openHook(useSignIn, '/sign-in');
      await form.now.signIn({ username, password });
      await until(() => form.address === start);
      form.close();
    }
  });

  it('leads back to the page that was asked for', async () => {
    const { username, password } = await newStaff(page.world);
    const form = openHook(useSignIn, { pathname: '/sign-in', state: { from: '/cases?q=1' } });
    await form.now.signIn({ username, password });
    await until(() => form.address === '/cases?q=1');
  });

  it('says that name or password is wrong, and that there is no line, and can be tried again', async () => {
    const { username, password } = await newStaff(page.world);
    const form = openHook(useSignIn);
    await form.now.signIn({ username, password: 'wrong-password' });
    await until(() => form.now.problem?.code === 'CREDENTIALS_WRONG');
    network.cut();
    await form.now.signIn({ username, password });
    await until(() => form.now.problem?.code === 'OFFLINE' && !form.now.busy);
    network.restore();
    await form.now.signIn({ username, password });
    await until(() => sessionStore.get()?.staff.username === username);
    expect(form.now.problem).toBeUndefined();
  });

  it('goes on under a renewed token when the old one has run out, once for all who ask', async () => {
    await signInStaff(page.world);
    page.world.clock.advance(16 * 60_000);
    const lists = ['a', 'b', 'c'].map((q) => openHook(() => useCaseList({ q })));
    await until(() => lists.every(({ now }) => now.state.status === 'ready'));
    expect(network.sent.filter(({ path }) => path.endsWith('/refresh'))).toHaveLength(1);
  });

  it('ends when the server no longer knows it', async () => {
    await signInStaff(page.world);
    const refreshToken = sessionStore.get()?.session.refreshToken ?? '';
    await page.world.client().identity.logout({ refreshToken });
    page.world.clock.advance(16 * 60_000);
    openHook(() => useCaseList({}));
    await until(() => sessionStore.get() === undefined);
  });

  it('ends here at once, whatever the network says', async () => {
    await signInStaff(page.world);
    network.cut();
    const shell = openHook(useShell);
    await shell.now.signOut();
    expect(sessionStore.get()).toBeUndefined();
    expect(sessionStorage.length).toBe(0);
  });
});

describe('changing the password', () => {
  it('names the old one where that is wrong, and is done where it is right', async () => {
    const { password, username } = await signInStaff(page.world);
    let done = 0;
    const form = openHook(() => useChangePassword(() => void (done += 1)));
    const newPassword = 'Another-password-2';
    await form.now.change({ oldPassword: 'not-this-one', newPassword, again: newPassword });
    await until(() => form.now.problem?.text.includes('现在的密码不正确'));
    expect(done).toBe(0);
    await form.now.change({ oldPassword: password, newPassword, again: newPassword });
    expect(done).toBe(1);
    await page.world.client().identity.staffLogin({ username, password: newPassword });
  });
});

describe('accounts', () => {
  it('are unlocked by the admin, and the list shows it', async () => {
    const locked = await newStaff(page.world);
    for (let n = 0; n < 5; n += 1)
      await page.world
        .client()
        .identity.staffLogin({ username: locked.username, password: 'wrong-password' })
        .catch(() => undefined);
    await signInStaff(page.world, { role: 'admin', hallId: null });
    const staff = openHook(useStaffPage);
    const row = () =>
      staff.now.state.status === 'ready'
        ? staff.now.state.data.items.find(({ id }) => id === locked.id)
        : undefined;
    await until(() => row()?.lockedUntil);
    staff.now.unlock(locked.id);
    await until(() => row()?.lockedUntil === null);
  });
});
