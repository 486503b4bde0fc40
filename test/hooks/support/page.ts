import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { cleanup, configure, waitFor } from '@testing-library/react';
import { WebSocket as Socket } from 'ws';
import type { World } from '../../support/world.js';
import { network } from './network.js';

declare global {
  /** Set by page-environment.cjs. */
  var movePageTo: (url: string) => void;
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}

const sockets = new Set<Socket>();

class PageSocket extends Socket {
  constructor(url: string | URL) {
    super(url);
    sockets.add(this);
    this.once('close', () => sockets.delete(this));
  }
}

/** Puts a page before this world's server, on a network that the tests can disturb. */
export function openPage(newWorld: () => Promise<World>): { readonly world: World } {
  let world: World;
  configure({
    asyncUtilTimeout: 10_000,
    // Hooks draw nothing, so the page tells nothing.
    getElementError: (message) => new Error(message ?? undefined),
  });
  beforeAll(async () => {
    world = await newWorld();
    movePageTo(`${world.baseUrl}/`);
    Object.assign(globalThis, { WebSocket: PageSocket });
    globalThis.fetch = network.fetch as typeof fetch;
    // Answers come when they come, as in a browser; tests wait for what they show.
    globalThis.IS_REACT_ACT_ENVIRONMENT = false;
  });
  afterEach(async () => {
    cleanup();
    document.body.replaceChildren();
    await network.idle();
    network.restore();
    network.sent.length = 0;
  });
  afterAll(async () => {
    cutSockets();
    await world.close();
  });
  return {
    get world() {
      return world;
    },
  };
}

/** The live line breaks, without a word from the server. */
export function cutSockets(): void {
  for (const socket of sockets) socket.terminate();
}

export function openSockets(): number {
  return [...sockets].filter(({ readyState }) => readyState === Socket.OPEN).length;
}

/** Waits until `look` finds something. */
export function until<T>(look: () => T | undefined | false | null): Promise<T> {
  return waitFor(() => {
    const found = look();
    if (found === undefined || found === false || found === null) throw new Error(`Not yet: ${String(look)}`);
    return found;
  });
}

/** Presses a button that something outside the hook has put on the page, such as a sheet. */
export async function press(name: string): Promise<void> {
  const button = await until(() =>
    [...document.querySelectorAll('button')]
      .reverse()
      .find((each) => words(each) === words(name) && !answered.has(each)),
  );
  // A question that is answered stays until its work is done; asked anew, it comes with buttons of its own.
  if (button.closest('.ant-modal-confirm')) answered.add(button);
  button.click();
}

const answered = new WeakSet<Element>();

/** Antd sets two Chinese characters apart on a button. */
function words(of: { textContent: string | null } | string): string {
  return (typeof of === 'string' ? of : (of.textContent ?? '')).replace(/\s/g, '');
}
