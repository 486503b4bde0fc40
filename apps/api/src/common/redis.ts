import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { Config } from '../config.js';

/** For commands: keys get REDIS_PREFIX in front; a command fails after a few seconds instead of waiting for ever. */
export function openRedis(config: Pick<Config, 'redis'>, options: RedisOptions = {}): Redis {
  const redis = new Redis(config.redis.url, {
    keyPrefix: config.redis.prefix,
    maxRetriesPerRequest: 2,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
    ...options,
  });
  const logger = new Logger('Redis');
  redis.on('error', (error) => logger.warn({ err: error, msg: 'Redis connection' }));
  return redis;
}

type Listener = (message: string) => void;

/** Short messages to all processes. They are hints: one that is lost costs a little time, never data. */
@Injectable()
export class MessageBus implements OnModuleInit, OnApplicationShutdown {
  private readonly listeners = new Map<string, Set<Listener>>();
  private subscriber?: Redis;

  constructor(
    private readonly redis: Redis,
    private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    const subscriber = openRedis(this.config, { maxRetriesPerRequest: null, commandTimeout: undefined });
    this.subscriber = subscriber;
    subscriber.on('message', (channel: string, message: string) => {
      for (const listener of this.listeners.get(channel) ?? []) listener(message);
    });
    if (this.listeners.size > 0) await subscriber.subscribe(...this.listeners.keys());
  }

  async publish(channel: string, message: string): Promise<void> {
    // ioredis puts its prefix before keys, not before channels.
    await this.redis.publish(this.config.redis.prefix + channel, message);
  }

  /** @returns a function that stops listening */
  async listen(channel: string, listener: Listener): Promise<() => void> {
    const name = this.config.redis.prefix + channel;
    const listeners = this.listeners.get(name) ?? new Set();
    listeners.add(listener);
    this.listeners.set(name, listeners);
    await this.subscriber?.subscribe(name);
    return () => listeners.delete(listener);
  }

  onApplicationShutdown(): void {
    this.subscriber?.disconnect();
  }
}
