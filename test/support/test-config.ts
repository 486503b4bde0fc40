import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatorsConfig } from '@haoban/simulators';
import type { Services } from './services.js';

export interface TestKeys {
  readonly folder: string;
  readonly merchantPublicPem: string;
  readonly platformPrivatePem: string;
}

let keys: TestKeys | undefined;

/** WeChat Pay's two RSA pairs, made once a process: they take a tenth of a second. */
export function testKeys(): TestKeys {
  if (keys) return keys;
  const folder = mkdtempSync(join(process.env.HAOBAN_TEST_RUN ?? tmpdir(), 'keys-'));
  const pair = () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
  const [merchant, platform] = [pair(), pair()];
  writeFileSync(join(folder, 'merchant-private.pem'), merchant.privateKey);
  writeFileSync(join(folder, 'platform-public.pem'), platform.publicKey);
  keys = { folder, merchantPublicPem: merchant.publicKey, platformPrivatePem: platform.privateKey };
  return keys;
}

export type TestEnvironment = Record<string, string>;

/** A whole, valid environment; outside parties are at a port where nobody listens until simulators take their place. */
export function testEnvironment(services: Services, port: number): TestEnvironment {
  const { folder } = testKeys();
  return {
    APP_MODE: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: services.database.url,
    DATABASE_TYPE: services.database.type,
    REDIS_URL: services.redis.url,
    JOB_BACKOFF_MS: '5',
    JWT_SECRET: 'test-jwt-secret-of-forty-characters-0123',
    DATA_KEYS: `t1:${Buffer.alloc(32, 7).toString('base64')}`,
    INDEX_KEY: Buffer.alloc(32, 9).toString('base64'),
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    WECHAT_BASE_URL: 'http://127.0.0.1:9',
    WECHAT_APPID: 'wx00000000test0001',
    WECHAT_SECRET: 'test-wechat-secret',
    WECHATPAY_BASE_URL: 'http://127.0.0.1:9',
    WECHATPAY_MCHID: '1600000001',
    WECHATPAY_MERCHANT_SERIAL: 'A'.repeat(40),
    WECHATPAY_MERCHANT_KEY_PATH: join(folder, 'merchant-private.pem'),
    WECHATPAY_PLATFORM_SERIAL: `PUB_KEY_ID_01${'0'.repeat(28)}`,
    WECHATPAY_PLATFORM_PUBLIC_KEY_PATH: join(folder, 'platform-public.pem'),
    WECHATPAY_APIV3_KEY: 'test-apiv3-key-0123456789abcdef0',
    EMS_BASE_URL: 'http://127.0.0.1:9',
    EMS_SENDER_NO: '11000000000001',
    EMS_AUTHORIZATION: randomBytes(16).toString('hex').toUpperCase(),
    EMS_SIGN_KEY: randomBytes(16).toString('base64'),
    EMS_PUSH_SECRET: 'test-push-secret-0001',
  };
}

/** The other side of `testEnvironment`. */
export function simulatorsConfig(
  env: TestEnvironment,
  wechat: Partial<SimulatorsConfig['wechat']> = {},
): SimulatorsConfig {
  const { merchantPublicPem, platformPrivatePem } = testKeys();
  const value = (name: string) => env[name] ?? '';
  return {
    host: '127.0.0.1',
    wechat: { port: 0, appid: value('WECHAT_APPID'), secret: value('WECHAT_SECRET'), ...wechat },
    pay: {
      port: 0,
      appid: value('WECHAT_APPID'),
      mchid: value('WECHATPAY_MCHID'),
      merchantSerial: value('WECHATPAY_MERCHANT_SERIAL'),
      merchantPublicKeyPem: merchantPublicPem,
      platformSerial: value('WECHATPAY_PLATFORM_SERIAL'),
      platformPrivateKeyPem: platformPrivatePem,
      apiV3Key: value('WECHATPAY_APIV3_KEY'),
      ladderScale: 0.01,
    },
    ems: {
      port: 0,
      senderNo: value('EMS_SENDER_NO'),
      authorization: value('EMS_AUTHORIZATION'),
      signKey: value('EMS_SIGN_KEY'),
      pushUrl: `${value('PUBLIC_URL')}/api/providers/ems/trace/${value('EMS_PUSH_SECRET')}`,
      pushRetryMs: [50, 100, 200],
    },
  };
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
