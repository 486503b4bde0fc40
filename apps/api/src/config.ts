import { readFileSync } from 'node:fs';
import { types } from 'node:util';
import { z } from 'zod';

/** One key of the field cipher: `id` is written in front of every value that it encrypted. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * Everything that differs between a developer's machine, a test and a city: read once from the environment, checked,
 * frozen. It is a class so that Nest can inject it by type.
 */
export class Config {
  readonly mode!: 'demo' | 'test' | 'production';
  readonly http!: {
    readonly host: string;
    readonly port: number;
    /** Where citizens and providers reach us, without a slash at the end. */
    readonly publicUrl: string;
    /** How many proxies in front of us are ours; 0 means that the peer's address is the client's. */
    readonly trustedProxies: number;
    readonly metricsToken?: string;
  };
  readonly worker!: { readonly port?: number; readonly concurrency: number; readonly backoffMs: number };
  readonly database!: { readonly url: string; readonly type: 'mariadb' | 'mysql'; readonly poolSize: number };
  readonly redis!: { readonly url: string; readonly prefix: string };
  readonly jwtSecret!: string;
  /** The first key encrypts; the others still decrypt. */
  readonly dataKeys!: readonly DataKey[];
  readonly indexKey!: Buffer;
  readonly logLevel!: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly wechat!: { readonly baseUrl: string; readonly appId: string; readonly secret: string };
  readonly wechatpay!: {
    readonly baseUrl: string;
    readonly mchId: string;
    readonly merchantSerial: string;
    /** PEM */
    readonly merchantKey: string;
    readonly platformSerial: string;
    /** PEM */
    readonly platformPublicKey: string;
    readonly apiV3Key: string;
  };
  readonly ems!: {
    readonly baseUrl: string;
    readonly senderNo: string;
    readonly authorization: string;
    readonly signKey: string;
    readonly pushSecret: string;
  };

  constructor(values: Config) {
    Object.assign(this, values);
    deepFreeze(this);
  }
}

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const required = z.string({ error: 'is missing' }).min(1, 'is empty');
const url = (...protocols: string[]) =>
  required.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
const httpUrl = url('http:', 'https:').transform((value) => value.replace(/\/+$/, ''));
const port = z.coerce.number('must be a port number').int('must be a port number').min(0).max(65_535);
const count = (least: number, most: number) =>
  z.coerce.number('must be a number').int('must be a whole number').min(least).max(most);
const key = (bytes: number) =>
  required
    .transform((value) => Buffer.from(value, 'base64'))
    .refine((value) => value.length === bytes, `must be ${bytes} bytes in base64`);

const pem = required.transform((path, context) => {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.includes('-----BEGIN ')) return text;
    context.addIssue({ code: 'custom', message: `names a file that is not PEM: ${path}` });
  } catch (error) {
    const reason = types.isNativeError(error) && 'code' in error ? String(error.code) : 'unreadable';
    context.addIssue({ code: 'custom', message: `names a file that can't be read (${reason}): ${path}` });
  }
  return z.NEVER;
});

const dataKeys = required.transform((list, context) => {
  const keys = list.split(',').map((entry): DataKey => {
    const [id = '', text = ''] = entry.trim().split(':');
    return { id, key: Buffer.from(text, 'base64') };
  });
  const wrong = keys.some(({ id, key: bytes }) => !/^[A-Za-z0-9_-]{1,16}$/.test(id) || bytes.length !== 32);
  if (wrong || new Set(keys.map(({ id }) => id)).size !== keys.length) {
    context.addIssue({
      code: 'custom',
      message: 'must be keyId:base64-of-32-bytes, comma separated, ids distinct',
    });
    return z.NEVER;
  }
  return keys;
});

const Environment = z.object({
  APP_MODE: z.enum(['demo', 'test', 'production'], 'must be demo, test or production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: httpUrl,
  TRUSTED_PROXIES: count(0, 8).default(0),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  WORKER_PORT: port.optional(),
  WORKER_CONCURRENCY: count(1, 200).default(10),
  JOB_BACKOFF_MS: count(1, 600_000).default(2_000),
  DATABASE_URL: url('mysql:', 'mariadb:'),
  DATABASE_TYPE: z.enum(['mariadb', 'mysql'], 'must be mariadb or mysql').default('mariadb'),
  DATABASE_POOL: count(1, 200).default(20),
  REDIS_URL: url('redis:', 'rediss:'),
  REDIS_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9:_-]{1,40}$/, 'must be 1 to 40 letters, digits, ":", "_" or "-"')
    .default('haoban:'),
  JWT_SECRET: required.min(32, 'must have at least 32 characters'),
  DATA_KEYS: dataKeys,
  INDEX_KEY: key(32),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  WECHAT_BASE_URL: httpUrl.default('https://api.weixin.qq.com'),
  WECHAT_APPID: required,
  WECHAT_SECRET: required,
  WECHATPAY_BASE_URL: httpUrl.default('https://api.mch.weixin.qq.com'),
  WECHATPAY_MCHID: required,
  WECHATPAY_MERCHANT_SERIAL: required,
  WECHATPAY_MERCHANT_KEY_PATH: pem,
  WECHATPAY_PLATFORM_SERIAL: required,
  WECHATPAY_PLATFORM_PUBLIC_KEY_PATH: pem,
  WECHATPAY_APIV3_KEY: required.length(32, 'must have exactly 32 characters'),
  EMS_BASE_URL: httpUrl,
  EMS_SENDER_NO: required,
  EMS_AUTHORIZATION: required,
  EMS_SIGN_KEY: required.refine(
    (value) => Buffer.from(value, 'base64').length === 16,
    'must be 16 bytes in base64 (an SM4 key)',
  ),
  EMS_PUSH_SECRET: required.min(16, 'must have at least 16 characters'),
});
type Environment = z.infer<typeof Environment>;

