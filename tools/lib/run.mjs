import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { UserError } from './log.mjs';

const running = new Set();

/** For output that we keep or quote. FORCE_COLOR has to go: to some programs even '0' means colour. */
export const plain = { NO_COLOR: '1', FORCE_COLOR: undefined };

/**
 * Runs a command to its end. Resolves `{ code, output }`, output being stdout and stderr as they came; throws a
 * UserError with the tail of the output on a non-zero exit unless `allowFailure`. `onLine` sees each line as it comes;
 * `env` is added to `base`, our own environment unless told otherwise.
 */
export function run(command, args = [], options = {}) {
  const { allowFailure = false, onLine, onStart, env, base = process.env, cwd = root, ...rest } = options;
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C reaches only us, and we can end the command together with what it started.
    const child = spawn(command, args, {
      cwd,
      env: { ...base, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...rest,
    });
    running.add(child);
    if (child.pid !== undefined) onStart?.(child);
    let output = '';
    let partial = '';
    const take = (chunk) => {
      output += chunk;
      if (!onLine) return;
      const lines = (partial + chunk).split('\n');
      partial = lines.pop();
      lines.forEach((line) => onLine(line));
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => {
      running.delete(child);
      reject(new UserError(`Cannot run ${command}: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      if (onLine && partial) onLine(partial);
      if (code === 0 || allowFailure) return resolve({ code: code ?? 1, output });
      const tail = output.trimEnd().split('\n').slice(-40).join('\n');
      reject(
        new UserError(`${[command, ...args].join(' ')} ended with ${signal ?? `code ${code}`}:\n${tail}`),
      );
    });
  });
}

/** Ends what `run` still runs, with everything it started; called when we are told to stop. */
export function stopCommands() {
  for (const child of running) {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

/** The full path of a program from the PATH or the folders where Debian keeps servers, undefined if it is nowhere. */
export function which(name) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/sbin',
    '/opt/homebrew/bin',
  ];
  for (const folder of folders) {
    const path = join(folder || '.', name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not here; look on.
    }
  }
  return undefined;
}
