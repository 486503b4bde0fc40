import { WebSocket } from 'ws';

/** What a call of WeChat's API is given. */
export interface Options {
  readonly success?: (result: unknown) => void;
  readonly fail?: (error: { errMsg: string }) => void;
  readonly complete?: (result: unknown) => void;
  readonly [name: string]: unknown;
}

export type Answer = (options: Options) => unknown;

export interface WxSettings {
  /** Where requests to the built-in address go. */
  readonly apiUrl: string;
  /** In place of WeChat's own sheets: `login`, `requestPayment`, `requestSubscribeMessage`, `chooseAddress`, `showModal` … */
  readonly answers: Readonly<Record<string, Answer>>;
  readonly navigate: {
    readonly to: (url: string) => void;
    readonly redirect: (url: string) => void;
    readonly tab: (url: string) => void;
    readonly back: () => void;
  };
}

/** The address that the mini-program is built with when nothing else is said (apps/miniapp/config). */
const BUILT_IN = 'http://127.0.0.1:3000';

const plain: Record<string, Answer> = {
  showToast: () => ({}),
  hideToast: () => ({}),
  showModal: () => ({ confirm: true, cancel: false }),
  setNavigationBarTitle: () => ({}),
  stopPullDownRefresh: () => ({}),
  hideTabBar: () => ({}),
  showTabBar: () => ({}),
  vibrateLong: () => ({}),
  setClipboardData: () => ({}),
  scanCode: () => {
    throw new Error('scanCode:fail cancel');
  },
};

/** `wx` as far as the mini-program uses it. A call that is not here fails the test: it is new, or it came with a package. */
export class Wx {
  readonly storage = new Map<string, unknown>();
  readonly calls: { readonly name: string; readonly options: Options }[] = [];
  readonly sockets = new Set<WebSocket>();

  constructor(private readonly settings: WxSettings) {}

  /** Calls of one name, oldest first. */
  callsOf(name: string): Options[] {
    return this.calls.filter((call) => call.name === name).map(({ options }) => options);
  }

  api(): Record<string, unknown> {
    const { navigate } = this.settings;
    const answers: Record<string, Answer> = {
      ...plain,
      getStorage: ({ key }) => {
        if (!this.storage.has(String(key))) throw new Error('getStorage:fail data not found');
        return { data: structuredClone(this.storage.get(String(key))) };
      },
      setStorage: ({ key, data }) => void this.storage.set(String(key), structuredClone(data)),
      removeStorage: ({ key }) => void this.storage.delete(String(key)),
      navigateTo: ({ url }) => navigate.to(String(url)),
      redirectTo: ({ url }) => navigate.redirect(String(url)),
      switchTab: ({ url }) => navigate.tab(String(url)),
      navigateBack: () => navigate.back(),
      ...this.settings.answers,
    };
    const wrapped = Object.entries(answers).map(([name, answer]) => [name, this.asynchronous(name, answer)]);
    return {
      ...(Object.fromEntries(wrapped) as Record<string, unknown>),
      request: (options: Options) => this.request(options),
      connectSocket: (options: Options) => this.connectSocket(options),
      getAppBaseInfo: () => ({ fontSizeSetting: 16 }),
      getLaunchOptionsSync: () => ({ path: 'pages/home/index', query: {}, scene: 1001 }),
      canIUse: () => true,
      nextTick: (work: () => void) => setTimeout(work, 0),
      getStorageSync: () => forbidden('getStorageSync'),
      setStorageSync: () => forbidden('setStorageSync'),
      getSystemInfoSync: () => forbidden('getSystemInfoSync'),
    };
  }

  close(): void {
    for (const socket of this.sockets) {
      // One that is still connecting calls its end an error.
      socket.on('error', () => undefined);
      socket.terminate();
    }
  }

  private asynchronous(name: string, answer: Answer) {
    return (options: Options = {}) => {
      this.calls.push({ name, options });
      void Promise.resolve()
        .then(() => answer(options))
        .then(
          (result) => finish(options, 'success', { errMsg: `${name}:ok`, ...(result as object | undefined) }),
          (error: unknown) => finish(options, 'fail', { errMsg: (error as Error).message }),
        );
    };
  }

  private request(options: Options): { abort: () => void } {
    const { url, method, header, data } = options;
    this.calls.push({ name: 'request', options });
    if (!String(url).startsWith(BUILT_IN)) throw new Error(`A request to ${String(url)}`);
    const sent = fetch(this.settings.apiUrl + String(url).slice(BUILT_IN.length), {
      method: String(method),
      headers: header as Record<string, string>,
      ...(typeof data === 'string' ? { body: data } : {}),
    });
    void sent.then(
      async (answer) =>
        finish(options, 'success', {
          statusCode: answer.status,
          data: await answer.text(),
          header: Object.fromEntries(answer.headers),
        }),
      () => finish(options, 'fail', { errMsg: 'request:fail' }),
    );
    return { abort: () => undefined };
  }

  private connectSocket(options: Options): unknown {
    const socket = new WebSocket(
      String(options.url).replace(BUILT_IN.replace('http', 'ws'), this.settings.apiUrl.replace('http', 'ws')),
    );
    this.sockets.add(socket);
    const task = {
      onOpen: (listener: () => void) => void socket.on('open', listener),
      onMessage: (listener: (message: { data: string }) => void) =>
        void socket.on('message', (data) => listener({ data: (data as Buffer).toString('utf8') })),
      onClose: (listener: () => void) => void socket.on('close', listener),
      onError: (listener: () => void) => void socket.on('error', listener),
      send: ({ data }: { data: string }) => socket.send(data),
      close: () => socket.close(),
    };
    setTimeout(() => finish(options, 'success', {}), 0);
    return task;
  }
}

function finish(options: Options, way: 'success' | 'fail', result: Record<string, unknown>): void {
  if (way === 'success') options.success?.(result);
  else options.fail?.(result as { errMsg: string });
  options.complete?.(result);
}

function forbidden(name: string): never {
  throw new Error(`${name} blocks, and some containers do not have it`);
}
