// Walks the whole thread over HTTP, from sign-in to a rated visit and a delivered certificate: against BASE_URL (with its
// simulators at SIM_WECHAT_URL, SIM_PAY_URL, SIM_EMS_URL) or, without it, against a private stack of its own.
// The steps are in tools/journey/*.mjs, in the order of the file names; each exports `steps = [{ name, run(ctx) }]`.
import './lib/node-version.mjs';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { httpPorts, simulatorUrls } from './lib/environment.mjs';
import { installPackages } from './lib/install.mjs';
import { RequestFailed, caller, eventually } from './lib/journey-http.mjs';
import { UserError, printFailure, say, step } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { startPrivateStack } from './lib/private-stack.mjs';
import { stopCommands } from './lib/run.mjs';
import { onShutdown } from './lib/shutdown.mjs';

let lock;
let stack;
const stop = async () => {
  stack?.expectEnd?.();
  await lock?.release();
};
const shutdown = onShutdown(stop);

try {
  stack = process.env.BASE_URL ? given(process.env) : await own();
  const count = await walk(await loadSteps(), context(stack));
  await stop();
  say(`journey: ${count} steps ok`);
  process.exit(0);
} catch (error) {
  if (shutdown.isStopping()) await sleep(2 ** 31 - 1); // The shutdown is under way and exits for us.
  stopCommands();
  printFailure(error);
  await stop();
  process.exit(1);
}

function given(env) {
  const usual = simulatorUrls(httpPorts());
  return {
    baseUrl: env.BASE_URL.replace(/\/+$/, ''),
    sims: {
      wechat: env.SIM_WECHAT_URL || usual.wechat,
      pay: env.SIM_PAY_URL || usual.pay,
      ems: env.SIM_EMS_URL || usual.ems,
    },
  };
}

async function own() {
  await step('npm packages', installPackages);
  const { build } = await import('./build.mjs');
  await build({ api: true });
  return startPrivateStack((held) => (lock = held));
}

/**
 * What a step gets: `baseUrl`, `sims`, `http` (to the API), `sim.{wechat,pay,ems}` (to a simulator), `eventually`, and
 * `state`, where a step leaves what later ones need.
 */
function context({ baseUrl, sims }) {
  const sim = Object.fromEntries(Object.entries(sims).map(([name, url]) => [name, caller(url)]));
  return { baseUrl, sims, http: caller(baseUrl), sim, eventually, state: {} };
}

async function loadSteps() {
  const folder = inRoot('tools', 'journey');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.mjs')) : [];
  const parts = await Promise.all(
    files.sort().map((name) => import(pathToFileURL(`${folder}/${name}`).href)),
  );
  const steps = parts.flatMap((part) => part.steps ?? []);
  if (steps.length === 0) throw new UserError('tools/journey has no steps.');
  return steps;
}

async function walk(steps, ctx) {
  const width = String(steps.length).length;
  for (const [index, { name, run }] of steps.entries()) {
    const number = `${String(index + 1).padStart(width)}/${steps.length}`;
    const start = Date.now();
    try {
      await run(ctx);
    } catch (error) {
      throw new UserError(`${number} ${name}: broke here\n${describe(error)}`);
    }
    say(`${number} ${name}  ${Date.now() - start} ms`);
  }
  return steps.length;
}

function describe(error) {
  if (!(error instanceof RequestFailed)) return error.stack ?? String(error);
  const answer =
    typeof error.answer === 'string' ? error.answer.slice(0, 2000) : JSON.stringify(error.answer, null, 2);
  return `${error.message}\n${answer}`;
}
