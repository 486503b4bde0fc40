import { createContext, useContext, useEffect, useRef } from 'react';
import { network } from './network.js';

/**
 * The edge of the platform as far as the hooks go: requests over the tests' network, storage in memory, a page's parameters and its
 * life. What WeChat would show is written down instead.
 */
type Callback = () => unknown;
type ShareCard = { title: string; path: string };

export class FakePage {
  readonly shown = new Set<Callback>();
  readonly pulled = new Set<Callback>();
  readonly bottomReached = new Set<Callback>();
  readonly left = new Set<Callback>();
  share: (() => ShareCard) | undefined;
  constructor(readonly params: Readonly<Record<string, string | undefined>> = {}) {}
}

export const PageContext = createContext(new FakePage());

export type Visit = { readonly how: 'open' | 'replace' | 'tab' | 'back'; readonly url: string };

/** What happened at the edge, and what a person answers there. */
export const edge = {
  visits: [] as Visit[],
  toasts: [] as string[],
  questions: [] as { title: string; content: string; confirmText: string }[],
  /** What the person answers where something is asked. */
  agrees: true,
  clipboard: undefined as string | undefined,
  title: undefined as string | undefined,
  refreshesEnded: 0,
  pagesOpen: 2,
  storage: new Map<string, string>(),
  forget(): void {
    this.visits.length = this.toasts.length = this.questions.length = 0;
    this.agrees = true;
    this.refreshesEnded = 0;
    this.pagesOpen = 2;
  },
};

interface RequestOptions {
  readonly url: string;
  readonly method: string;
  readonly header: Record<string, string>;
  readonly data?: string;
}

const visit = (how: Visit['how']) => (options?: { url: string }) => {
  edge.visits.push({ how, url: options?.url ?? '' });
  return Promise.resolve();
};

const Taro = {
  async request({ url, method, header, data }: RequestOptions) {
    const answer = await network.fetch(url, { method, headers: header, ...(data && { body: data }) });
    return {
      statusCode: answer.status,
      data: await answer.text(),
      header: Object.fromEntries(answer.headers),
    };
  },
  getStorage({ key }: { key: string }) {
    const kept = edge.storage.get(key);
    return kept === undefined
      ? Promise.reject(new Error('getStorage:fail data not found'))
      : Promise.resolve({ data: JSON.parse(kept) as unknown });
  },
  setStorage({ key, data }: { key: string; data: unknown }) {
    edge.storage.set(key, JSON.stringify(data));
    return Promise.resolve();
  },
  removeStorage({ key }: { key: string }) {
    edge.storage.delete(key);
    return Promise.resolve();
  },
  switchTab: visit('tab'),
  navigateTo: visit('open'),
  redirectTo: visit('replace'),
  navigateBack: visit('back'),
  getCurrentPages: () => Array.from({ length: edge.pagesOpen }),
  showModal(options: { title: string; content: string; confirmText: string }) {
    const { title, content, confirmText } = options;
    edge.questions.push({ title, content, confirmText });
    return Promise.resolve({ confirm: edge.agrees });
  },
  showToast({ title }: { title: string }) {
    edge.toasts.push(title);
    return Promise.resolve();
  },
  setNavigationBarTitle({ title }: { title: string }) {
    edge.title = title;
    return Promise.resolve();
  },
  setClipboardData({ data }: { data: string }) {
    edge.clipboard = data;
    return Promise.resolve();
  },
  stopPullDownRefresh: () => void (edge.refreshesEnded += 1),
};
export default Taro;

export function useRouter() {
  return { params: useContext(PageContext).params };
}

function useEvent(callbacks: Set<Callback>, callback: Callback, atOnce = false): void {
  const latest = useRef(callback);
  latest.current = callback;
  useEffect(() => {
    const call = () => latest.current();
    callbacks.add(call);
    // A page is shown when it opens, too.
    if (atOnce) call();
    return () => void callbacks.delete(call);
  }, [callbacks, atOnce]);
}

export const useDidShow = (callback: Callback) => useEvent(useContext(PageContext).shown, callback, true);
export const usePullDownRefresh = (callback: Callback) => useEvent(useContext(PageContext).pulled, callback);
export const useUnload = (callback: Callback) => useEvent(useContext(PageContext).left, callback);
export const useReachBottom = (callback: Callback) =>
  useEvent(useContext(PageContext).bottomReached, callback);

export function useShareAppMessage(card: () => ShareCard): void {
  useContext(PageContext).share = card;
}
