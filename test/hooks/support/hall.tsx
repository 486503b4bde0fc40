import { afterEach } from '@jest/globals';
import { renderHook } from '@testing-library/react';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { client } from '../../../apps/hall/src/api/client.js';
import { sessionStore } from '../../../apps/hall/src/api/session-store.js';
import { StaffProvider, useSession } from '../../../apps/hall/src/session/use-session.js';
import { newStaff, type StaffOptions, type TestStaff } from '../../support/builders/staff.js';
import type { World } from '../../support/world.js';
import { openPage } from './page.js';

/** A desk computer at this world's server, with nobody signed in. */
export function openHall(newWorld: () => Promise<World>): { readonly world: World } {
  const page = openPage(newWorld);
  afterEach(() => sessionStore.set(undefined));
  return page;
}

/** A new member of staff, signed in with name and password as at the sign-in page. */
export async function signInStaff(world: World, options: StaffOptions = {}): Promise<TestStaff> {
  const staff = await newStaff(world, options);
  const { username, password } = staff;
  sessionStore.set(await client.identity.staffLogin({ username, password }));
  return staff;
}

/** A page's hook in the frame that every page stands in: router, dialogs, and who is signed in. */
export function openHook<T>(useHook: () => T, at: string | { pathname: string; state?: unknown } = '/') {
  let address = '';
  const Address = () => {
    const { pathname, search } = useLocation();
    address = pathname + search;
    return null;
  };
  const Staff = ({ children }: { children: ReactNode }) => (
    <StaffProvider value={useSession()?.staff}>{children}</StaffProvider>
  );
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={[at]}>
      <Address />
      <App>
        <Staff>{children}</Staff>
      </App>
    </MemoryRouter>
  );
  const { result, unmount } = renderHook(useHook, { wrapper });
  return {
    get now(): T {
      return result.current;
    },
    get address(): string {
      return address;
    },
    close: unmount,
  };
}
