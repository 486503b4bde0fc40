import {
  createCipheriv,
  createDecipheriv,
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulators } from '@haoban/simulators';
import type { Simulators, SimulatorsConfig } from '@haoban/simulators';

/** A client side written with node:crypto alone: it shares no code with the simulators, nor with our own clients. */

export const apiV3Key = '0123456789abcdef0123456789abcdef';
export const appid = 'wx0123456789abcdef';
export const mchid = '1900000001';
export const merchantSerial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
export const platformSerial = 'PUB_KEY_ID_0119000000012026';
export const signKey = 'TvaBgrhE46sft3nZlfe7xw==';

const pem = (key: KeyObject) =>
  key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'pem' }).toString();
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

export interface ConfigChanges {
  stateDir?: string;
  wechat?: Partial<SimulatorsConfig['wechat']>;
  pay?: Partial<SimulatorsConfig['pay']>;
  ems?: Partial<SimulatorsConfig['ems']>;
}

export function newSimulators(changes: ConfigChanges = {}): Promise<Simulators> {
  return startSimulators({
    host: '127.0.0.1',
    ...(changes.stateDir === undefined ? {} : { stateDir: changes.stateDir }),
    wechat: { port: 0, appid, secret: 'wechat-secret', ...changes.wechat },
    pay: {
      port: 0,
      appid,
      mchid,
      merchantSerial,
      merchantPublicKeyPem: pem(merchant.publicKey),
      platformSerial,
      platformPrivateKeyPem: pem(platform.privateKey),
      apiV3Key,
      ladderScale: 0.002,
      ...changes.pay,
    },
    ems: {
      port: 0,
      senderNo: '1100000000001',
      authorization: 'ems-authorization',
      signKey,
      pushUrl: '',
      pushRetryMs: [30, 30, 30, 30, 30],
      ...changes.ems,
    },
  });
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  bytes: Buffer;
  body: Record<string, unknown>;
}

async function read(answer: Response): Promise<Reply> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  const text = bytes.toString('utf8');
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Not JSON: the caller looks at the text.
  }
  return { status: answer.status, headers: answer.headers, text, bytes, body };
}

export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  return read(
    await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

export const sim = (base: string, path: string, body: unknown = {}) =>
  send(`${base}/_sim/${path}`, 'POST', body);

export interface Tricks {
  nonce?: string;
  timestamp?: number;
  serial?: string;
  mchid?: string;
  strangerKey?: boolean;
  /** Sent instead of what was signed. */
  tamperedBody?: string;
  headers?: Record<string, string>;
}

export async function payCall(
  base: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  tricks: Tricks = {},
): Promise<Reply> {
  const nonce = tricks.nonce ?? randomBytes(12).toString('hex');
  const timestamp = tricks.timestamp ?? Math.floor(Date.now() / 1000);
  const text = body === undefined ? '' : JSON.stringify(body);
  const key = tricks.strangerKey ? stranger.privateKey : merchant.privateKey;
  const signature = sign('sha256', Buffer.from(`${method}\n${path}\n${timestamp}\n${nonce}\n${text}\n`), key);
  const authorization =
    `WECHATPAY2-SHA256-RSA2048 mchid="${tricks.mchid ?? mchid}",nonce_str="${nonce}",timestamp="${timestamp}",` +
    `serial_no="${tricks.serial ?? merchantSerial}",signature="${signature.toString('base64')}"`;
  return read(
    await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', authorization, ...tricks.headers },
      ...(method === 'GET' ? {} : { body: tricks.tamperedBody ?? text }),
    }),
  );
}

export function isSignedByPlatform(get: (name: string) => string | null | undefined, body: string): boolean {
  const message = `${get('wechatpay-timestamp') ?? ''}\n${get('wechatpay-nonce') ?? ''}\n${body}\n`;
  const signature = Buffer.from(get('wechatpay-signature') ?? '', 'base64');
  return (
    get('wechatpay-serial') === platformSerial &&
    verify('sha256', Buffer.from(message), platform.publicKey, signature)
  );
}

export function decryptNotice(body: string): Record<string, unknown> {
  const { resource } = JSON.parse(body) as {
    resource: { ciphertext: string; nonce: string; associated_data: string };
  };
  const sealed = Buffer.from(resource.ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  decipher.setAAD(Buffer.from(resource.associated_data));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
}

export function payParams(prepayId: string, changes: Record<string, string> = {}): Record<string, string> {
  const params = {
    appId: appid,
    timeStamp: String(Math.floor(Date.now() / 1000)),
    nonceStr: randomBytes(8).toString('hex'),
    package: `prepay_id=${prepayId}`,
    signType: 'RSA',
  };
  const message = `${params.appId}\n${params.timeStamp}\n${params.nonceStr}\n${params.package}\n`;
  const paySign = sign('sha256', Buffer.from(message), merchant.privateKey).toString('base64');
  return { ...params, paySign, ...changes };
}

export function jsapiBody(outTradeNo: string, notifyUrl: string, changes: Record<string, unknown> = {}) {
  return {
    appid,
    mchid,
    description: '证照寄递费',
    out_trade_no: outTradeNo,
    notify_url: notifyUrl,
    amount: { total: 1200, currency: 'CNY' },
    payer: { openid: 'oTestOpenid' },
    ...changes,
  };
}

/** SM4 twice over: the envelope that a client sends, and what a push holds. */
export function sealEms(plaintext: string, key = signKey, suffix = signKey): string {
  const cipher = createCipheriv('sm4-ecb', Buffer.from(key, 'base64'), null);
  return `|$4|${Buffer.concat([cipher.update(plaintext + suffix, 'utf8'), cipher.final()]).toString('base64')}`;
}

export function openEms(sealed: string): Record<string, unknown> {
  const decipher = createDecipheriv('sm4-ecb', Buffer.from(signKey, 'base64'), null);
  const plain = Buffer.concat([decipher.update(sealed.slice(4), 'base64'), decipher.final()]).toString(
    'utf8',
  );
  return JSON.parse(plain) as Record<string, unknown>;
}

export const beijingNow = (shiftMs = 0) =>
  new Date(Date.now() + 8 * 3_600_000 + shiftMs).toISOString().slice(0, 19).replace('T', ' ');

export async function emsCall(
  base: string,
  apiCode: string,
  body: unknown,
  form: Record<string, string> = {},
) {
  const fields = new URLSearchParams({
    apiCode,
    senderNo: '1100000000001',
    authorization: 'ems-authorization',
    timeStamp: beijingNow(),
    logitcsInterface: sealEms(JSON.stringify(body)),
    ...form,
  });
  const reply = await read(
    await fetch(`${base}/amp-prod-api/f/amp/api/open`, { method: 'POST', body: fields }),
  );
  let retBody: unknown = reply.body.retBody;
  try {
    retBody = JSON.parse(String(retBody));
  } catch {
    // A link or nothing.
  }
  return { ...reply, retCode: reply.body.retCode, retMsg: String(reply.body.retMsg), retBody };
}

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Our side's call-back address: answers what the test says and keeps what came. */
export async function newReceiver(
  answerTo: (nth: number, body: string) => { status: number; body?: string },
) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ headers: request.headers, body });
      const answer = answerTo(received.length, body);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notice`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Waits for something that comes by itself; fails after fifteen seconds. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`did not happen: ${what.toString()}`);
    await pause(10);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const sha1 = (data: string | Buffer) => createHash('sha1').update(data).digest('hex');
