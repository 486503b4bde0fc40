import { join } from 'node:path';
import { startEms } from './ems/server.js';
import { startPay } from './pay/server.js';
import { startWechat } from './wechat/server.js';
import type { RunningSimulator, Simulators, SimulatorsConfig } from './config.js';

/** Starts the three; when one cannot start (a taken port, a wrong key), none is left running. */
export async function startSimulators(config: SimulatorsConfig): Promise<Simulators> {
  const { host, stateDir } = config;
  const file = (name: string) => (stateDir === undefined ? undefined : join(stateDir, `${name}.json`));
  const running: RunningSimulator[] = [];
  const close = async () => {
    await Promise.all(running.map((each) => each.close()));
  };
  const start = async (starting: Promise<RunningSimulator>) => {
    const one = await starting;
    running.push(one);
    return one;
  };
  try {
    const wechat = await start(startWechat(host, config.wechat, file('wechat')));
    const pay = await start(startPay(host, config.pay, file('pay')));
    const ems = await start(startEms(host, config.ems, file('ems')));
    return { wechat, pay, ems, close };
  } catch (error) {
    await close();
    throw error;
  }
}
