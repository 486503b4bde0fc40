import { WechatClient } from '@haoban/wechat';
import type { FactoryProvider } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from '../common/clock.js';
import { FieldCipher } from '../common/field-crypto.js';
import { Config } from '../config.js';
import { RedisTokenStore } from './redis-token-store.js';

/** The one client of the mini-program's server calls; exported by IdentityModule for whoever sends messages. */
export const wechatProvider: FactoryProvider<WechatClient> = {
  provide: WechatClient,
  inject: [Config, Redis, FieldCipher, Clock],
  useFactory: (config: Config, redis: Redis, cipher: FieldCipher, clock: Clock) =>
    new WechatClient({
      appid: config.wechat.appId,
      secret: config.wechat.secret,
      baseUrl: config.wechat.baseUrl,
      fetch: (url, init) => fetch(url, init),
      tokenStore: new RedisTokenStore(redis, cipher),
      now: () => clock.now(),
    }),
};
