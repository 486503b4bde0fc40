import type { Raw } from './values.js';
import { isRecord, readBeijingTime, readText, unwrap } from './values.js';

/**
 * Trace events of 040001 (query) and 040002 (push) as EMS gives them. What an opCode means for a parcel is a rule and
 * lives with the delivery states, not here.
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
  attemptDeliveryCode?: string;
}

const DELIVERED_TO = new Map<string, string>(
  Object.entries({
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
  }),
);

const ATTEMPT_REASONS = new Map<string, string>(
  Object.entries({
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
  }),
);

/** Chinese text of a deliverCode. For original certificates anything but 10 (本人签收) deserves a look. */
export const deliveredTo = (deliverCode: string): string => DELIVERED_TO.get(deliverCode) ?? '其他';

/** Chinese text of an attemptDeliveryCode. */
export const attemptReason = (attemptDeliveryCode: string): string =>
  ATTEMPT_REASONS.get(attemptDeliveryCode) ?? '其他';

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
  const attemptDeliveryCode = readText(raw.attemptDeliveryCode);
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
    ...(attemptDeliveryCode ? { attemptDeliveryCode } : {}),
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
