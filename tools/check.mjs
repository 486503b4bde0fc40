import './lib/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { checks, inputsHash, runCheck } from './lib/checks.mjs';
import { installPackages } from './lib/install.mjs';
import { printFailure, say } from './lib/log.mjs';
import { stopCommands } from './lib/run.mjs';

/** Runs every part, two at a time, and prints a line each and the output of what failed. Resolves `{ passed, failed }`. */
export async function check() {
  const hash = inputsHash();
  // The slow parts last in the list are started first, so that the short ones fill the other place.
  const waiting = checks();
  let passed = 0;
  let failed = 0;
  async function worker() {
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      const start = Date.now();
      const { ok, output, unchanged } = await runCheck(part, hash);
      const time = unchanged
        ? 'unchanged since it was green'
        : `${((Date.now() - start) / 1000).toFixed(1)} s`;
      say(`${ok ? '✓' : '✗'} ${part.name.padEnd(14)} ${time}`);
      if (ok) passed++;
      else {
        failed++;
        say(output.trimEnd());
      }
    }
  }
  await Promise.all([worker(), worker()]);
  return { passed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await installPackages();
    const { passed, failed } = await check();
    say(`check: ${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    stopCommands();
    printFailure(error);
    process.exitCode = 1;
  }
}
