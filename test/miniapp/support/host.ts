import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { Wx } from './wx.js';
import type { Answer } from './wx.js';

/** One element as Taro sends it to WeChat's templates (base.wxml): short names, attributes as p0 … */
export interface Element {
  readonly sid?: string;
  readonly uid?: string;
  readonly nn?: string;
  readonly cl?: string;
  readonly v?: string;
  readonly cn?: Element[];
  readonly [attribute: string]: unknown;
}

interface PageInstance {
  route: string;
  __route__: string;
  options: Record<string, string>;
  data: { root?: Element };
  setData(update: Record<string, unknown>, done?: () => void): void;
  eh(event: unknown): void;
  onLoad?(options: Record<string, string>): void;
  onShow?(): void;
  onReady?(): void;
  onHide?(): void;
  onUnload?(): void;
  onPullDownRefresh?(): void;
  onShareAppMessage?(share: unknown): unknown;
}

/**
 * Runs what `taro build` made, as WeChat's container would: loads app.js and the pages, applies `setData` to each page's tree and hands
 * taps and inputs to it. The logic layer only: wcc and wcsc see to the templates and styles (dist.test.ts).
 */
export class WeappHost {
  readonly wx: Wx;
  readonly stack: PageInstance[] = [];
  /** Bytes of each `setData`, the largest of which a phone has to carry between its two threads. */
  readonly updates: number[] = [];
  readonly errors: unknown[] = [];
  private readonly modules = new Map<string, unknown>();
  private readonly pages = new Map<string, object>();
  private readonly context;
  private loading = '';

  constructor(
    private readonly dist: string,
    settings: { apiUrl: string; answers?: Record<string, Answer> },
  ) {
    this.wx = new Wx({
      apiUrl: settings.apiUrl,
      answers: settings.answers ?? {},
      navigate: {
        to: (url) => this.open(url),
        redirect: (url) => {
          this.pop();
          this.open(url);
        },
        tab: (url) => {
          while (this.stack.length > 0) this.pop();
          this.open(url);
        },
        back: () => {
          this.pop();
          this.page.onShow?.();
        },
      },
    });
    const noteError = (...parts: unknown[]) => void this.errors.push(parts);
    this.context = createContext({
      wx: this.wx.api(),
      App: (app: { onLaunch?: (options: unknown) => void; onShow?: (options: unknown) => void }) => {
        this.app = app;
      },
      Page: (page: object) => void this.pages.set(this.loading, page),
      Component: () => undefined,
      getApp: () => this.app,
      getCurrentPages: () => [...this.stack],
      console: { log: () => undefined, info: () => undefined, warn: noteError, error: noteError },
      ...{ setTimeout, clearTimeout, setInterval, clearInterval, Promise },
    });
  }

  private app: { onLaunch?: (options: unknown) => void; onShow?: (options: unknown) => void } = {};

  /** The page on top. */
  get page(): PageInstance {
    const page = this.stack.at(-1);
    if (!page) throw new Error('No page is open');
    return page;
  }

  launch(): this {
    this.load(join(this.dist, 'app.js'));
    const options = { path: 'pages/home/index', query: {}, scene: 1001 };
    this.app.onLaunch?.(options);
    this.app.onShow?.(options);
    return this;
  }

