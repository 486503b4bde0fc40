import { SetMetadata } from '@nestjs/common';

export const JOB_HANDLER = 'haoban:job-handler';
export const REPEAT = 'haoban:repeat';

export interface JobOptions {
  /** How often it is tried before it is kept as dead; default 10, which spans about half an hour. */
  readonly attempts?: number;
}

/** What a handler gets beside the payload. */
export interface JobInfo {
  /** The outbox row's id: the same on every try, so it serves as an idempotency key. */
  readonly id: string;
  /** 1 on the first try. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
}

export interface JobHandlerMeta extends JobOptions {
  readonly topic: string;
}

export interface RepeatMeta {
  readonly name: string;
  readonly everyMs: number;
}

/**
 * A method `(payload, job: JobInfo) => Promise<void>` that does what an outbox row asks for. It may run more than once for one
 * row and must not mind. Throwing means "again later", with growing pauses.
 */
export function JobHandler(topic: string, options: JobOptions = {}): MethodDecorator {
  return SetMetadata(JOB_HANDLER, { topic, ...options } satisfies JobHandlerMeta);
}

/** A method `() => Promise<void>` that one of all workers runs every `everyMs` milliseconds. */
export function Repeat(name: string, { everyMs }: { everyMs: number }): MethodDecorator {
  return SetMetadata(REPEAT, { name, everyMs } satisfies RepeatMeta);
}

/** One queue a feature, so that a slow outside party holds up its own jobs only: `delivery.order` → `delivery`. */
export function queueOf(topic: string): string {
  return topic.split('.', 1)[0] ?? topic;
}
