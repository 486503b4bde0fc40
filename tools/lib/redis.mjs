import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, canInstall } from './apt.mjs';
import { writeFileSafely } from './files.mjs';
import { UserError } from './log.mjs';
import { rememberedPort, waitForPort } from './ports.mjs';
import { isRunning } from './processes.mjs';
import { which } from './run.mjs';
import { logTail, openLog } from './server-log.mjs';
import { giveTo, serverUser } from './server-user.mjs';

/**
 * Debian's redis-tools holds the whole server under the name redis-check-rdb: the program looks at the name it was
 * called by and acts accordingly. So the small package is enough, and no service gets started by an installation.
 */
const findServer = () => which('redis-server') ?? which('valkey-server') ?? which('redis-check-rdb');

async function provideServer() {
  const server = findServer();
  if (server) return server;
  if (canInstall()) {
    await aptInstall(['redis-tools']);
    const installed = findServer();
    if (installed) return installed;
  }
  throw new UserError(
    'No Redis found. Install it; the service need not run:\n' +
      (process.platform === 'darwin'
        ? '  brew install redis'
        : '  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends redis-tools\n' +
          '  Fedora:          sudo dnf install redis') +
      '\nOr point to a Redis of your own: REDIS_URL=redis://host:6379/0 npm start',
  );
}

/** Starts the private Redis in `<dataDir>/redis` and resolves `{ url }` once it answers. Jobs survive a restart. */
export async function startRedis({ dataDir, lock, password }) {
  const server = await provideServer();
  const user = serverUser(dataDir);
  const folder = join(dataDir, 'redis');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const port = await rememberedPort(dataDir, 'redis', 6379);
  const config = join(dataDir, 'redis.conf');
  // noeviction: BullMQ's queues must never be dropped for memory (docs.bullmq.io, "Going to production").
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${folder}"`,
    'appendonly yes',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
  ];
  writeFileSafely(config, `${settings.join('\n')}\n`, 0o600);
  giveTo(user, config, folder);

  const log = openLog(dataDir, 'redis');
  const child = spawn(server, [config], {
    argv0: server.endsWith('redis-check-rdb') ? 'redis-server' : undefined,
    cwd: folder,
    stdio: ['ignore', log, log],
    detached: true,
    ...user,
  });
  child.once('error', () => undefined);
  if (child.pid === undefined) throw new UserError(`Cannot run ${server}.`);
  const me = lock.add(child, 'redis');
  await waitForPort(port, {
    alive: () => {
      if (!isRunning(me)) throw new UserError(`Redis did not start:\n${logTail(dataDir, 'redis')}`);
    },
  });
  return { url: `redis://:${password}@127.0.0.1:${port}/0` };
}
