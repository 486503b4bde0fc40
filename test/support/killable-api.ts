import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { randomInt } from 'node:crypto';
import { testServices } from './services.js';
import { freePort, testEnvironment } from './test-config.js';
import type { World } from './world.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LONGEST_START_MS = 60_000;

/** What `npm test` has done before; quick where nothing is stale. */
export async function buildApi(): Promise<void> {
  await promisify(execFile)(process.execPath, ['tools/build.mjs', '--api'], { cwd: root });
}

/** The built api as a process of its own, on a world's database and Redis. */
class ApiProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(world: World): Promise<ApiProcess> {
    const port = await freePort();
    const { database, redis } = world.config;
    const env = {
      ...testEnvironment({ ...(await testServices()), database }, port),
      REDIS_PREFIX: redis.prefix,
      PATH: process.env.PATH ?? '',
    };
    const child = spawn(process.execPath, ['apps/api/dist/main.js'], {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const api = new ApiProcess(child, `http://127.0.0.1:${port}`);
    await api.ready();
    return api;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private async ready(): Promise<void> {
    let complaints = '';
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    for (let waited = 0; waited < LONGEST_START_MS; waited += 25) {
      if (this.child.exitCode !== null) throw new Error(`The api did not start: ${complaints}`);
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await pause(25);
    }
    await this.kill();
    throw new Error(`The api is not ready after ${LONGEST_START_MS / 1000} s: ${complaints}`);
  }
}

/** One api serves, another stands by, as behind a balancer: when the first dies, the second takes over and a third is started. */
export class Relay {
  private rushing = newGate();

  private constructor(
    private readonly world: World,
    private serving: ApiProcess,
    private next: Promise<ApiProcess>,
  ) {}

  static async start(world: World): Promise<Relay> {
    return new Relay(world, await ApiProcess.start(world), ApiProcess.start(world));
  }

  /** Where to send the next request. */
  get url(): string {
    return this.serving.url;
  }

  /** Resolves while there is a rush; in between nobody begins anything, so that the next api starts in peace. */
  get rush(): Promise<void> {
    return this.rushing.promise;
  }

  /**
   * Kills an api in the middle of its work, again and again.
   * @param answers how many requests were answered by now
   * @param options.after so many answers an api gives before it is killed: at least, at most
   */
  async killTimes(
    times: number,
    answers: () => number,
    { after }: { after: readonly [number, number] },
  ): Promise<void> {
    try {
      for (let kill = 0; kill < times; kill++) {
        const next = await this.next;
        const enough = answers() + randomInt(...after);
        this.rushing.open();
        while (answers() < enough) await pause(1);
        await this.serving.kill();
        this.serving = next;
        this.rushing = newGate();
        this.next = ApiProcess.start(this.world);
      }
    } finally {
      this.rushing.open();
    }
  }

  async stop(): Promise<void> {
    const next = await this.next.catch(() => undefined);
    await Promise.all([this.serving.kill(), next?.kill()]);
  }
}

function newGate() {
  let open = () => {};
  const promise = new Promise<void>((done) => (open = done));
  return { promise, open };
}
