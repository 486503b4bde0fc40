import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './files.mjs';

const limit = 5_000_000;

export const logFile = (dataDir, name) => join(dataDir, 'logs', `${name}.log`);

/** Opens a log for appending; a large one is put aside first. Returns a file descriptor. */
export function openLog(dataDir, name) {
  const file = logFile(dataDir, name);
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  try {
    if (statSync(file).size > limit) renameSync(file, `${file}.1`);
  } catch {
    // The first log of its name.
  }
  return openSync(file, 'a');
}

export function logTail(dataDir, name, lines = 25) {
  return (readText(logFile(dataDir, name)) ?? '').trimEnd().split('\n').slice(-lines).join('\n');
}
