const { TestEnvironment: NodeEnvironment } = require('jest-environment-node');
const { TestEnvironment: DomEnvironment } = require('jest-environment-jsdom');

/**
 * Node with a page in it. Jest's own jsdom environment is a browser through and through: packages resolve to their browser builds
 * and timers are the page's, and then the API would not run beside the hooks. Here the server side keeps Node's globals (fetch,
 * timers, URL, Event), and only what Node doesn't have comes from the page.
 */
class PageEnvironment extends NodeEnvironment {
  constructor(config, context) {
    // jsdom looks at its window once more after the test file's end, when Jest would have emptied it.
    super(withOptions(config, { globalsCleanup: 'off' }), context);
    // A window that runs scripts is a vm context, and Node 20 doesn't name the properties of those.
    this.page = new DomEnvironment(withOptions(config, { runScripts: undefined }), context);
    this.intervals = new Set();
  }

  async setup() {
    await super.setup();
    await this.page.setup();
    const { global, page } = this;
    const { window } = page.dom;
    const { getComputedStyle } = window;
    // jsdom complains about pseudo-elements; there is no style of theirs to give.
    window.getComputedStyle = (element) => getComputedStyle(element);
    for (const name of Object.getOwnPropertyNames(window)) {
      // With XMLHttpRequest, axios in the tests' own helpers takes Node for a browser.
      if (name in global || name.startsWith('_') || name === 'XMLHttpRequest') continue;
      const bind = /^[a-z]/.test(name) && typeof window[name] === 'function';
      // Some are only worked out when they are asked for, such as the storages.
      Object.defineProperty(global, name, {
        configurable: true,
        get: () => (bind ? window[name].bind(window) : window[name]),
        set(value) {
          Object.defineProperty(global, name, { value, configurable: true, writable: true });
        },
      });
    }
    for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent', 'getComputedStyle']) {
      global[name] = window[name].bind(window);
    }
    global.window = window;
    global.movePageTo = (url) => page.dom.reconfigure({ url });
    this.endIntervalsWithThePage();
  }

  /** A browser ends a page's timers with the page; a front end relies on it, and Node would wait for them for ever. */
  endIntervalsWithThePage() {
    const { setInterval } = this.global;
    this.global.setInterval = (...args) => {
      const timer = setInterval(...args);
      this.intervals.add(timer);
      return timer;
    };
  }

  async teardown() {
    for (const timer of this.intervals) clearInterval(timer);
    await this.page.teardown();
    await super.teardown();
  }
}

function withOptions({ projectConfig, ...config }, options) {
  const testEnvironmentOptions = { ...projectConfig.testEnvironmentOptions, ...options };
  return { ...config, projectConfig: { ...projectConfig, testEnvironmentOptions } };
}

module.exports = PageEnvironment;
