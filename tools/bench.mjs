// npm run bench -- rush|slots [--json]   What the product does in a second, with a floor that is measured in the same minutes.
// With --json the last line is one JSON object with the numbers. --quick takes less time and says less; --profile keeps a CPU
// profile of the api in .data/profiles.
import './lib/node-version.mjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { rush } from './bench/rush.mjs';
import { slots } from './bench/slots.mjs';
import { startBenchStack } from './bench/stack.mjs';
import { UserError, printFailure, say } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { stopCommands } from './lib/run.mjs';
import { onShutdown } from './lib/shutdown.mjs';

const benches = { rush, slots };
const [name, ...flags] = process.argv.slice(2);
let lock;
const shutdown = onShutdown(async () => lock?.release());

try {
  if (!(name in benches))
    throw new UserError(`Say which: npm run bench -- ${Object.keys(benches).join(' | ')}`);
  const stack = await startBenchStack((held) => (lock = held));
  const result = await benches[name](stack, {
    quick: flags.includes('--quick'),
    nodeArguments: flags.includes('--profile')
      ? ['--cpu-prof', `--cpu-prof-dir=${inRoot('.data', 'profiles')}`]
      : undefined,
  });
  await lock.release();
  if (flags.includes('--json')) say(JSON.stringify(result));
  // Numbers of a rush that sold a place twice are worth nothing.
  const faults = ['oversold', 'lost', 'wrong'].filter((name) => result[name] > 0);
  process.exit(faults.length === 0 ? 0 : 1);
} catch (error) {
  if (shutdown.isStopping()) await sleep(2 ** 31 - 1); // The shutdown is under way and exits for us.
  stopCommands();
  printFailure(error);
  await lock?.release();
  process.exit(1);
}
