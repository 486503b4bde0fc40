import { join } from 'node:path';

/** Ports that `npm start` offers; the simulators' can be changed with these variables too. */
export const httpPorts = (env = process.env) => ({
  api: Number(env.PORT || 3000),
  wechat: Number(env.SIM_WECHAT_PORT || 3101),
  pay: Number(env.SIM_PAY_PORT || 3102),
  ems: Number(env.SIM_EMS_PORT || 3103),
});

/** Where a server that listens on `HOST` is reached from this machine. */
export function reachableHost(env = process.env) {
  const host = env.HOST || '127.0.0.1';
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

const local = (port, env) => `http://${reachableHost(env)}:${port}`;

export const apiUrl = (ports, env) => local(ports.api, env);

export const simulatorUrls = (ports, env) => ({
  wechat: local(ports.wechat, env),
  pay: local(ports.pay, env),
  ems: local(ports.ems, env),
});

/**
 * What api, worker and simulators find in their environment. Variables that are set outside win, one by one: so the
 * real WeChat, WeChat Pay, EMS, database or Redis takes the place of ours.
 */
export function stackEnvironment({ secrets, ports, database, redis, dataDir, given = process.env }) {
  const simulators = simulatorUrls(ports, given);
  const publicUrl = apiUrl(ports, given);
  const ours = {
    APP_MODE: 'demo',
    HOST: '127.0.0.1',
    PORT: String(ports.api),
    PUBLIC_URL: publicUrl,
    DATABASE_URL: database.url,
    DATABASE_TYPE: database.type,
    REDIS_URL: redis.url,
    JWT_SECRET: secrets.jwtSecret,
    DATA_KEYS: secrets.dataKeys,
    INDEX_KEY: secrets.indexKey,
    LOG_LEVEL: 'info',
    WORKER_PORT: String(ports.worker),
    WECHAT_BASE_URL: simulators.wechat,
    WECHAT_APPID: secrets.wechatAppid,
    WECHAT_SECRET: secrets.wechatSecret,
    WECHATPAY_BASE_URL: simulators.pay,
    WECHATPAY_MCHID: secrets.payMchid,
    WECHATPAY_MERCHANT_SERIAL: secrets.payMerchantSerial,
    WECHATPAY_MERCHANT_KEY_PATH: join(secrets.keys, 'merchant-private.pem'),
    WECHATPAY_PLATFORM_SERIAL: secrets.payPlatformSerial,
    WECHATPAY_PLATFORM_PUBLIC_KEY_PATH: join(secrets.keys, 'platform-public.pem'),
    WECHATPAY_APIV3_KEY: secrets.payApiV3Key,
    EMS_BASE_URL: simulators.ems,
    EMS_SENDER_NO: secrets.emsSenderNo,
    EMS_AUTHORIZATION: secrets.emsAuthorization,
    EMS_SIGN_KEY: secrets.emsSignKey,
    EMS_PUSH_SECRET: secrets.emsPushSecret,
    // The other side of the same secrets, for the simulators only.
    SIM_WECHAT_PORT: String(ports.wechat),
    SIM_WECHAT_APP_URL: given.PUBLIC_URL || publicUrl,
    SIM_PAY_PORT: String(ports.pay),
    SIM_EMS_PORT: String(ports.ems),
    SIM_STATE_DIR: join(dataDir, 'simulators'),
    SIM_MERCHANT_PUBLIC_KEY_PATH: join(secrets.keys, 'merchant-public.pem'),
    SIM_PLATFORM_PRIVATE_KEY_PATH: join(secrets.keys, 'platform-private.pem'),
    SIM_EMS_PUSH_URL: `${publicUrl}/api/providers/ems/trace/${secrets.emsPushSecret}`,
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  return { ...ours, ...set };
}
