// The Node processes of a stack: started, watched, restarted when they die, their output kept in <dataDir>/logs.
import { spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { UserError, warn } from './log.mjs';
import { inRoot, root } from './paths.mjs';
import { logFile, logTail, openLog } from './server-log.mjs';

const longestPause = 30_000;
const healthyAfter = 60_000;

/** Moves the clock of a demo's process where CLOCK_SHIFT_MS says so. */
export const nodeArguments = (env) => [
  '--enable-source-maps',
  // Requests of a rush die young: with the usual 16 MB they are copied about first. The room is taken only while it is needed.
  '--max-semi-space-size=128',
  ...(Number(env.CLOCK_SHIFT_MS)
    ? ['--import', pathToFileURL(inRoot('tools/lib/shifted-clock.mjs')).href]
    : []),
];

/**
 * Starts `node <script>` as part of the stack. While `starting` is true its death is an error, thrown by `check()`;
 * after `watch()` it is started again, after 1, 2, 4 … 30 seconds, and a line says so.
 */
export function startService({ name, script, env, dataDir, lock, onLine = () => undefined }) {
  let child;
  let stopping = false;
  let watched = false;
  let died;
  let pause = 1000;

  function start() {
    const log = openLog(dataDir, name);
    const began = Date.now();
    child = spawn(process.execPath, [...nodeArguments(env), inRoot(script)], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    keepLines(child.stdout, log, (line) => onLine(name, line, 'stdout'));
    keepLines(child.stderr, log, (line) => onLine(name, line, 'stderr'));
    child.once('close', (code, signal) => {
      closeSync(log);
      void ended(signal ?? `code ${code}`, Date.now() - began);
    });
    lock.add(child, name);
  }

  async function ended(how, lived) {
    died = how;
    if (stopping || !watched) return;
    if (lived > healthyAfter) pause = 1000;
    warn(`${name} ended (${how}); it starts again in ${pause / 1000} s. Its log: ${logFile(dataDir, name)}`);
    await sleep(pause);
    pause = Math.min(pause * 2, longestPause);
    if (!stopping) start();
  }

  start();
  return {
    name,
    check() {
      if (died) throw new UserError(`${name} did not start (${died}):\n${logTail(dataDir, name)}`);
    },
    watch() {
      this.check();
      watched = true;
    },
    /** From now on its end is expected; the lock ends it. */
    expectEnd() {
      stopping = true;
    },
  };
}

function keepLines(stream, log, onLine) {
  let partial = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    writeSync(log, chunk);
    const lines = (partial + chunk).split('\n');
    partial = lines.pop();
    lines.forEach((line) => onLine(line));
  });
}

/** What of a line is worth showing in the terminal: errors in pino's JSON (level 50 and up), and plain text on stderr. */
export function notable(line, stream) {
  if (!line.startsWith('{')) return stream === 'stderr' && line.trim() ? line : undefined;
  try {
    const { level, msg, err } = JSON.parse(line);
    return level >= 50 ? [msg, err?.message].filter(Boolean).join(': ') : undefined;
  } catch {
    return line;
  }
}
