// npm test                     everything: check, then every test
// npm test -- test/domain      only the tests that match, without check (any jest argument works)
import './lib/node-version.mjs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from './check.mjs';
import { readJson } from './lib/files.mjs';
import { installPackages } from './lib/install.mjs';
import { UserError, printFailure, say, step } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { cleanEnvironment, startPrivateServers } from './lib/private-stack.mjs';
import { plain, run, stopCommands } from './lib/run.mjs';
import { counted, filesToTryAgain, unsteady, withSecondTry } from './lib/second-try.mjs';
import { onShutdown } from './lib/shutdown.mjs';
import { provideBrowser } from './lib/test-browser.mjs';

const chosen = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
let lock;
const shutdown = onShutdown(async () => lock?.release());

try {
  await step('npm packages', installPackages);
  const { build } = await import('./build.mjs');
  await build(chosen.length === 0 ? { api: true, hall: true, h5: true, weapp: true } : { api: true });
  if (chosen.length === 0) {
    say('\ncheck');
    add(await check());
  }
  say('\ntests');
  add(await runTests());
} catch (error) {
  if (shutdown.isStopping()) await sleep(2 ** 31 - 1); // The shutdown is under way and exits for us.
  stopCommands();
  printFailure(error);
  total.failed++;
}
await lock?.release();
say(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

async function runTests() {
  let browser;
  await step('browser and font', async () => {
    // A chosen few may well need no browser; those that do will say so themselves.
    browser = await (chosen.length === 0 ? provideBrowser() : provideBrowser().catch(() => undefined));
  });
  const { dataDir, servers } = await startPrivateServers((held) => (lock = held));
  const env = {
    TEST_DATABASE_URL: servers.database.url,
    DATABASE_TYPE: servers.database.type,
    TEST_REDIS_URL: servers.redis.url,
    ...(browser && { CHROMIUM_PATH: browser }),
    ...plain,
  };
  const report = join(dataDir, 'jest.json');
  // What files leave behind adds up in a worker until it dies; a new one takes over before.
  const first = await runJest(report, env, ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB', ...chosen]);
  const again = chosen.length === 0 ? filesToTryAgain(first) : [];
  if (again.length === 0) return counted(first);
  say(`\nonce more, one after another: what failed beside others`);
  const second = await runJest(report, env, ['--runInBand', '--runTestsByPath', ...again]);
  for (const name of unsteady(first, second)) say(`unsteady (failed at first, passed alone): ${name}`);
  return counted(withSecondTry(first, second));
}

async function runJest(report, env, choice) {
  rmSync(report, { force: true });
  const { code, output } = await run(
    process.execPath,
    [
      inRoot('node_modules/jest/bin/jest.js'),
      '--json',
      `--outputFile=${report}`,
      '--testLocationInResults=false',
      ...choice,
    ],
    {
      allowFailure: true,
      onLine: showProgress,
      onStart: (child) => lock.add(child, 'jest'),
      env,
      base: cleanEnvironment(),
    },
  );
  const result = readJson(report);
  if (result === undefined) throw new UserError(`jest ended with code ${code}:\n${output.slice(-4000)}`);
  return { code, files: result.testResults };
}

/** Jest's own lines, one a file, with the failures in full; with --json they come on stderr, the report goes to its file. */
function showProgress(line) {
  if (!/^(\{"num|Test results written to)/.test(line)) say(line);
}
