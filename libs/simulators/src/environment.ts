import { readFileSync } from 'node:fs';
import { isRecord, parseJson } from './common/json.js';
import type { SimulatorsConfig, WechatTemplate } from './config.js';

/** Environment → configuration. Throws one error that names every missing or wrong variable. */
export function readEnvironment(env: NodeJS.ProcessEnv): SimulatorsConfig {
  const problems: string[] = [];
  const required = (name: string): string => {
    const value = env[name];
    if (!value) problems.push(`${name} is missing`);
    return value ?? '';
  };
  const number = (name: string, fallback: number, max: number): number => {
    const value = env[name] === undefined || env[name] === '' ? fallback : Number(env[name]);
    if (!(value >= 0 && value <= max)) problems.push(`${name} must be a number from 0 to ${max}`);
    return value;
  };
  const pem = (name: string): string => {
    const path = required(name);
    if (path === '') return '';
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
      return '';
    }
  };
  const appid = required('WECHAT_APPID');
  const templates = readTemplates(env.SIM_WECHAT_TEMPLATES, problems);
  const autoAdvanceMs = number('SIM_EMS_AUTO_ADVANCE_MS', 0, 86_400_000);
  const config: SimulatorsConfig = {
    host: env.HOST || '127.0.0.1',
    ...(env.SIM_STATE_DIR ? { stateDir: env.SIM_STATE_DIR } : {}),
    wechat: {
      port: number('SIM_WECHAT_PORT', 3101, 65_535),
      appid,
      secret: required('WECHAT_SECRET'),
      ...(templates ? { templates } : {}),
      ...(env.SIM_WECHAT_APP_URL ? { appUrl: env.SIM_WECHAT_APP_URL } : {}),
    },
    pay: {
      port: number('SIM_PAY_PORT', 3102, 65_535),
      appid,
      mchid: required('WECHATPAY_MCHID'),
      merchantSerial: required('WECHATPAY_MERCHANT_SERIAL'),
      merchantPublicKeyPem: pem('SIM_MERCHANT_PUBLIC_KEY_PATH'),
      platformSerial: required('WECHATPAY_PLATFORM_SERIAL'),
      platformPrivateKeyPem: pem('SIM_PLATFORM_PRIVATE_KEY_PATH'),
      apiV3Key: required('WECHATPAY_APIV3_KEY'),
      ladderScale: number('SIM_LADDER_SCALE', 0.01, 1),
    },
    ems: {
      port: number('SIM_EMS_PORT', 3103, 65_535),
      senderNo: required('EMS_SENDER_NO'),
      authorization: required('EMS_AUTHORIZATION'),
      signKey: required('EMS_SIGN_KEY'),
      pushUrl: env.SIM_EMS_PUSH_URL ?? '',
      ...(autoAdvanceMs > 0 ? { autoAdvanceMs } : {}),
      pushDeliverCode: env.SIM_EMS_PUSH_DELIVER_CODE === '1',
    },
  };
  if (problems.length > 0) throw new Error(`Simulators cannot start:\n  ${problems.join('\n  ')}`);
  return config;
}

/** JSON `{ "<template id>": { "title": "…", "fields": { "thing1": "事项" } } }`; absent = any template is known. */
function readTemplates(
  source: string | undefined,
  problems: string[],
): Record<string, WechatTemplate> | undefined {
  if (!source) return undefined;
  const parsed = parseJson(source);
  const good =
    isRecord(parsed) &&
    Object.values(parsed).every(
      (each) => isRecord(each) && typeof each.title === 'string' && isRecord(each.fields),
    );
  if (!good) problems.push('SIM_WECHAT_TEMPLATES must be a JSON object of { title, fields }');
  return good ? (parsed as unknown as Record<string, WechatTemplate>) : undefined;
}
