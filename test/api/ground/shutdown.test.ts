import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { testServices } from '../../support/services.js';
import { freePort, testEnvironment } from '../../support/test-config.js';
import { newDatabase } from '../../support/test-database.js';
import { newWorld } from '../../support/world.js';
import { ProbeModule, slowRequests } from './probe.js';

const run = (script: string, env: NodeJS.ProcessEnv, ...args: string[]) =>
  spawn(process.execPath, [script, ...args], { env: { PATH: process.env.PATH, ...env }, stdio: 'pipe' });

async function exitOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, stderr };
}

describe('closing', () => {
  it('finishes the requests under way, tells watchers, and takes no new ones', async () => {
    const world = await newWorld({ jobs: false, extra: [ProbeModule] });
    const socket = new WebSocket(world.liveUrl);
    await once(socket, 'open');
    const goodbye = once(socket, 'close');
    const slow = world.request('/api/probe/slow');
    while (slowRequests.begun === 0) await new Promise((done) => setTimeout(done, 5));
    const closing = world.close();
    const response = await slow;
    expect(await response.json()).toEqual({ finished: true });
    await closing;
    expect((await goodbye)[0]).toBe(1001);
    await expect(world.request('/health/live')).rejects.toThrow();
  });
});

describe('the built processes', () => {
  it('stop with a list of what is wrong in their environment', async () => {
    for (const script of ['apps/api/dist/main.js', 'apps/api/dist/worker.js']) {
      const { code, stderr } = await exitOf(run(script, { APP_MODE: 'demo', PORT: 'x' }));
      expect(code).toBe(1);
      expect(stderr).toContain('PORT must be a port number');
      expect(stderr).toContain('DATABASE_URL is missing');
    }
  });

  it('end by themselves with code 0 on SIGTERM, api and worker', async () => {
    const services = await testServices();
    const database = await newDatabase(services);
    const [port, workerPort] = [await freePort(), await freePort()];
    const env = {
      ...testEnvironment({ ...services, database }, port),
      REDIS_PREFIX: `t:${port}:`,
      WORKER_PORT: String(workerPort),
      LOG_LEVEL: 'error',
    };
    for (const [script, probe] of [
      ['apps/api/dist/main.js', port],
      ['apps/api/dist/worker.js', workerPort],
    ] as const) {
      const child = run(script, env);
      const exit = exitOf(child);
      await ready(probe, child);
      child.kill('SIGTERM');
      expect([script, await exit]).toEqual([script, { code: 0, stderr: '' }]);
    }
    await database.drop();
  });
});

async function ready(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`Not ready; exit code ${child.exitCode}`);
}
