import type { Raw } from './values.js';
import { isRecord, readBeijingTime, readText, unwrap } from './values.js';

/**
 * Trace events of 040001 (query) and 040002 (push) and what their op codes mean.
 * Source of the codes: the vendor's dictionary as kept in the public OLTS mappings (mappings/cn/ems.csv).
 */

export interface EmsTrace {
  waybillNo: string;
  orderNo?: string;
  opCode: string;
  opName: string;
  opDesc: string;
  opTime: Date;
  opOrgCode: string;
  opOrgName: string;
  opOrgProvName?: string;
  opOrgCity?: string;
  /** How it was delivered, see deliveredTo. */
  deliverCode?: string;
  /** Why it was not, see attemptReason. */
  attemptCode?: string;
}

export type EmsStage =
  | 'picked_up'
  | 'in_transit'
  | 'out_for_delivery'
  | 'at_pickup_point'
  | 'delivered'
  | 'attempt_failed'
  | 'returning'
  | 'returned'
  | 'cancelled'
  | 'exception';

/** `voids`: an earlier event of that stage was recorded wrongly. So "delivered" is not final: 743 takes it back. */
export type EmsMeaning = { stage: EmsStage } | { voids: EmsStage } | { note: true };

const STAGES = {
  picked_up: ['203', '208'],
  in_transit: [
    '303',
    '336',
    '345',
    '305',
    '389',
    '954',
    '516',
    '404',
    '457',
    '505',
    '913',
    '916',
    '713',
    '723',
    '749',
  ],
  out_for_delivery: ['702'],
  at_pickup_point: ['747', '750'],
  delivered: ['704', '748', 'O_010', 'O_016', '463'],
  attempt_failed: ['705'],
  returning: ['708', '741', '405', '447', '013'],
  returned: ['711', 'O_011'],
  cancelled: ['801'],
  exception: ['651', '987', '988', '993'],
} as const satisfies Record<EmsStage, readonly string[]>;

const VOIDS: Readonly<Record<string, EmsStage>> = {
  '207': 'picked_up',
  '212': 'picked_up',
  '742': 'out_for_delivery',
  '743': 'delivered',
  '744': 'attempt_failed',
};

const MEANINGS = new Map<string, EmsMeaning>([
  ...Object.entries(STAGES).flatMap(([stage, codes]) =>
    codes.map((code): [string, EmsMeaning] => [code, { stage: stage as EmsStage }]),
  ),
  ...Object.entries(VOIDS).map(([code, voids]): [string, EmsMeaning] => [code, { voids }]),
]);

/** Codes that are not known, and those that change nothing (改址 802, 803, 756; 304), are notes to show. */
export const meaningOf = (opCode: string): EmsMeaning => MEANINGS.get(opCode) ?? { note: true };

const DELIVERED_TO: Readonly<Record<string, string>> = {
  '10': '本人签收',
  '20': '他人代收',
  '30': '自提点',
  '50': '包裹柜',
  '60': '收发室',
  '70': '物业',
  '90': '协议信箱',
  '100': '其他',
  '150': '信报箱',
  '160': '村委会',
  '161': '家门口',
  '162': '办公室',
  '180': '理赔',
};

const ATTEMPT_REASONS: Readonly<Record<string, string>> = {
  '1': '名址有误，待再投',
  '2': '名址有误',
  '3': '查无此人',
  '4': '收件人不在',
  '5': '收件人已迁移',
  '6': '延迟投递',
  '7': '收件人拒收',
  '8': '存局自取',
  '9': '转窗口投递',
  '10': '寄件人撤回',
  '11': '改寄新址',
  '12': '改寄新址',
  '13': '邮件丢失',
  '14': '待收费',
  '15': '待退回',
  '16': '其他',
};

/** Chinese text of a deliverCode. For original certificates anything but 10 (本人签收) deserves a look. */
export const deliveredTo = (deliverCode: string): string => DELIVERED_TO[deliverCode] ?? '其他';

/** Chinese text of an attemptDeliveryCode. */
export const attemptReason = (attemptCode: string): string => ATTEMPT_REASONS[attemptCode] ?? '其他';

/** One event; undefined without a waybill number, code and time. */
export function readTrace(raw: Raw, waybillNo?: string): EmsTrace | undefined {
  const number = readText(raw.waybillNo) ?? waybillNo;
  const opCode = readText(raw.opCode);
  const opTime = readBeijingTime(raw.opTime);
  if (!number || !opCode || !opTime) return undefined;
  const orderNo = readText(raw.orderNo) ?? readText(raw.logisticsOrderNo);
  const provName = readText(raw.opOrgProvName);
  const city = readText(raw.opOrgCity);
  const deliverCode = readText(raw.deliverCode);
  const attemptCode = readText(raw.attemptDeliveryCode);
  return {
    waybillNo: number,
    opCode,
    opName: readText(raw.opName) ?? '',
    opDesc: readText(raw.opDesc) ?? '',
    opTime,
    opOrgCode: readText(raw.opOrgCode) ?? '',
    opOrgName: readText(raw.opOrgName) ?? '',
    ...(orderNo ? { orderNo } : {}),
    ...(provName ? { opOrgProvName: provName } : {}),
    ...(city ? { opOrgCity: city } : {}),
    ...(deliverCode ? { deliverCode } : {}),
    ...(attemptCode ? { attemptCode } : {}),
  };
}

/** The events of a 040001 retBody, oldest first. Rows that are not events are left out. */
export function readTraces(retBody: unknown, waybillNo: string): EmsTrace[] {
  const body = unwrap(retBody);
  const items = unwrap(isRecord(body) ? body.responseItems : body);
  const rows: unknown[] = Array.isArray(items) ? items : [];
  return rows
    .map((row) => (isRecord(row) ? readTrace(row, waybillNo) : undefined))
    .filter((trace) => trace !== undefined)
    .filter((trace) => trace.waybillNo === waybillNo)
    .sort((a, b) => a.opTime.getTime() - b.opTime.getTime());
}
