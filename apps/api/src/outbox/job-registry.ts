import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { JOB_HANDLER, REPEAT, type JobHandlerMeta, type JobInfo, type RepeatMeta } from './job.js';

export type RunJob = (payload: unknown, job: JobInfo) => Promise<void>;

/** Finds the `@JobHandler` and `@Repeat` methods of all providers. */
@Injectable()
export class JobRegistry implements OnApplicationBootstrap {
  readonly handlers = new Map<string, { meta: JobHandlerMeta; run: RunJob }>();
  readonly repeats = new Map<string, { meta: RepeatMeta; run: () => Promise<void> }>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error where two methods claim one topic */
  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) continue;
      const methods = instance as Record<string, RunJob>;
      const prototype = Object.getPrototypeOf(instance) as object | null;
      for (const name of this.scanner.getAllMethodNames(prototype)) this.register(methods, name);
    }
  }

  private register(instance: Record<string, RunJob>, name: string): void {
    const method = instance[name];
    if (typeof method !== 'function') return;
    const run: RunJob = method.bind(instance);
    const handler = Reflect.getMetadata(JOB_HANDLER, method) as JobHandlerMeta | undefined;
    const repeat = Reflect.getMetadata(REPEAT, method) as RepeatMeta | undefined;
    if (handler) this.put(this.handlers, handler.topic, { meta: handler, run });
    if (repeat) {
      const once: JobInfo = { id: repeat.name, attempt: 1, lastAttempt: true };
      this.put(this.repeats, repeat.name, { meta: repeat, run: () => run(undefined, once) });
    }
  }

  private put<T>(map: Map<string, T>, key: string, value: T): void {
    if (map.has(key)) throw new Error(`Two job methods are called "${key}"`);
    map.set(key, value);
  }
}
