import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { UnrecoverableError, Worker, type Job } from 'bullmq';
import { Config } from '../config.js';
import { JobQueues, REPEAT_QUEUE } from './job-queues.js';
import { JobRegistry } from './job-registry.js';
import { OutboxRelay } from './outbox-relay.js';
import { JobMetrics } from './job-metrics.js';

const RESCHEDULE_MS = 60_000;

/** Runs the jobs of all features: in the worker process, and inside a test. Does nothing until it is started. */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private workers: Worker[] = [];
  private rescheduling?: NodeJS.Timeout;

  constructor(
    private readonly config: Config,
    private readonly registry: JobRegistry,
    private readonly queues: JobQueues,
    private readonly relay: OutboxRelay,
    private readonly metrics: JobMetrics,
  ) {}

  /** @param options.repeats false leaves `@Repeat` methods to `runRepeat` */
  async start(options: { repeats: boolean } = { repeats: true }): Promise<void> {
    this.workers = this.queues
      .names()
      .filter((name) => options.repeats || name !== REPEAT_QUEUE)
      .map((name) => this.work(name));
    await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
    if (options.repeats) {
      await this.schedule();
      this.rescheduling = setInterval(() => void this.reschedule(), RESCHEDULE_MS);
    }
    await this.relay.start();
  }

  /** One run of a `@Repeat` method, now and here. */
  async runRepeat(name: string): Promise<void> {
    const repeat = this.registry.repeats.get(name);
    if (!repeat) throw new Error(`There is no @Repeat('${name}')`);
    await repeat.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.rescheduling);
    // Lets running jobs end; the entry point's own limit cuts what takes too long, and another worker does it again.
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private work(name: string): Worker {
    const worker = new Worker(name, (job) => this.perform(job), {
      connection: this.queues.connection,
      prefix: this.queues.prefix,
      concurrency: this.config.worker.concurrency,
      // A job whose worker was killed is given to another, which is no fault of the job the first few times.
      maxStalledCount: 3,
    });
    worker.on('error', (error) => this.logger.warn({ err: error, queue: name, msg: 'Job queue' }));
    worker.on('failed', (job, error) => this.reportFailure(job, error));
    return worker;
  }

  private async perform(job: Job): Promise<void> {
    const stop = this.metrics.duration.startTimer({ job: job.name });
    try {
      if (job.queueName === REPEAT_QUEUE) return await this.registry.repeats.get(job.name)?.run();
      const handler = this.registry.handlers.get(job.name);
      if (!handler) throw new UnrecoverableError(`No @JobHandler('${job.name}') in this build`);
      const attempt = job.attemptsMade + 1;
      const lastAttempt = attempt >= (job.opts.attempts ?? 1);
      await handler.run(job.data, { id: job.id ?? '', attempt, lastAttempt });
      await this.markDone(job);
    } finally {
      stop();
    }
  }

  /** Not a reason to do the work again: at worst the row is handed over once more. */
  private async markDone({ id, name }: Job): Promise<void> {
    try {
      await this.relay.markDone(id ?? '');
    } catch (error) {
      this.logger.warn({
        err: error,
        job: name,
        jobId: id,
        msg: 'The end of a job could not be written down',
      });
    }
  }

  private reportFailure(job: Job | undefined, error: Error): void {
    const name = job?.name ?? 'unknown';
    const dead = job !== undefined && job.finishedOn !== undefined;
    this.metrics.failures.inc({ job: name, dead: String(dead) });
    const line = { err: error, job: name, jobId: job?.id, attempt: job?.attemptsMade };
    if (dead) this.logger.error({ ...line, msg: 'A job is dead: it stays in the failed set' });
    else this.logger.warn({ ...line, msg: 'A job failed and will be tried again' });
  }

  /** Schedules live in Redis: where that lost them, periodic work would stop for good and nothing would fail. */
  async reschedule(): Promise<void> {
    try {
      const known = await this.queues.queue(REPEAT_QUEUE).getJobSchedulers();
      const keys = new Set(known.map(({ key }) => key));
      await this.schedule((name) => !keys.has(name));
    } catch (error) {
      this.logger.warn({ err: error, msg: 'The schedules could not be looked at' });
    }
  }

  private async schedule(wanted: (name: string) => boolean = () => true): Promise<void> {
    const queue = this.queues.queue(REPEAT_QUEUE);
    for (const { meta } of this.registry.repeats.values()) {
      if (!wanted(meta.name)) continue;
      await queue.upsertJobScheduler(
        meta.name,
        { every: meta.everyMs },
        { name: meta.name, opts: { removeOnComplete: true, removeOnFail: { count: 50 } } },
      );
    }
    // A schedule outlives the build that made it.
    for (const { key } of await queue.getJobSchedulers()) {
      if (!this.registry.repeats.has(key)) await queue.removeJobScheduler(key);
    }
  }
}
