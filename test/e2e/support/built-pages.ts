import { execFile } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PageFolders } from '../../../apps/api/src/meta/pages.js';
import { builtHall } from '../../hall/support/site.js';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
const LONGEST_BUILD_MS = 240_000;

/** Builds phone and hall if they are stale, once per run of jest however many files ask. */
export async function builtPages(): Promise<PageFolders> {
  const { hall } = await builtHall();
  const done = join(process.env.HAOBAN_TEST_RUN ?? root, 'h5-built');
  if (isFirst(`${done}.lock`)) {
    const failure = await promisify(execFile)(process.execPath, ['tools/build.mjs', '--h5'], {
      cwd: root,
    }).then(() => '', String);
    writeFileSync(done, failure);
  }
  for (let waited = 0; !existsSync(done); waited += 100) {
    if (waited > LONGEST_BUILD_MS) throw new Error('The phone app was not built in time');
    await pause(100);
  }
  const failure = readFileSync(done, 'utf8');
  if (failure) throw new Error(failure);
  return { hall, h5: join(root, 'apps/miniapp/dist/h5') };
}

function isFirst(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch {
    return false;
  }
}
