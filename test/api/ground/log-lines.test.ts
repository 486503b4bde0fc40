import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { LogLines } from '../../../apps/api/src/common/log-lines.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-lines-'));
  file = join(folder, 'log');
  writeFileSync(file, '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = () => readFileSync(file, 'utf8').split('\n').filter(Boolean);
async function until(count: number): Promise<string[]> {
  for (let waited = 0; written().length < count && waited < 10_000; waited += 20) await pause(20);
  return written();
}

describe('log lines', () => {
  it('are written soon after, though few, and in a rush all and in order', async () => {
    const lines = new LogLines(file);
    lines.write('first\n');
    expect(await until(1)).toEqual(['first']);
    const many = Array.from({ length: 5_000 }, (_, index) => `line ${index} ${'.'.repeat(index % 300)}`);
    for (const line of many) lines.write(`${line}\n`);
    expect(await until(5_001)).toEqual(['first', ...many]);
  });

  it('are all there at once after a fatal error', async () => {
    const lines = new LogLines(file);
    // The file has to be open.
    lines.write('{}\n');
    await until(1);
    const logger = pino({}, lines);
    logger.info('last but one');
    logger.fatal('last');
    expect(
      written()
        .slice(1)
        .map((line) => (JSON.parse(line) as { msg: string }).msg),
    ).toEqual(['last but one', 'last']);
  });
});
