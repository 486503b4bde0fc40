import { afterEach, beforeAll } from '@jest/globals';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { forgetSession, keepSession } from '../../../apps/miniapp/src/state/session';
import type { TestCitizen } from '../../support/builders/citizen.js';
import type { World } from '../../support/world.js';
import { openPage } from './page.js';
import { FakePage, PageContext, edge } from './taro.js';

/** A phone at this world's server, with nobody signed in. Each test leaves it signed out and its storage empty. */
export function openPhone(newWorld: () => Promise<World>): { readonly world: World } {
  // As in the browser's build: the API is at the page's own origin.
  Object.assign(globalThis, { HAOBAN_API: '' });
  const page = openPage(newWorld);
  beforeAll(() => forgetSession());
  afterEach(async () => {
    await forgetSession();
    edge.storage.clear();
    edge.forget();
  });
  return page;
}

/** With the session that the API itself gave to this person. */
export async function signInAs({ session, client }: TestCitizen): Promise<void> {
  await keepSession({ session, citizen: await client.identity.me() });
}

type Params = Readonly<Record<string, string | undefined>>;

/** One page of the app, opened with these parameters, as far as its hook goes. */
export function openHook<T>(useHook: () => T, params: Params = {}) {
  const page = new FakePage(params);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <PageContext.Provider value={page}>{children}</PageContext.Provider>
  );
  const { result, unmount } = renderHook(useHook, { wrapper });
  return {
    /** What the screen shows now. */
    get now(): T {
      return result.current;
    },
    /** The person comes back to the page. */
    show: () => page.shown.forEach((call) => call()),
    pullDown: () => page.pulled.forEach((call) => call()),
    reachBottom: () => page.bottomReached.forEach((call) => call()),
    get shareCard() {
      return page.share?.();
    },
    /** The person leaves the page for good. */
    leave: () => {
      page.left.forEach((call) => call());
      unmount();
    },
    close: unmount,
  };
}

/** The last page that the app went to. */
export function lastVisit(): string | undefined {
  return edge.visits.at(-1)?.url;
}
