import { yuanToFen } from './money.js';

/**
 * The trade bill of one day (bill_type ALL): a UTF-8 CSV with a byte-order mark; every data cell starts with a
 * backtick; a header row, detail rows, a header and a row of totals. Unlike the API it is in yuan.
 * Columns are found by name, because WeChat Pay adds some from time to time.
 * Source: pay.weixin.qq.com, 申请交易账单, 账单字段说明.
 */

export interface BillRow {
  /** Beijing time, `yyyy-MM-dd HH:mm:ss`, as in the bill. */
  tradedAt: string;
  transactionId: string;
  outTradeNo: string;
  /** SUCCESS, REFUND or REVOKED; a refund has its own row, with the refund's columns filled. */
  tradeState: string;
  openid: string;
  totalFen: number;
  refundId?: string;
  outRefundNo?: string;
  refundFen: number;
  refundStatus?: string;
}

export interface TradeBill {
  /** Local day, `yyyy-MM-dd`. */
  day: string;
  rows: BillRow[];
}

const COLUMNS = {
  tradedAt: ['交易时间'],
  transactionId: ['微信订单号'],
  outTradeNo: ['商户订单号'],
  tradeState: ['交易状态'],
  openid: ['用户标识'],
  // 订单金额 is the order's sum; the older 应结订单金额 / 总金额 may be net of coupons.
  totalFen: ['订单金额', '应结订单金额', '总金额'],
  refundId: ['微信退款单号'],
  outRefundNo: ['商户退款单号'],
  refundFen: ['申请退款金额', '退款金额'],
  refundStatus: ['退款状态'],
} as const;

const cellsOf = (line: string): string[] => line.replace(/^`/, '').split(',`');

/** Throws Error naming line or column, never the content, when the bill is not whole: no row may be lost silently. */
export function parseTradeBill(day: string, csv: string): TradeBill {
  const lines = csv
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const header = (lines[0] ?? '').split(',');
  const totalsAt = lines.findIndex((line) => line.startsWith('总交易单数'));
  if (totalsAt < 1) throw new Error('bill without totals');
  const column = (name: keyof typeof COLUMNS): number => {
    const index = COLUMNS[name].map((title) => header.indexOf(title)).find((found) => found >= 0);
    if (index === undefined) throw new Error(`bill without column ${COLUMNS[name][0]}`);
    return index;
  };
  const at = Object.fromEntries(
    Object.keys(COLUMNS).map((name) => [name, column(name as keyof typeof COLUMNS)]),
  ) as Record<keyof typeof COLUMNS, number>;

  const rows = lines.slice(1, totalsAt).map((line, index): BillRow => {
    const cells = cellsOf(line);
    if (!line.startsWith('`') || cells.length < header.length) throw new Error(`bill line ${index + 2}`);
    const cell = (name: keyof typeof COLUMNS): string => (cells[at[name]] ?? '').trim();
    // An unused number column is written as 0 or left empty.
    const optional = (name: keyof typeof COLUMNS): string | undefined =>
      cell(name) === '0' ? undefined : cell(name) || undefined;
    const totalFen = yuanToFen(cell('totalFen') || '0');
    const refundFen = yuanToFen(cell('refundFen') || '0');
    if (totalFen === undefined || refundFen === undefined) throw new Error(`bill line ${index + 2}: sum`);
    const refundId = optional('refundId');
    const outRefundNo = optional('outRefundNo');
    const refundStatus = optional('refundStatus');
    return {
      tradedAt: cell('tradedAt'),
      transactionId: cell('transactionId'),
      outTradeNo: cell('outTradeNo'),
      tradeState: cell('tradeState'),
      openid: cell('openid'),
      totalFen,
      refundFen,
      ...(refundId ? { refundId } : {}),
      ...(outRefundNo ? { outRefundNo } : {}),
      ...(refundStatus ? { refundStatus } : {}),
    };
  });
  const stated = cellsOf(lines[totalsAt + 1] ?? '')[0];
  if (stated !== String(rows.length)) throw new Error('bill totals differ from its rows');
  return { day, rows };
}
