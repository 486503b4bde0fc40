import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '../../../apps/api/src/config.js';
import { testEnvironment } from '../../support/test-config.js';

const services = {
  database: { url: 'mysql://u:p@127.0.0.1:3306/d', type: 'mariadb' },
  redis: { url: 'redis://127.0.0.1:6379' },
} as const;
const valid = () => testEnvironment(services, 3000);

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('is typed, with defaults, and can not be changed', () => {
    const config = loadConfig(valid());
    expect(config.http).toMatchObject({ port: 3000, host: '127.0.0.1' });
    expect(config.dataKeys[0]?.key).toHaveLength(32);
    expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config, { jwtSecret: 'x' })).toThrow(TypeError);
  });

  it('names every missing variable at once', () => {
    const { DATABASE_URL: _database, JWT_SECRET: _secret, ...rest } = valid();
    expect(problems({ ...rest, REDIS_URL: '' })).toEqual([
      expect.stringMatching(/^DATABASE_URL .*missing/),
      expect.stringMatching(/^REDIS_URL .*missing/),
      expect.stringMatching(/^JWT_SECRET .*missing/),
    ]);
  });

  it.each([
    ['APP_MODE', 'staging', /demo, test or production/],
    ['PORT', '70000', /PORT/],
    ['PORT', 'http', /port number/],
    ['DATABASE_URL', 'postgres://localhost/x', /mysql:/],
    ['REDIS_URL', 'localhost:6379', /redis:/],
    ['JWT_SECRET', 'short', /32 characters/],
    ['DATA_KEYS', 'k1:abc', /32-bytes/],
    [
      'DATA_KEYS',
      `k1:${Buffer.alloc(32).toString('base64')},k1:${Buffer.alloc(32).toString('base64')}`,
      /distinct/,
    ],
    ['INDEX_KEY', 'abc', /32 bytes/],
    ['WECHATPAY_MERCHANT_KEY_PATH', '/no/such/file.pem', /can't be read \(ENOENT\)/],
    ['WECHATPAY_APIV3_KEY', 'short', /32 characters/],
    ['EMS_SIGN_KEY', 'abc', /16 bytes/],
  ])('refuses %s=%s with the reason', (name, value, reason) => {
    const found = problems({ ...valid(), [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} `));
    expect(found[0]).toMatch(reason);
  });

  it('never shows a secret in its complaint', () => {
    expect(problems({ ...valid(), JWT_SECRET: 'hunter2', EMS_SIGN_KEY: 'hunter2' }).join()).not.toContain(
      'hunter2',
    );
  });

  describe('in production', () => {
    const real = () => ({
      ...valid(),
      APP_MODE: 'production',
      PUBLIC_URL: 'https://haoban.example.gov.cn',
      WECHAT_BASE_URL: 'https://api.weixin.qq.com',
      WECHATPAY_BASE_URL: 'https://api.mch.weixin.qq.com',
      EMS_BASE_URL: 'https://api.ems.com.cn',
      JWT_SECRET: randomBytes(32).toString('hex'),
      DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      INDEX_KEY: randomBytes(32).toString('base64'),
      WECHAT_SECRET: randomBytes(16).toString('hex'),
      WECHATPAY_MERCHANT_SERIAL: randomBytes(20).toString('hex'),
      WECHATPAY_APIV3_KEY: randomBytes(16).toString('hex'),
      EMS_PUSH_SECRET: randomBytes(16).toString('hex'),
    });

    it('accepts real secrets and real addresses', () => {
      expect(problems(real())).toEqual([]);
    });

    it.each(['JWT_SECRET', 'WECHAT_SECRET', 'EMS_PUSH_SECRET', 'WECHATPAY_APIV3_KEY'])(
      'refuses a demo %s',
      (name) => {
        const found = problems({ ...real(), [name]: 'demo-0123456789abcdef0123456789a'.padEnd(32, '0') });
        expect(found).toEqual([expect.stringContaining(`${name} is a demo value`)]);
      },
    );

    it('refuses simulators on this machine', () => {
      for (const url of ['https://127.0.0.1:3101', 'https://localhost', 'https://[::1]:1']) {
        expect(problems({ ...real(), EMS_BASE_URL: url })).toEqual([expect.stringContaining('simulator')]);
      }
    });

    it('refuses plain http', () => {
      expect(problems({ ...real(), PUBLIC_URL: 'http://haoban.example.gov.cn' })).toEqual([
        expect.stringContaining('https://'),
      ]);
    });
  });
});