const SECRETS = [
  'JWT_SECRET',
  'DATA_KEYS',
  'INDEX_KEY',
  'WECHAT_SECRET',
  'WECHATPAY_APIV3_KEY',
  'WECHATPAY_MERCHANT_SERIAL',
  'EMS_AUTHORIZATION',
  'EMS_SIGN_KEY',
  'EMS_PUSH_SECRET',
  'METRICS_TOKEN',
] as const;
const OUTSIDE = ['WECHAT_BASE_URL', 'WECHATPAY_BASE_URL', 'EMS_BASE_URL'] as const;

/** `localhost`, 127/8, ::1, 0.0.0.0 and names ending in `.localhost`. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[?::1\]?)$/i.test(host);
}

/** Demo values are public: whoever reads this repository could sign tokens or read citizens' data with them. */
function isDemoSecret(value: string): boolean {
  const plain = Buffer.from(value.split(':').at(-1) ?? '', 'base64').toString('latin1');
  const oneByte = new Set(value).size <= 2;
  return oneByte || [value, plain].some((text) => /^(demo|test|change-?me|secret|example)/i.test(text));
}

function productionProblems(env: NodeJS.ProcessEnv): string[] {
  const secrets = SECRETS.filter((name) => env[name]?.split(',').some((part) => isDemoSecret(part.trim())));
  const simulators = OUTSIDE.filter((name) => {
    const value = env[name];
    return value !== undefined && (!URL.canParse(value) || isLoopback(new URL(value).hostname));
  });
  const insecure = [...OUTSIDE, 'PUBLIC_URL'].filter((name) => env[name]?.startsWith('http:'));
  return [
    ...secrets.map((name) => `${name} is a demo value, which production refuses`),
    ...simulators.map((name) => `${name} points at a simulator on this machine, which production refuses`),
    ...insecure.map((name) => `${name} must start with https:// in production`),
  ];
}

function toConfig(env: Environment): Config {
  return new Config({
    mode: env.APP_MODE,
    http: {
      host: env.HOST,
      port: env.PORT,
      publicUrl: env.PUBLIC_URL,
      trustedProxies: env.TRUSTED_PROXIES,
      metricsToken: env.METRICS_TOKEN,
    },
    worker: { port: env.WORKER_PORT, concurrency: env.WORKER_CONCURRENCY, backoffMs: env.JOB_BACKOFF_MS },
    database: { url: env.DATABASE_URL, type: env.DATABASE_TYPE, poolSize: env.DATABASE_POOL },
    redis: { url: env.REDIS_URL, prefix: env.REDIS_PREFIX },
    jwtSecret: env.JWT_SECRET,
    dataKeys: env.DATA_KEYS,
    indexKey: env.INDEX_KEY,
    logLevel: env.LOG_LEVEL,
    wechat: { baseUrl: env.WECHAT_BASE_URL, appId: env.WECHAT_APPID, secret: env.WECHAT_SECRET },
    wechatpay: {
      baseUrl: env.WECHATPAY_BASE_URL,
      mchId: env.WECHATPAY_MCHID,
      merchantSerial: env.WECHATPAY_MERCHANT_SERIAL,
      merchantKey: env.WECHATPAY_MERCHANT_KEY_PATH,
      platformSerial: env.WECHATPAY_PLATFORM_SERIAL,
      platformPublicKey: env.WECHATPAY_PLATFORM_PUBLIC_KEY_PATH,
      apiV3Key: env.WECHATPAY_APIV3_KEY,
    },
    ems: {
      baseUrl: env.EMS_BASE_URL,
      senderNo: env.EMS_SENDER_NO,
      authorization: env.EMS_AUTHORIZATION,
      signKey: env.EMS_SIGN_KEY,
      pushSecret: env.EMS_PUSH_SECRET,
    },
  });
}

function deepFreeze(value: object): void {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && !Buffer.isBuffer(inner)) deepFreeze(inner);
  }
  Object.freeze(value);
}

/** @throws ConfigError with one line per variable that is wrong or missing; values of secrets are never shown. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // An empty variable, as compose files produce them, means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  if (given.APP_MODE === 'production') problems.push(...productionProblems(given));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data);
}

/** For the entry points: the config, or the list of problems on stderr and exit code 1. */
export function loadConfigOrExit(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
