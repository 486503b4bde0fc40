import type { Client } from '@haoban/client';
import { startSimulators, type Simulators, type SimulatorsConfig } from '@haoban/simulators';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Redis } from 'ioredis';
import type { DestinationStream } from 'pino';
import { DataSource } from 'typeorm';
import type { CitizenActor, StaffActor } from '../../apps/api/src/common/actor.js';
import { FixedClock, type Clock } from '../../apps/api/src/common/clock.js';
import { newId } from '../../apps/api/src/common/id.js';
import { createLogger } from '../../apps/api/src/common/logging.js';
import { TokenService } from '../../apps/api/src/common/token.service.js';
import { loadConfig, type Config } from '../../apps/api/src/config.js';
import { createApp } from '../../apps/api/src/create-app.js';
import type { PageFolders } from '../../apps/api/src/meta/pages.js';
import { JobQueues } from '../../apps/api/src/outbox/job-queues.js';
import { JobRunner } from '../../apps/api/src/outbox/job-runner.js';
import { OutboxRelay } from '../../apps/api/src/outbox/outbox-relay.js';
import { checkedClient } from './checked-client.js';
import { forbidOutbound, takeOutboundAttempts } from './outbound.js';
import { testServices } from './services.js';
import { freePort, simulatorsConfig, testEnvironment, type TestEnvironment } from './test-config.js';
import { newDatabase } from './test-database.js';

export interface WorldOptions {
  /** Where the clock stands; default Tuesday 2026-07-14, 09:30 in Beijing. */
  readonly now?: string;
  /** In place of the fixed clock, such as `new SystemClock()` where an outside party's time matters. */
  readonly clock?: Clock;
  /** Starts WeChat, WeChat Pay and EMS on this machine and points the application at them; an object changes WeChat. */
  readonly simulators?: boolean | { readonly wechat: Partial<SimulatorsConfig['wechat']> };
  /** False leaves jobs alone; else they run in this process. */
  readonly jobs?: boolean;
  readonly env?: TestEnvironment;
  /** More modules, for tests of the ground. */
  readonly extra?: readonly Type[];
  /** Built front ends to serve; none without it. */
  readonly pages?: PageFolders;
  /** Where the log goes; silent without it. */
  readonly log?: DestinationStream;
  /** How much of it; default `info`. */
  readonly logLevel?: Config['logLevel'];
}

/**
 * One application on a database and Redis keys of its own, listening on a free port. One a test file:
 * `const world = await newWorld()` in beforeAll, `world.close()` in afterAll.
 */
export class World {
  constructor(
    readonly app: NestFastifyApplication,
    readonly config: Config,
    readonly simulated: Simulators | undefined,
    private readonly wallClock: Clock,
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  get baseUrl(): string {
    return this.config.http.publicUrl;
  }

  get liveUrl(): string {
    return `${this.baseUrl.replace('http', 'ws')}/api/live`;
  }

  /** The fixed clock, to set and advance. */
  get clock(): FixedClock {
    if (this.wallClock instanceof FixedClock) return this.wallClock;
    throw new Error('This world runs on another clock');
  }

  get now(): Date {
    return this.wallClock.now();
  }

  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  /** The outside parties; only with `{ simulators: true }`. */
  get simulators(): Simulators {
    if (this.simulated) return this.simulated;
    throw new Error('Start this world with { simulators: true }');
  }

  /** Any provider of the application. */
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get(token as Type<T>, { strict: false });
  }

  /** Speaks the contract as this actor, or as a stranger; every answer is held against its schema. */
  client(actor?: CitizenActor | StaffActor): Client {
    return checkedClient(this.baseUrl, async () => (actor ? this.token(actor) : undefined));
  }

  /** The same with a token that the application itself gave out. */
  clientWithToken(token: string): Client {
    return checkedClient(this.baseUrl, () => Promise.resolve(token));
  }

