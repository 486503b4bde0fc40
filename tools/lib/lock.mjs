// One stack per data folder. `run.json` in the folder says who runs it and which processes belong to it; it is there as
// long as the stack is. When its owner dies without cleaning up, the guard (guard.mjs) or else the next start does.
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readJson, readText, writeJson } from './files.mjs';
import { UserError } from './log.mjs';
import { inRoot } from './paths.mjs';
import { identify, isRunning, stopAll } from './processes.mjs';

const fileOf = (dataDir) => join(dataDir, 'run.json');

export function readRun(dataDir) {
  try {
    return readJson(fileOf(dataDir));
  } catch {
    // Half a file after a power cut: nothing of it still runs.
    return { owner: { pid: 0 }, children: [] };
  }
}

/** True if the folder's stack is running right now. */
export const isHeld = (dataDir) => {
  const run = readRun(dataDir);
  return run !== undefined && isRunning(run.owner);
};

/** Ends what a dead owner left running, then forgets it. */
export async function recover(dataDir) {
  const run = readRun(dataDir);
  if (run === undefined) return 0;
  const left = run.children.filter(isRunning);
  await stopAll(left);
  rmSync(fileOf(dataDir), { force: true });
  return left.length;
}

/**
 * Takes the folder for this process. Fails with a UserError if a live process holds it.
 * Resolves `{ add(child, name), release(), recovered }`; `add` makes a child part of the stack.
 */
export async function acquire(dataDir, { disposable = false } = {}) {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const owner = identify(process.pid, 'owner');
  const recovered = await take(dataDir, owner);
  const guard = startGuard(dataDir, disposable);
  let children = [];
  let releasing = false;
  const save = () => writeJson(fileOf(dataDir), { owner, children }, 0o600);
  return {
    recovered,
    add(child, name) {
      if (releasing) {
        child.kill('SIGKILL');
        throw new UserError(`${name} was started while everything stops.`);
      }
      children = [...children.filter(isRunning), identify(child.pid, name)];
      save();
      return children.at(-1);
    },
    async release() {
      releasing = true;
      await stopAll(children);
      rmSync(fileOf(dataDir), { force: true });
      if (disposable) rmSync(dataDir, { recursive: true, force: true });
      guard.kill('SIGKILL');
    },
  };
}

async function take(dataDir, owner) {
  // Written aside and linked: link fails if the name exists, and the name never shows half a file.
  const mine = `${fileOf(dataDir)}.${process.pid}`;
  let recovered = 0;
  writeFileSync(mine, JSON.stringify({ owner, children: [] }), { mode: 0o600 });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        linkSync(mine, fileOf(dataDir));
        return recovered;
      } catch (error) {
        if (error.code !== 'EEXIST' || attempt === 5) throw explain(error, dataDir);
      }
      const other = readRun(dataDir);
      if (other && isRunning(other.owner)) throw new UserError(alreadyRunning(other.owner.pid));
      recovered += await recover(dataDir);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function alreadyRunning(pid) {
  const text = readText(`/proc/${pid}/cmdline`)?.split('\0').join(' ').trim();
  return (
    `好办 is already running from this checkout (process ${pid}${text ? `: ${text}` : ''}).\n` +
    `Use it, or stop it first: Ctrl-C in its terminal, or kill ${pid}`
  );
}

function explain(error, dataDir) {
  return error.code === 'EACCES' || error.code === 'EPERM'
    ? new UserError(
        `${dataDir} belongs to another user. Run as that user, or remove the folder (it holds the demo data).`,
      )
    : error;
}

/** A small process that outlives us: when our end of its pipe closes, it clears up what we left. */
function startGuard(dataDir, disposable) {
  const guard = spawn(
    process.execPath,
    [inRoot('tools', 'lib', 'guard.mjs'), dataDir, disposable ? 'disposable' : 'kept'],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      cwd: '/',
    },
  );
  guard.unref();
  guard.stdin.unref?.();
  guard.stdin.on('error', () => undefined);
  return guard;
}
