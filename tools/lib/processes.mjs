import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readText } from './files.mjs';

/**
 * When the process started, as text; undefined if it does not run (a zombie does not). A pid alone is no identity:
 * after a restart of the machine it may belong to anything, and we must never end a stranger.
 */
export function startedAt(pid) {
  if (existsSync('/proc/self/stat')) {
    const stat = readText(`/proc/${pid}/stat`);
    if (stat === undefined) return undefined;
    // The command, in parentheses, may hold blanks; state is field 3 and the start time field 22, see proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  }
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && stdout.trim() ? stdout.trim() : undefined;
}

/** Remembers a running process so that it can be recognised later, also by another process. */
export const identify = (pid, name) => ({ pid, name, startedAt: startedAt(pid) });

export const isRunning = (one) => one.startedAt !== undefined && startedAt(one.pid) === one.startedAt;

/** How long a process gets to end in peace; a database writes its pages first. */
const patience = (name) => (name === 'database' ? 60_000 : 15_000);

/** Asks with SIGTERM, waits, and ends it by force when it does not listen. Resolves when it is gone. */
export async function stopProcess(one) {
  if (!isRunning(one)) return;
  signal(one.pid, 'SIGTERM');
  const end = Date.now() + patience(one.name);
  while (isRunning(one)) {
    if (Date.now() > end) signal(one.pid, 'SIGKILL');
    await sleep(50);
  }
}

/** Who uses another process ends before it, whatever was restarted in between. */
const endOrder = ['api', 'worker', 'simulators', 'redis', 'database'];

export async function stopAll(processes) {
  const place = (one) => endOrder.indexOf(one.name);
  for (const one of [...processes].sort((a, b) => place(a) - place(b))) await stopProcess(one);
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