  token(actor: CitizenActor | StaffActor): Promise<string> {
    return this.get(TokenService).issue(actor);
  }

  /** Bare HTTP, for what a typed client can't send. */
  request(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.baseUrl + path, init);
  }

  /**
   * Waits until every due outbox row is dispatched and its job has been tried, with what those jobs caused in turn.
   * @param options.retries waits for failed jobs to succeed or die, too
   */
  async drain({ retries = false } = {}): Promise<void> {
    const deadline = Date.now() + 20_000;
    // Idle twice in a row: a job may add its follower after the rows were counted and end before its queue is.
    for (let idle = 0; idle < 2;) {
      idle = (await this.isBusy(retries)) ? 0 : idle + 1;
      if (Date.now() > deadline) throw new Error('Jobs are still busy after 20 s');
      if (idle < 2) await new Promise((done) => setTimeout(done, 5));
    }
  }

  /** One run of a `@Repeat` method. */
  runRepeat(name: string): Promise<void> {
    return this.get(JobRunner).runRepeat(name);
  }

  /** @throws Error where the test tried to reach another machine */
  async close(): Promise<void> {
    const keys = new Redis(this.config.redis.url);
    await this.app.close();
    await this.simulated?.close();
    await this.dropDatabase();
    await removeKeys(keys, this.config.redis.prefix);
    keys.disconnect();
    const attempts = takeOutboundAttempts();
    if (attempts.length > 0) throw new Error(`The test tried to reach ${[...new Set(attempts)].join(', ')}`);
  }

  private async isBusy(retries: boolean): Promise<boolean> {
    await this.get(OutboxRelay).relayBatch();
    const [row] = await this.dataSource.query<{ due: string }[]>(
      'SELECT COUNT(*) AS due FROM outbox WHERE dispatched_at IS NULL AND (available_at <= ? OR attempts > 0)',
      [this.now],
    );
    if (Number(row?.due) > 0) return true;
    const queues = this.get(JobQueues);
    const states = ['waiting', 'active', 'prioritized', ...(retries ? ['delayed'] : [])] as const;
    for (const name of queues.names()) {
      const counts = await queues.queue(name).getJobCounts(...(states as unknown as ['waiting']));
      if (Object.values(counts).some((count) => count > 0)) return true;
    }
    return false;
  }
}

async function removeKeys(redis: Redis, prefix: string): Promise<void> {
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 }) as AsyncIterable<string[]>) {
    if (keys.length > 0) await redis.unlink(...keys);
  }
}

export async function newWorld(options: WorldOptions = {}): Promise<World> {
  forbidOutbound();
  const services = await testServices();
  const [database, port] = await Promise.all([newDatabase(services), freePort()]);
  const env: TestEnvironment = {
    ...testEnvironment({ ...services, database }, port),
    REDIS_PREFIX: `t:${newId()}:`,
    ...options.env,
  };
  const simulators = options.simulators
    ? await startSimulators(
        simulatorsConfig(env, options.simulators === true ? {} : options.simulators.wechat),
      )
    : undefined;
  if (simulators) {
    env.WECHAT_BASE_URL = simulators.wechat.url;
    env.WECHATPAY_BASE_URL = simulators.pay.url;
    env.EMS_BASE_URL = simulators.ems.url;
  }
  const config = loadConfig(env);
  const clock = options.clock ?? new FixedClock(options.now ?? '2026-07-14T01:30:00Z');
  const app = await createApp(config, {
    clock,
    extra: options.extra,
    pages: options.pages ?? { h5: '/nonexistent', hall: '/nonexistent' },
    logger: options.log
      ? createLogger({ logLevel: options.logLevel ?? 'info' }, options.log)
      : createLogger(config),
  });
  await app.listen(config.http.port, config.http.host);
  if (options.jobs !== false) await app.get(JobRunner).start({ repeats: false });
  return new World(app, config, simulators, clock, () => database.drop());
}
