import { Injectable, Module } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { JobQueues } from '../../../apps/api/src/outbox/job-queues.js';
import { JobHandler, Repeat, type JobInfo } from '../../../apps/api/src/outbox/job.js';
import { JobRunner } from '../../../apps/api/src/outbox/job-runner.js';
import { OutboxEntry } from '../../../apps/api/src/outbox/outbox.entity.js';
import { OutboxRelay } from '../../../apps/api/src/outbox/outbox-relay.js';
import { Outbox } from '../../../apps/api/src/outbox/outbox.service.js';
import { Transactions } from '../../../apps/api/src/db/transactions.js';
import { newWorld, type World } from '../../support/world.js';

@Injectable()
class ProbeJobs {
  readonly seen: { value: string; attempt: number }[] = [];
  failures = 0;
  ticks = 0;

  @JobHandler('probe.note', { attempts: 4 })
  note({ value }: { value: string }, { attempt }: JobInfo): Promise<void> {
    if (this.failures-- > 0) throw new Error('not yet');
    this.seen.push({ value, attempt });
    return Promise.resolve();
  }

  @Repeat('probe.tick', { everyMs: 100 })
  tick(): Promise<void> {
    this.ticks++;
    return Promise.resolve();
  }
}

@Module({ providers: [ProbeJobs] })
class ProbeModule {}

describe('the outbox', () => {
  let world: World;
  let jobs: ProbeJobs;
  beforeEach(async () => {
    world = await newWorld({ jobs: false, extra: [ProbeModule] });
    jobs = world.get(ProbeJobs);
  });
  afterEach(() => world.close());

  const add = (value: string, options?: { delayMs?: number }) =>
    world.get(Transactions).run((em) => world.get(Outbox).add(em, 'probe.note', { value }, options));
  const start = () => world.get(JobRunner).start({ repeats: false });
  const values = () => jobs.seen.map(({ value }) => value);
  const entries = () => world.dataSource.manager.find(OutboxEntry, { order: { id: 'ASC' } });
  /** As after FLUSHALL, for the keys of this world. */
  const forget = async () => {
    const redis = new Redis(world.config.redis.url);
    const keys = await redis.keys(`${world.config.redis.prefix}*`);
    if (keys.length > 0) await redis.unlink(...keys);
    redis.disconnect();
  };
  const eventually = async (holds: () => Promise<boolean>) => {
    for (const end = Date.now() + 8_000; !(await holds()); await new Promise((done) => setTimeout(done, 20)))
      if (Date.now() > end) throw new Error('It did not come to pass in eight seconds');
  };

  it('runs a job once for each committed row', async () => {
    await start();
    await Promise.all(Array.from({ length: 300 }, (_, index) => add(String(index))));
    await world.drain();
    expect(
      values()
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 300 }, (_, index) => index));
  });

  it('does nothing for a row that was rolled back', async () => {
    await start();
    const work = world.get(Transactions).run(async (em) => {
      await world.get(Outbox).add(em, 'probe.note', { value: 'ghost' });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await world.drain();
    expect(values()).toEqual([]);
  });

  it('survives death between commit and dispatch', async () => {
    await add('left behind');
    await start();
    await world.drain();
    expect(values()).toEqual(['left behind']);
  });

  it('survives death between claim and hand-over: another takes the row when the lease is over', async () => {
    await add('claimed');
    const { addAll } = JobQueues.prototype;
    JobQueues.prototype.addAll = () => Promise.reject(new Error('killed'));
    await expect(world.get(OutboxRelay).relayBatch()).rejects.toThrow('killed');
    JobQueues.prototype.addAll = addAll;
    expect(await world.get(OutboxRelay).relayBatch()).toBe(0);
    world.clock.advance(31_000);
    await start();
    await world.drain();
    expect(values()).toEqual(['claimed']);
    expect(await entries()).toMatchObject([{ attempts: 2, dispatchedAt: expect.any(Date) }]);
  });

  it('survives death between hand-over and stamp without running the job twice', async () => {
    await add('handed over');
    await world.get(JobQueues).addAll(await entries());
    await start();
    await world.drain();
    expect(values()).toEqual(['handed over']);
  });

  it('hands each row to one relay of several', async () => {
    for (let index = 0; index < 20; index++) await add(String(index));
    const relay = world.get(OutboxRelay);
    const moved = await Promise.all([relay.relayBatch(), relay.relayBatch(), relay.relayBatch()]);
    expect(moved.reduce((sum, count) => sum + count)).toBe(20);
    await start();
    await world.drain();
    expect(values()).toHaveLength(20);
  });

  it('waits for the time of a delayed row', async () => {
    await start();
    await add('later', { delayMs: 60_000 });
    await world.drain();
    expect(values()).toEqual([]);
    world.clock.advance(60_000);
    await world.drain();
    expect(values()).toEqual(['later']);
  });

  it('tries a failing job again', async () => {
    jobs.failures = 2;
    await start();
    await add('third time lucky');
    await world.drain({ retries: true });
    expect(jobs.seen).toEqual([{ value: 'third time lucky', attempt: 3 }]);
  });

  it('keeps a dead job and counts it', async () => {
    jobs.failures = 100;
    await start();
    await add('hopeless');
    await world.drain({ retries: true });
    expect(jobs.failures).toBe(96);
    expect(await world.get(JobQueues).queue('probe').getJobCounts('failed')).toEqual({ failed: 1 });
    const metrics = await (await world.request('/metrics')).text();
    expect(metrics).toContain('haoban_jobs{queue="probe",state="failed"} 1');
    expect(metrics).toContain('haoban_job_failures_total{job="probe.note",dead="true"} 1');
  });

  it('hands over again what Redis lost before it was done', async () => {
    await add('lost on the way');
    await world.get(OutboxRelay).relayBatch();
    await forget();
    world.clock.advance(11 * 60_000);
    await start();
    await world.get(OutboxRelay).relayLost();
    await world.drain();
    expect(values()).toEqual(['lost on the way']);
  });

  it('does not hand over again what was done, even when Redis forgot that it was', async () => {
    await start();
    await add('once');
    await world.drain();
    await eventually(async () => (await entries()).every(({ doneAt }) => doneAt !== null));
    await world.get(JobQueues).queue('probe').clean(0, 100, 'completed');
    world.clock.advance(2 * 3600_000);
    await world.get(OutboxRelay).relayLost();
    await world.drain();
    expect(values()).toEqual(['once']);
  });

  it('leaves a dead job dead when its row is handed over again', async () => {
    jobs.failures = 100;
    await start();
    await add('hopeless');
    await world.drain({ retries: true });
    world.clock.advance(11 * 60_000);
    await world.get(OutboxRelay).relayLost();
    await world.drain({ retries: true });
    expect(jobs.failures).toBe(96);
  });

  it('schedules periodic work again after Redis lost the schedule', async () => {
    await world.get(JobRunner).start();
    await eventually(() => Promise.resolve(jobs.ticks > 0));
    await forget();
    const before = jobs.ticks;
    await world.get(JobRunner).reschedule();
    await eventually(() => Promise.resolve(jobs.ticks > before + 2));
    expect(await world.get(JobQueues).queue('repeat').getJobSchedulersCount()).toBeGreaterThan(1);
  });

  it('runs periodic work on a schedule that all workers share', async () => {
    await world.get(JobRunner).start();
    const begin = performance.now();
    await eventually(() => Promise.resolve(jobs.ticks >= 5));
    expect(jobs.ticks).toBeLessThanOrEqual((performance.now() - begin) / 100 + 3);
  });
});
