import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Services {
  /** A user that may create databases. */
  readonly database: { readonly url: string; readonly type: 'mariadb' | 'mysql' };
  readonly redis: { readonly url: string };
}

/** The database and Redis of this run: those that `npm test` names, else private ones that live as long as jest. */
export async function testServices(): Promise<Services> {
  const { TEST_DATABASE_URL, TEST_REDIS_URL, DATABASE_TYPE, HAOBAN_TEST_RUN } = process.env;
  if (TEST_DATABASE_URL && TEST_REDIS_URL) {
    const type = DATABASE_TYPE === 'mysql' ? 'mysql' : 'mariadb';
    return { database: { url: TEST_DATABASE_URL, type }, redis: { url: TEST_REDIS_URL } };
  }
  if (!HAOBAN_TEST_RUN) throw new Error('jest.config.cjs names no globalSetup');
  const file = join(HAOBAN_TEST_RUN, 'services.json');
  startOnce(HAOBAN_TEST_RUN, file);
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Services;
    await pause(50);
  }
  const log = readFileSync(join(HAOBAN_TEST_RUN, 'services.log'), 'utf8');
  throw new Error(`No database and Redis for the tests within a minute:\n${log}`);
}

function startOnce(folder: string, file: string): void {
  let log: number;
  try {
    // Whoever creates the log is the one that starts them.
    log = openSync(join(folder, 'services.log'), 'wx');
  } catch {
    return;
  }
  const script = fileURLToPath(new URL('./dev-services.mjs', import.meta.url));
  const owner = process.env.HAOBAN_TEST_OWNER ?? String(process.pid);
  const child = spawn(process.execPath, [script, file, owner], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
}
