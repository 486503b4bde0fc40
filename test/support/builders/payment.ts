import type { Payment, PayParams } from '@haoban/contracts';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { Clock } from '../../../apps/api/src/common/clock.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { Transactions } from '../../../apps/api/src/db/transactions.js';
import { PaymentService } from '../../../apps/api/src/payment/payment.service.js';
import { testKeys } from '../test-config.js';
import type { World } from '../world.js';
import type { TestCitizen } from './citizen.js';

/** The real time and what was added to it: outside parties refuse messages that are minutes old, and orders expire. */
export class ShiftedClock extends Clock {
  private shiftMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.shiftMs);
  }

  advance(milliseconds: number): void {
    this.shiftMs += milliseconds;
  }

  /** Back to the machine's time, which is the simulators'. */
  reset(): void {
    this.shiftMs = 0;
  }
}

/** A payment of one citizen, opened as a delivery would open it. */
export function newPayment(
  world: World,
  citizen: Pick<TestCitizen, 'id'>,
  {
    amountFen = 1200,
    minutes = 30,
    hallId = newId(),
  }: { amountFen?: number; minutes?: number; hallId?: string } = {},
): Promise<Payment> {
  return world.get(Transactions).run((em) =>
    world.get(PaymentService).create(em, {
      subjectKind: 'delivery',
      subjectId: newId(),
      citizenId: citizen.id,
      hallId,
      caseNo: null,
      description: '证照寄递费',
      amountFen,
      expiresAt: new Date(world.now.getTime() + minutes * 60_000),
    }),
  );
}

export async function simPost(
  base: string,
  path: string,
  body: object = {},
): Promise<Record<string, unknown>> {
  const answer = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${JSON.stringify(said)}`);
  return said;
}

export async function simState<T>(base: string): Promise<T> {
  return (await (await fetch(`${base}/_sim/state`)).json()) as T;
}

/** The payer confirms on the phone; WeChat Pay sends its notice by itself. */
export function payInWechat(world: World, payParams: PayParams): Promise<Record<string, unknown>> {
  return simPost(world.simulators.pay.url, '/_sim/pay', { payParams });
}

export function payFault(world: World, fault: { mode: string; route?: string; count?: number; ms?: number }) {
  return simPost(world.simulators.pay.url, '/_sim/fault', fault);
}

/** Keeps every notice of the simulator back, as if the network had lost them. */
export function loseNotices(world: World) {
  return payFault(world, { mode: 'fail', route: 'notice', count: 100 });
}

export async function clearPayFaults(world: World): Promise<void> {
  await fetch(`${world.simulators.pay.url}/_sim/fault`, { method: 'DELETE' });
}

export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

interface SignedNotice {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** A notice as WeChat Pay writes it, signed and encrypted by code that the application doesn't use. */
export function signedNotice(
  world: World,
  eventType: string,
  content: object,
  { apiV3Key = world.config.wechatpay.apiV3Key, ageSeconds = 0 } = {},
): SignedNotice {
  const nonce = Formatter.nonce(12);
  const body = JSON.stringify({
    id: newId(),
    create_time: '2026-11-22T11:00:00+08:00',
    event_type: eventType,
    resource_type: 'encrypt-resource',
    summary: '通知',
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Aes.AesGcm.encrypt(JSON.stringify(content), apiV3Key, nonce, 'transaction'),
      associated_data: 'transaction',
      nonce,
    },
  });
  const timestamp = String(Formatter.timestamp() - ageSeconds);
  const key = Rsa.from(testKeys().platformPrivatePem, Rsa.KEY_TYPE_PRIVATE);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': world.config.wechatpay.platformSerial,
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
      'wechatpay-signature': Rsa.sign(Formatter.response(timestamp, nonce, body), key),
    },
  };
}

/** What WeChat Pay tells of a payment that was made. */
export function paidContent(
  world: World,
  payment: Pick<Payment, 'outTradeNo' | 'amountFen'>,
  over: object = {},
) {
  return {
    appid: world.config.wechat.appId,
    mchid: world.config.wechatpay.mchId,
    out_trade_no: payment.outTradeNo,
    transaction_id: `4200${newId()}`,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    bank_type: 'OTHERS',
    success_time: new Date().toISOString(),
    payer: { openid: 'someone' },
    amount: { total: payment.amountFen, payer_total: payment.amountFen, currency: 'CNY' },
    ...over,
  };
}

export function sendNotice(world: World, notice: SignedNotice): Promise<Response> {
  return world.request('/api/providers/wechatpay/notice', {
    method: 'POST',
    headers: notice.headers,
    body: notice.body,
  });
}

/** The jobs that are waiting for a later time, such as polls, by topic; oldest first. */
export function plannedJobs(
  world: World,
  topic: string,
): Promise<{ payload: unknown; available_at: Date }[]> {
  return world.dataSource.query(
    'SELECT payload, available_at FROM outbox WHERE topic = ? AND dispatched_at IS NULL ORDER BY id',
    [topic],
  );
}

/** The payloads of all jobs of a topic, done or not, oldest first. */
export async function jobsOf<T>(world: World, topic: string): Promise<T[]> {
  const rows = await world.dataSource.query<{ payload: T | string }[]>(
    'SELECT payload FROM outbox WHERE topic = ? ORDER BY id',
    [topic],
  );
  return rows.map(({ payload }) => (typeof payload === 'string' ? (JSON.parse(payload) as T) : payload));
}

export async function auditOf(
  world: World,
  action: string,
): Promise<{ subjectId: string; after: unknown }[]> {
  const rows = await world.dataSource.query<{ subject_id: string; after: unknown }[]>(
    'SELECT subject_id, `after` FROM audit_entry WHERE action = ? ORDER BY id',
    [action],
  );
  return rows.map(({ subject_id: subjectId, after }) => ({
    subjectId,
    after: typeof after === 'string' ? (JSON.parse(after) as unknown) : after,
  }));
}