  open(url: string): void {
    const [path = '', query = ''] = url.replace(/^\//, '').split('?');
    if (!this.pages.has(path)) {
      this.loading = path;
      this.load(join(this.dist, `${path}.js`));
    }
    const config = this.pages.get(path);
    if (!config) throw new Error(`${path} is no page`);
    this.stack.at(-1)?.onHide?.();
    const options = Object.fromEntries(new URLSearchParams(query));
    const page = Object.assign(Object.create(config) as PageInstance, {
      route: path,
      __route__: path,
      options,
      data: {},
      setData: (update: Record<string, unknown>, done?: () => void) => this.setData(page, update, done),
    });
    this.stack.push(page);
    page.onLoad?.(options);
    page.onShow?.();
    page.onReady?.();
  }

  pop(): void {
    this.stack.pop()?.onUnload?.();
  }

  close(): void {
    while (this.stack.length > 0) this.pop();
    this.wx.close();
  }

  /** All elements of the page on top, in document order. */
  elements(): Element[] {
    const all: Element[] = [];
    const walk = (element: Element | undefined) => {
      if (!element) return;
      all.push(element);
      element.cn?.forEach(walk);
    };
    walk(this.page.data.root);
    return all;
  }

  text(element: Element | undefined = this.page.data.root): string {
    if (!element) return '';
    return (element.v ?? '') + (element.cn ?? []).map((child) => this.text(child)).join('');
  }

  find(id: string): Element | undefined {
    return this.elements().find(({ uid }) => uid === id);
  }

  byClass(name: string): Element[] {
    return this.elements().filter(({ cl }) => cl?.split(' ').includes(name));
  }

  /** Taps, and lets the page draw what follows, as the slowness of fingers does. */
  async tap(target: string | Element | undefined): Promise<void> {
    if (typeof target === 'string')
      await this.until(`something to tap at ${target}`, () => this.find(target));
    const element = typeof target === 'string' ? this.find(target) : target;
    if (!element)
      throw new Error(`Nothing to tap at ${String(target)} on ${this.page.route}:\n${this.text()}`);
    this.fire(element, 'tap', {});
    await drawn();
  }

  async type(id: string, value: string): Promise<void> {
    await this.until(`the field ${id}`, () => this.find(id));
    const element = this.find(id);
    if (!element) throw new Error(`No field ${id} on ${this.page.route}:\n${this.text()}`);
    this.fire(element, 'input', { value });
    await drawn();
  }

  /** Waits until something holds; the text of the page says why it didn't. */
  async until(what: string, holds: () => unknown, timeoutMs = 20_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      if (holds()) return;
      if (Date.now() > end) {
        const shown = this.stack.map(({ route }) => route).join(' > ');
        throw new Error(
          `Not in time: ${what}\n${shown}\n${this.text()}\n${this.errors.map(String).join('\n')}`,
        );
      }
      await new Promise((done) => setTimeout(done, 15));
    }
  }

  shows(text: string): Promise<void> {
    return this.until(text, () => this.text().includes(text));
  }

  private fire(element: Element, type: string, detail: object): void {
    const id = element.uid ?? element.sid ?? '';
    const at = { id, dataset: { sid: element.sid ?? '' }, offsetLeft: 0, offsetTop: 0 };
    this.page.eh({
      type,
      timeStamp: Date.now(),
      target: at,
      currentTarget: at,
      detail,
      mark: {},
      touches: [],
    });
  }

  private setData(page: PageInstance, update: Record<string, unknown>, done?: () => void): void {
    const wire = JSON.stringify(update);
    this.updates.push(Buffer.byteLength(wire));
    for (const [path, value] of Object.entries(JSON.parse(wire) as Record<string, unknown>)) {
      assign(page.data, path, value);
    }
    if (done) setTimeout(done, 0);
  }

  private load(file: string): unknown {
    const known = this.modules.get(file);
    if (known !== undefined) return known;
    const module = { exports: {} };
    this.modules.set(file, module.exports);
    const code = readFileSync(file, 'utf8');
    const run = runInContext(`(function(require,module,exports){${code}\n})`, this.context, {
      filename: relative(this.dist, file),
    }) as (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void;
    run(
      (name) => this.load(join(dirname(file), name.endsWith('.js') ? name : `${name}.js`)),
      module,
      module.exports,
    );
    this.modules.set(file, module.exports);
    return module.exports;
  }
}

function drawn(): Promise<void> {
  return new Promise((done) => setTimeout(done, 40));
}

/** `root.cn.[0].cl` */
function assign(data: object, path: string, value: unknown): void {
  const keys = path.replace(/\[(\d+)\]/g, '$1').split('.');
  const last = keys.pop() ?? '';
  let at = data as Record<string, unknown>;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  at[last] = value;
}
