import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newWorld, type World } from '../../support/world.js';

const script = 'document.documentElement.style.fontSize = "20px";';

describe('the built front ends', () => {
  const folder = mkdtempSync(join(tmpdir(), 'haoban-pages-'));
  let world: World;
  beforeAll(async () => {
    for (const [name, text] of Object.entries({
      'h5/index.html': `<html><script>${script}</script><script src="/js/app.js"></script>phone</html>`,
      'h5/js/app.js': '1',
      'hall/index.html':
        '<html><script type="module" src="/hall/assets/index-Bx3kd9Qz.js"></script>hall</html>',
      'hall/assets/index-Bx3kd9Qz.js': '2',
    })) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const pages = { h5: join(folder, 'h5'), hall: join(folder, 'hall') };
    world = await newWorld({ jobs: false, pages });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const text = async (path: string) => (await world.request(path)).text();

  it('are the phone app at / and the hall app at /hall/, whatever address the browser made of it', async () => {
    expect(await text('/')).toContain('phone');
    for (const path of ['/hall', '/hall/', '/hall/desk/3', '/hall/manager?day=1']) {
      expect(await text(path)).toContain('hall</html>');
    }
  });

  it('are kept by browsers where the name holds a hash, and asked for again elsewhere', async () => {
    const cache = async (path: string) => (await world.request(path)).headers.get('cache-control');
    expect(await cache('/hall/assets/index-Bx3kd9Qz.js')).toContain('immutable');
    expect(await cache('/js/app.js')).toBe('no-cache');
    expect(await cache('/hall/desk')).toBe('no-cache');
  });

  it('may run their own inline script and no other', async () => {
    const policy = (await world.request('/')).headers.get('content-security-policy') ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('leave the API its own answers, and files outside of them closed', async () => {
    expect(await text('/api/none')).toContain('NOT_FOUND');
    expect((await world.request('/js/none.js')).status).toBe(404);
    expect((await world.request('/..%2f..%2f..%2fetc/passwd')).status).toBe(404);
    expect((await world.request('/hall/..%2f..%2f..%2f..%2fetc/passwd')).headers.get('content-type')).toMatch(
      /html|json/,
    );
  });
});
