import { acquire } from './lock.mjs';
import { step } from './log.mjs';
import { freePort } from './ports.mjs';
import { startServers, startStack } from './stack.mjs';
import { newTestData } from './test-data.mjs';

/** Variables that would lead a private stack to somebody's real data or services. */
const foreign =
  /^(DATABASE_|REDIS_|WECHAT|EMS_|SIM_|PORT$|HOST$|PUBLIC_URL$|APP_MODE$|JWT_SECRET$|DATA_KEYS$|INDEX_KEY$)/;

export const cleanEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));

/** Takes a throw-away data folder and starts a database and Redis in it. Resolves `{ dataDir, lock, servers }`. */
export async function startPrivateServers(onLock, { onDisk = false } = {}) {
  const dataDir = await newTestData({ onDisk });
  const lock = await acquire(dataDir, { disposable: true });
  onLock?.(lock);
  let servers;
  await step('private database and Redis', async () => {
    servers = await startServers({ dataDir, lock, given: {}, grants: '*.*' });
    return dataDir;
  });
  return { dataDir, lock, servers };
}

/** A whole stack with nothing shared: own folder, random ports. */
export async function startPrivateStack(onLock) {
  const { dataDir, lock, servers } = await startPrivateServers(onLock);
  const ports = {
    api: await freePort(),
    wechat: await freePort(),
    pay: await freePort(),
    ems: await freePort(),
  };
  return startStack({ dataDir, lock, servers, ports, given: { LOG_LEVEL: 'warn', ...cleanEnvironment() } });
}
