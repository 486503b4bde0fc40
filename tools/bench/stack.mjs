// A stack of its own for a benchmark: database, Redis and as many api processes as it asks for, on a throw-away folder on disk, so
// that a commit is as durable, and costs as much, as in production. The api logs at its usual level, into a file. No worker and no
// simulators: they run elsewhere and would only take time from what is measured.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stackEnvironment } from '../lib/environment.mjs';
import { readText } from '../lib/files.mjs';
import { installPackages } from '../lib/install.mjs';
import { UserError, step } from '../lib/log.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { freePort } from '../lib/ports.mjs';
import { cleanEnvironment, startPrivateServers } from '../lib/private-stack.mjs';
import { isRunning } from '../lib/processes.mjs';
import { loadSecrets } from '../lib/secrets.mjs';
import { logTail, openLog } from '../lib/server-log.mjs';
import { nodeArguments } from '../lib/services.mjs';
import { runScript, untilReady } from '../lib/stack.mjs';

/**
 * Resolves `{ env, lock, startApi(moreArguments) }`: what the product's own code finds in its environment, what ends the
 * processes, and the way to one more api, `{ port, cpuMs() }`. Seed first: an api reads the catalogue once and keeps it.
 */
export async function startBenchStack(onLock) {
  await step('npm packages', installPackages);
  const { build } = await import('../build.mjs');
  await build({ api: true });
  const { dataDir, lock, servers } = await startPrivateServers(onLock, { onDisk: true });
  // Nobody calls the outside parties; their addresses only have to be well formed.
  const ports = { api: 0, worker: 0, wechat: 9, pay: 9, ems: 9 };
  const given = { APP_MODE: 'test', ...cleanEnvironment() };
  const env = stackEnvironment({ secrets: loadSecrets(dataDir), ports, ...servers, dataDir, given });
  await step('database schema', () => runScript('apps/api/dist/db/migrate.js', ['up'], env));
  let count = 0;

  async function startApi(more = []) {
    const name = `api-${++count}`;
    const port = await freePort();
    const own = { ...env, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
    let pid;
    await step(name, async () => {
      const log = openLog(dataDir, name);
      const child = spawn(
        process.execPath,
        [...nodeArguments(env), ...more, inRoot('apps/api/dist/main.js')],
        {
          cwd: root,
          env: own,
          stdio: ['ignore', log, log],
          detached: true,
        },
      );
      const me = lock.add(child, name);
      pid = me.pid;
      await untilReady(name, own.PUBLIC_URL, () => {
        if (!isRunning(me)) throw new UserError(`${name} did not start:\n${logTail(dataDir, name)}`);
      });
    });
    return { port, cpuMs: () => cpuMs(pid) };
  }

  const database = Number(readText(join(dataDir, 'db', 'server.pid')));
  return { env, lock, startApi, databaseCpuMs: () => cpuMs(database) };
}

/** Processor time that a process has had, in milliseconds; undefined where there is no /proc. Ticks are 10 ms on Linux. */
function cpuMs(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
