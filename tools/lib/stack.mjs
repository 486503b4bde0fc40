// Everything that runs, on one data folder: database, Redis, simulators, worker, api. `npm start` runs one on the
// developer's folder and fixed ports, a private journey one on a throw-away folder and random ports.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { clockShift } from './demo-clock.mjs';
import { startDatabase, typeOfUrl } from './database.mjs';
import { apiUrl, httpPorts, reachableHost, simulatorUrls, stackEnvironment } from './environment.mjs';
import { UserError, step } from './log.mjs';
import { inRoot } from './paths.mjs';
import { freePort, requirePort, waitForPort } from './ports.mjs';
import { startRedis } from './redis.mjs';
import { run } from './run.mjs';
import { loadSecrets } from './secrets.mjs';
import { nodeArguments, startService } from './services.mjs';

/** Fails early, with the process in the way, when one of the fixed ports is taken. */
export async function requirePorts(ports, host) {
  await requirePort(ports.api, host, 'the api', 'PORT');
  await requirePort(ports.wechat, host, 'the WeChat simulator', 'SIM_WECHAT_PORT');
  await requirePort(ports.pay, host, 'the WeChat Pay simulator', 'SIM_PAY_PORT');
  await requirePort(ports.ems, host, 'the EMS simulator', 'SIM_EMS_PORT');
}

/** Database and Redis: those of `given` if it names them, else private ones. */
export async function startServers({ dataDir, lock, given = process.env, grants }) {
  const { serverPassword: password } = loadSecrets(dataDir);
  const answers = await Promise.allSettled([
    given.DATABASE_URL
      ? typeOfUrl(given.DATABASE_URL).then((type) => ({ url: given.DATABASE_URL, type }))
      : startDatabase({ dataDir, lock, password, grants }),
    given.REDIS_URL ? { url: given.REDIS_URL } : startRedis({ dataDir, lock, password }),
  ]);
  // Both texts at once: who has to install something wants to hear of the other thing too.
  const problems = answers.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason);
  const surprise = problems.find((problem) => !(problem instanceof UserError));
  if (surprise) throw surprise;
  if (problems.length > 0) throw new UserError(problems.map((problem) => problem.message).join('\n\n'));
  const [database, redis] = answers.map((answer) => answer.value);
  return { database, redis };
}

/**
 * Migrates, seeds and starts the processes on servers that run already; resolves when the api says it is ready.
 * `given` is the environment that overrides ours. Resolves `{ baseUrl, sims, env, expectEnd() }`.
 */
export async function startStack({
  dataDir,
  lock,
  servers,
  ports = httpPorts(),
  given = process.env,
  onLine,
}) {
  const workerPort = Number(given.WORKER_PORT || (await freePort()));
  const all = { ...ports, worker: workerPort };
  const env = stackEnvironment({ secrets: loadSecrets(dataDir), ports: all, ...servers, dataDir, given });
  const shift = env.APP_MODE === 'production' ? 0 : clockShift(given.DEMO_CLOCK);
  env.CLOCK_SHIFT_MS = String(shift);
  await step('database schema', () => runScript('apps/api/dist/db/migrate.js', ['up'], env));
  await step('demo city', () => runScript('apps/api/dist/db/seed.js', [], env));
  env.SIM_WECHAT_TEMPLATES ??= await subscribeTemplates();
  const services = [];
  const start = (name, script) => services.push(startService({ name, script, env, dataDir, lock, onLine }));
  const check = () => services.forEach((service) => service.check());
  const host = reachableHost(env);
  const baseUrl = apiUrl(ports, env);
  await step('simulators', async () => {
    start('simulators', 'libs/simulators/dist/main.js');
    for (const port of [ports.wechat, ports.pay, ports.ems]) await waitForPort(port, { host, alive: check });
  });
  await step('worker and api', async () => {
    start('worker', 'apps/api/dist/worker.js');
    start('api', 'apps/api/dist/main.js');
    await untilReady('api', baseUrl, check);
    await untilReady('worker', `http://${host}:${workerPort}`, check);
  });
  services.forEach((service) => service.watch());
  return {
    baseUrl,
    sims: simulatorUrls(ports, env),
    env,
    /** How far the demo's clock goes before the real one, in milliseconds. */
    shift,
    expectEnd: () => services.forEach((service) => service.expectEnd()),
  };
}

/** The simulator knows the templates that the product sends, as the mini-program's account would, and refuses others. */
async function subscribeTemplates() {
  const { templates } = await import(pathToFileURL(inRoot('apps/api/dist/notifications/templates.js')).href);
  const known = Object.values(templates).map(({ templateId, title, fields }) => [
    templateId,
    { title, fields },
  ]);
  return JSON.stringify(Object.fromEntries(known));
}

/** Runs a script of the built api to its end. */
export async function runScript(script, args, env) {
  if (!existsSync(inRoot(script))) throw new UserError(`${script} is missing: build first (npm run build).`);
  await run(process.execPath, [...nodeArguments(env), inRoot(script), ...args], { env });
}

/** `check` is asked in between and may throw. */
export async function untilReady(name, baseUrl, check) {
  const end = Date.now() + 60_000;
  const url = `${baseUrl}/health/ready`;
  for (;;) {
    check();
    const answer = await readiness(url);
    if (answer === undefined) return;
    if (Date.now() > end) throw new UserError(`The ${name} is not ready after 60 s. ${url} says: ${answer}`);
    await sleep(100);
  }
}

/** Undefined when it is ready, else what it said instead. */
async function readiness(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return answer.ok ? undefined : `${answer.status} ${await answer.text()}`;
  } catch (error) {
    return String(error.cause?.code ?? error.message);
  }
}
