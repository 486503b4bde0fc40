import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const dist = fileURLToPath(new URL('../../../apps/miniapp/dist/weapp', import.meta.url));

/** Builds the mini-program unless nothing changed since the last time. */
export async function buildWeapp(): Promise<void> {
  await promisify(execFile)(process.execPath, ['tools/build.mjs', '--weapp'], { cwd: root });
}
