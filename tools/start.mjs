import './lib/node-version.mjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { beijing } from './lib/demo-clock.mjs';
import { httpPorts } from './lib/environment.mjs';
import { installPackages } from './lib/install.mjs';
import { acquire } from './lib/lock.mjs';
import { printFailure, say, step } from './lib/log.mjs';
import { developerData, inRoot } from './lib/paths.mjs';
import { stopCommands } from './lib/run.mjs';
import { notable } from './lib/services.mjs';
import { onShutdown } from './lib/shutdown.mjs';
import { requirePorts, startServers, startStack } from './lib/stack.mjs';

const began = Date.now();
const verbose = process.argv.includes('--verbose');
const ports = httpPorts();
const host = process.env.HOST || '127.0.0.1';
let lock;
let stack;

async function stop() {
  stack?.expectEnd();
  if (!lock) return;
  say('\nStopping …');
  await lock.release();
  say('Stopped.');
}
const shutdown = onShutdown(stop, () => stack !== undefined);

try {
  lock = await acquire(developerData);
  if (lock.recovered) say(`✓ cleared up ${lock.recovered} processes that the last run left behind`);
  await requirePorts(ports, host);
  let servers;
  await Promise.all([
    step('npm packages', installPackages),
    step(
      'database and Redis',
      async () => void (servers = await startServers({ dataDir: developerData, lock })),
    ),
  ]);
  const { build } = await import('./build.mjs');
  await build({ api: true, hall: true, h5: true });
  stack = await startStack({ dataDir: developerData, lock, servers, ports, onLine: show });
  await printAddresses();
} catch (error) {
  if (shutdown.isStopping()) await sleep(2 ** 31 - 1); // The shutdown is under way and exits for us.
  stopCommands();
  printFailure(error);
  await stop();
  process.exit(1);
}

function show(name, line, stream) {
  const text = verbose ? line : notable(line, stream);
  if (text) say(`${name.padEnd(10)} │ ${text}`);
}

async function printAddresses() {
  const { baseUrl, sims } = stack;
  say(`
好办 is ready after ${((Date.now() - began) / 1000).toFixed(0)} s.

  phone app        ${baseUrl}/
  hall             ${baseUrl}/hall/
  guided demo      ${baseUrl}/demo
  API              ${baseUrl}/api/docs
  simulators       WeChat ${sims.wechat}/   WeChat Pay ${sims.pay}/   EMS ${sims.ems}/
  logs             ${developerData}/logs
${clockNote()}${await demoAccounts()}
Ctrl-C stops everything.`);
}

function clockNote() {
  if (!stack.shift) return '';
  const shown = beijing(Date.now() + stack.shift);
  return `\n  The demo's clock shows ${shown} in Beijing, when the halls are open (DEMO_CLOCK=off: real time).\n`;
}

/** The staff accounts of the demo city by role; only shown in demo mode, where everybody may know them. */
async function demoAccounts() {
  const file = inRoot('apps/api/dist/db/demo/staff.js');
  if (!existsSync(file) || stack.env.APP_MODE !== 'demo') return '';
  const { staff, demoPassword } = await import(pathToFileURL(file).href);
  const roles = [...new Set(staff.map(({ role }) => role))];
  const names = (wanted) => staff.filter(({ role }) => role === wanted).map(({ username }) => username);
  const rows = roles.map((role) => `    ${role.padEnd(13)} ${names(role).join(' ')}`);
  return `\n  demo accounts, all with the password ${demoPassword}\n${rows.join('\n')}\n`;
}
