import { createKeyring, WechatPayClient } from '@haoban/wechatpay';
import type { FactoryProvider } from '@nestjs/common';
import { Config } from '../config.js';

/**
 * The merchant's one client. Signatures are good for five minutes of the world's time, which is why it keeps the system's
 * clock and not the application's.
 */
export const wechatPayProvider: FactoryProvider<WechatPayClient> = {
  provide: WechatPayClient,
  inject: [Config],
  useFactory: ({ wechat, wechatpay }: Config) =>
    new WechatPayClient({
      appid: wechat.appId,
      mchid: wechatpay.mchId,
      merchantSerial: wechatpay.merchantSerial,
      merchantPrivateKey: wechatpay.merchantKey,
      keyring: createKeyring([[wechatpay.platformSerial, wechatpay.platformPublicKey]]),
      apiV3Key: wechatpay.apiV3Key,
      baseUrl: wechatpay.baseUrl,
      fetch: (url, init) => fetch(url, init),
    }),
};
