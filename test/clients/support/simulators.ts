import { randomBytes } from 'node:crypto';
import { startSimulators } from '@haoban/simulators';
import type { Fault, Simulators } from '@haoban/simulators';
import {
  API_V3_KEY,
  APPID,
  MCHID,
  MERCHANT_SERIAL,
  merchant,
  PLATFORM_SERIAL,
  platform,
} from './pay-party.js';

export const WECHAT_SECRET = 'simulated-secret-0123456789abcdef';
export const EMS_SENDER_NO = '1100123456789';
export const EMS_AUTHORIZATION = randomBytes(16).toString('hex');
export const EMS_SIGN_KEY = randomBytes(16).toString('base64');
/** How long the clients wait in these tests; a simulator told to time out stays silent for longer. */
export const TIMEOUT_MS = 3000;

/** The three simulators on free loopback ports, with the real protocols' waits a thousand times shorter. */
export const startParties = (emsPushUrl = ''): Promise<Simulators> =>
  startSimulators({
    host: '127.0.0.1',
    wechat: { port: 0, appid: APPID, secret: WECHAT_SECRET },
    pay: {
      port: 0,
      appid: APPID,
      mchid: MCHID,
      merchantSerial: MERCHANT_SERIAL,
      merchantPublicKeyPem: merchant.publicKey,
      platformSerial: PLATFORM_SERIAL,
      platformPrivateKeyPem: platform.privateKey,
      apiV3Key: API_V3_KEY,
      ladderScale: 0.001,
    },
    ems: {
      port: 0,
      senderNo: EMS_SENDER_NO,
      authorization: EMS_AUTHORIZATION,
      signKey: EMS_SIGN_KEY,
      pushUrl: emsPushUrl,
      pushRetryMs: [20, 20, 20],
    },
  });

/** What a person does at a simulator's page. */
export async function act(url: string, path: string, body: object = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

export async function breakNext(url: string, fault: Partial<Fault> & Pick<Fault, 'mode'>): Promise<void> {
  await act(url, 'fault', fault);
}

export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('did not happen within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
