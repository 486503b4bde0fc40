import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHeld, recover } from './lock.mjs';

const prefix = 'haoban-test-';
const memory = '/dev/shm';
/** By the file system hierarchy standard its files outlive a restart, so it is on disk, as /tmp often is not. */
const disk = '/var/tmp';
const needed = 3e9;

/**
 * A throw-away data folder: in memory when there is room, where a durable commit costs nothing, else on disk; `onDisk` for
 * those that measure what it costs. Folders that killed runs left behind are cleared up on the way.
 */
export async function newTestData({ onDisk = false } = {}) {
  const places = [memory, disk, tmpdir()].filter(existsSync);
  for (const place of places) await sweep(place);
  const durable = existsSync(disk) ? disk : tmpdir();
  const place = onDisk ? durable : hasRoom(memory) ? memory : tmpdir();
  const folder = mkdtempSync(join(place, prefix));
  // The servers' own user has to get through to its folders in there (server-user.mjs).
  chmodSync(folder, 0o711);
  return folder;
}

function hasRoom(folder) {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > needed;
}

async function sweep(place) {
  for (const name of readdirSync(place).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(place, name);
    try {
      // A young folder may be one whose owner is just about to take it.
      const young = Date.now() - statSync(folder).mtimeMs < 60_000;
      if (young || isHeld(folder)) continue;
      await recover(folder);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or swept by another run at the same moment.
    }
  }
}
