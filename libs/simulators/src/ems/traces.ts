import { beijingText, parseBeijing } from '../common/time.js';
import type { Delivery, SendResult } from '../common/outbox.js';
import { field, parseJson } from '../common/json.js';
import type { EmsConfig } from '../config.js';
import type { Envelope } from './envelope.js';
import { attemptNames, deliverNames, opNames, reversals, usualNext } from './op-codes.js';
import type { OpCode } from './op-codes.js';
import type { EmsWorld, Mail, Scan } from './state.js';

/** Scans of a mail, and their push (040002). Event and ack fields as public clients read and write them. */

/** Short, because someone is watching; the real schedule is not published. */
export const usualPushRetryMs = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000];

export interface ScanWish {
  opCode: OpCode;
  deliverCode?: string;
  attemptDeliveryCode?: string;
  /** `yyyy-MM-dd HH:mm:ss`, Beijing; default now */
  opTime?: string;
  opOrgName?: string;
  opDesc?: string;
  push?: boolean;
}

export function appendScan(world: EmsWorld, mail: Mail, wish: ScanWish): Scan {
  const scan: Scan = {
    opCode: wish.opCode,
    opName: opNames[wish.opCode],
    opDesc: wish.opDesc ?? describe(mail, wish),
    opTime: wish.opTime ?? freeTime(mail, wish.opCode),
    ...place(mail, wish.opCode),
    ...(wish.opOrgName === undefined ? {} : { opOrgName: wish.opOrgName }),
    operatorNo: '0001',
    operatorName: '模拟投递员',
    deliverCode: wish.deliverCode ?? '',
    attemptDeliveryCode: wish.attemptDeliveryCode ?? '',
  };
  mail.scans.push(scan);
  world.store.changed();
  if (wish.push !== false && world.config.pushUrl !== '') {
    world.pushes.add({
      group: mail.waybillNo,
      title: `${mail.waybillNo} ${scan.opCode} ${scan.opName}`,
      url: world.config.pushUrl,
      payload: JSON.stringify(pushEvent(world.config, mail, scan)),
    });
  }
  return scan;
}

/** The same code twice within a second would look like one event to any receiver, so the second one waits its turn. */
function freeTime(mail: Mail, opCode: OpCode): string {
  let at = new Date();
  while (mail.scans.some((scan) => scan.opCode === opCode && scan.opTime === beijingText(at))) {
    at = new Date(at.getTime() + 1000);
  }
  return beijingText(at);
}

function place(
  mail: Mail,
  opCode: OpCode,
): Pick<Scan, 'opOrgCode' | 'opOrgName' | 'opOrgProvName' | 'opOrgCity'> {
  const atSender: readonly OpCode[] = ['203', '208', '305', '207', '212', '304', '801', '711'];
  const party = atSender.includes(opCode) ? mail.sender : mail.receiver;
  const central = opCode === '954' || opCode === '389';
  return {
    opOrgCode: atSender.includes(opCode) ? '35000111' : central ? '35000900' : '35000222',
    opOrgName: central ? `${party.city}邮件处理中心` : `${party.county}揽投部`,
    opOrgProvName: party.prov,
    opOrgCity: party.city,
  };
}

function describe(mail: Mail, wish: ScanWish): string {
  const name = opNames[wish.opCode];
  if (wish.opCode === '704') return `邮件已签收，${deliverNames[wish.deliverCode ?? ''] ?? '签收人未注明'}`;
  if (wish.opCode === '705') return `未妥投：${attemptNames[wish.attemptDeliveryCode ?? ''] ?? '原因未注明'}`;
  return `${mail.receiver.city} ${name}`;
}

function pushEvent(config: EmsConfig, mail: Mail, scan: Scan): object {
  const { deliverCode, attemptDeliveryCode, ...event } = scan;
  return {
    waybillNo: mail.waybillNo,
    orderNo: mail.logisticsOrderNo,
    ...event,
    ...(config.pushDeliverCode === true ? { deliverCode, attemptDeliveryCode } : {}),
  };
}

/** Row of 040001. */
export function traceRows(mail: Mail): object[] {
  return mail.scans.map((scan) => ({
    waybillNo: mail.waybillNo,
    orderNo: mail.logisticsOrderNo,
    ...scan,
    productName: '特快专递',
  }));
}

/** The newest scan that no later one took back. */
export function standing(mail: Mail): OpCode | undefined {
  const left: OpCode[] = [];
  for (const { opCode } of mail.scans) {
    const voided = reversals[opCode];
    if (voided === undefined) left.push(opCode);
    else {
      const index = left.lastIndexOf(voided);
      if (index >= 0) left.splice(index, 1);
    }
  }
  return left.at(-1);
}

/** Plays the usual next step; undefined = nothing follows. */
export function advance(world: EmsWorld, mail: Mail): Scan | undefined {
  if (mail.cancelled) return undefined;
  const next = usualNext(standing(mail));
  if (next === undefined) return undefined;
  return appendScan(world, mail, { opCode: next, ...(next === '704' ? { deliverCode: '10' } : {}) });
}

export function isScanTime(value: string): boolean {
  return parseBeijing(value) !== undefined;
}

export async function sendPush(
  envelope: Envelope,
  delivery: Delivery,
  corrupt: boolean,
  signal: AbortSignal,
): Promise<SendResult> {
  const sealed = envelope.seal(delivery.payload, false);
  const serialNo = delivery.id.replaceAll('-', '');
  const answer = await fetch(delivery.url, {
    method: 'POST',
    redirect: 'manual',
    signal,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify({
      // The broken one stays base64 of whole blocks: only decrypting finds it out.
      logitcsInterface: corrupt ? breakLastBlock(sealed) : sealed,
      method: '040002',
      msgType: '0',
      senderNo: '',
      serialNo,
      timeStamp: beijingText(new Date()),
      version: 'v1.0.0',
    }),
  });
  const said = await answer.text();
  const code = field(parseJson(said), 'code');
  const ok =
    answer.ok && (code === '00000' || code === 'S00001') && field(parseJson(said), 'serialNo') === serialNo;
  return { ok, note: `${answer.status} ${said.slice(0, 120)}`.trim() };
}

function breakLastBlock(sealed: string): string {
  const bytes = Buffer.from(sealed.slice(4), 'base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 0x55, bytes.length - 1);
  return `|$4|${bytes.toString('base64')}`;
}
