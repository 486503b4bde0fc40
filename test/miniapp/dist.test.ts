import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildWeapp, dist } from './support/weapp.js';

const app = fileURLToPath(new URL('../../apps/miniapp', import.meta.url));
const require = createRequire(import.meta.url);

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => ending.test(file) && statSync(file).isFile());
}

interface AppJson {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
  tabBar: { list: { pagePath: string; iconPath: string; selectedIconPath: string }[] };
  requiredPrivateInfos: string[];
  permission: Record<string, { desc: string }>;
  __usePrivacyCheck__: boolean;
}
let appJson: AppJson;
let pages: string[];

beforeAll(async () => {
  await buildWeapp();
  appJson = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as AppJson;
  pages = [
    ...appJson.pages,
    ...appJson.subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`)),
  ];
}, 240_000);

describe('app.json', () => {
  it('lists pages that were all built, tabs in the main package', () => {
    for (const page of pages) {
      for (const ending of ['js', 'json', 'wxml']) {
        expect([page, ending, existsSync(join(dist, `${page}.${ending}`))]).toEqual([page, ending, true]);
      }
    }
    expect(appJson.tabBar.list.map(({ pagePath }) => pagePath)).toEqual(appJson.pages);
  });

  it('has two to five tabs whose icons are local and under 40 KB', () => {
    const { list } = appJson.tabBar;
    expect(list.length).toBeGreaterThanOrEqual(2);
    expect(list.length).toBeLessThanOrEqual(5);
    for (const icon of list.flatMap(({ iconPath, selectedIconPath }) => [iconPath, selectedIconPath])) {
      expect(statSync(join(dist, icon)).size).toBeLessThan(40 * 1024);
    }
  });

  it('declares what it asks of WeChat', () => {
    expect(appJson.requiredPrivateInfos).toEqual(['chooseAddress', 'getFuzzyLocation']);
    expect(Object.keys(appJson.permission)).toEqual(['scope.userFuzzyLocation']);
    expect(appJson.__usePrivacyCheck__).toBe(true);
  });

  it('has every page that the server names in its messages', () => {
    const api = fileURLToPath(new URL('../../apps/api/src', import.meta.url));
    const named = filesIn(api, /\.ts$/).flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/[`'](pages\/[a-z/-]+)[?']/g),
    ]);
    expect(named.length).toBeGreaterThan(3);
    for (const [, page] of named) expect(pages).toContain(page);
  });
});

describe("WeChat's own compilers", () => {
  const tool = (name: string) => {
    const file = join(dirname(require.resolve('miniprogram-compiler')), 'bin/linux', name);
    chmodSync(file, 0o755);
    return file;
  };
  const run = (name: string, parameters: string[], ending: RegExp) =>
    execFileSync(
      tool(name),
      [...parameters, ...filesIn(dist, ending).map((file) => `./${relative(dist, file)}`)],
      {
        cwd: dist,
        encoding: 'utf8',
        stdio: 'pipe',
        maxBuffer: 64 * 1024 * 1024,
      },
    );

  it('take every template', () => {
    expect(run('wcc', ['-d'], /\.(wxml|wxs)$/)).toContain('taro_tmpl');
  });

  it('take every style sheet', () => {
    expect(run('wcsc', ['-lc'], /\.wxss$/).length).toBeGreaterThan(1000);
  });
});

describe('what is uploaded', () => {
  it('is small: main package up to 700 KB, each sub-package up to 300 KB', async () => {
    const script = pathToFileURL(join(app, 'scripts/check-sizes.mjs')).href;
    const output = execFileSync(process.execPath, [fileURLToPath(script), dist], { encoding: 'utf8' });
    expect(output).toContain('main');
    expect(output).not.toContain('TOO LARGE');
  });

  it('names no foreign host and carries no telemetry', () => {
    // Name spaces, the address in React's error texts and the base against which Taro parses paths: none is ever called.
    const harmless = /^(www\.w3\.org|127\.0\.0\.1:3000|reactjs\.org|taro\.com)$/;
    for (const file of filesIn(dist, /\.(js|json|wxml|wxss|wxs)$/)) {
      const hosts = [
        ...readFileSync(file, 'utf8').matchAll(/(?:https?|wss?):\/\/([A-Za-z0-9.-]+(?::\d+)?)/g),
      ];
      const foreign = hosts.map(([, host = '']) => host).filter((host) => !harmless.test(host));
      expect([relative(dist, file), foreign]).toEqual([relative(dist, file), []]);
      expect(readFileSync(file, 'utf8')).not.toMatch(/npm-usage-stats|google-analytics|hm\.baidu/);
    }
  });

  it('calls nothing that blocks', () => {
    for (const file of filesIn(join(app, 'src'), /\.tsx?$/)) {
      expect([file, /\b(wx|Taro)\.\w+Sync\b/.test(readFileSync(file, 'utf8'))]).toEqual([file, false]);
    }
  });

  it('is one source: what differs between WeChat and a browser differs in src/platform only', () => {
    for (const file of filesIn(join(app, 'src'), /\.tsx?$/)) {
      // app.config.ts is read by the build of each target and is no code of the app.
      if (file.includes('/platform/') || file.endsWith('/app.config.ts')) continue;
      const text = readFileSync(file, 'utf8');
      expect([file, /process\.env\.TARO_ENV|\bwx\.|\b(window|document|navigator)\./.test(text)]).toEqual([
        file,
        false,
      ]);
    }
    for (const file of filesIn(join(app, 'src/platform'), /\.weapp\.tsx?$/)) {
      const twin = file.replace('.weapp.', '.h5.');
      expect([file, existsSync(twin) || existsSync(`${twin}x`)]).toEqual([file, true]);
    }
  });
});
