import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { yuan } from '../common/html.js';
import type { Answer, SimRequest } from '../common/http-server.js';
import { beijingDay, beijingText } from '../common/time.js';
import { payError } from './errors.js';
import type { PayOrder, PayRefund, PayWorld } from './state.js';

/**
 * Trade bills: applied for by day, downloaded as a CSV in yuan with a BOM and a backtick before every cell.
 * Source: pay.weixin.qq.com, "申请交易账单", "下载账单".
 */

const LINK_LIFE_MS = 5 * 60_000;
const THREE_MONTHS_DAYS = 92;
const READY_HOUR = 10;
const EIGHT_HOURS_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

const common = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
];
const refundTimes = ['退款申请时间', '退款成功时间'];
const refundColumns = ['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态'];
const tail = ['商品名称', '商户数据包', '手续费', '费率', '订单金额'];
const summaryHead = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
];

export class BillDesk {
  private readonly links = new Map<string, { content: Buffer; until: number }>();

  constructor(private readonly world: PayWorld) {}

  /** @param base where the download link shall point, e.g. `http://127.0.0.1:3102` */
  apply(query: URLSearchParams, base: string): object {
    const day = query.get('bill_date') ?? '';
    const type = query.get('bill_type') ?? 'ALL';
    const packing = query.get('tar_type');
    this.assertDay(day);
    if (type !== 'ALL' && type !== 'SUCCESS' && type !== 'REFUND') {
      throw payError('PARAM_ERROR', '参数错误：bill_type应为ALL、SUCCESS或REFUND');
    }
    if (packing !== null && packing !== 'GZIP') throw payError('PARAM_ERROR', '参数错误：tar_type应为GZIP');
    const csv = this.csv(day, type);
    const token = randomBytes(24).toString('hex');
    for (const [old, link] of this.links) if (link.until < Date.now()) this.links.delete(old);
    this.links.set(token, {
      content: packing === 'GZIP' ? gzipSync(csv) : csv,
      until: Date.now() + LINK_LIFE_MS,
    });
    return {
      hash_type: 'SHA1',
      // Of the file before compression, also when GZIP was asked for.
      hash_value: createHash('sha1').update(csv).digest('hex'),
      download_url: `${base}/v3/billdownload/file?token=${token}`,
    };
  }

  download(request: SimRequest): Answer {
    const link = this.links.get(request.query.get('token') ?? '');
    if (link === undefined || link.until < Date.now())
      throw payError('NO_AUTH', '下载地址已失效，请重新申请账单');
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: link.content };
  }

  private assertDay(day: string): void {
    const start = new Date(`${day}T00:00:00+08:00`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(start.getTime()) || beijingDay(start) !== day) {
      throw payError('PARAM_ERROR', '参数错误：bill_date应为yyyy-MM-dd');
    }
    const now = new Date();
    if (day >= beijingDay(now)) throw payError('NO_STATEMENT_EXIST', '账单文件不存在');
    const age = Math.floor((now.getTime() - start.getTime()) / DAY_MS);
    if (age > THREE_MONTHS_DAYS) throw payError('PARAM_ERROR', '参数错误：仅支持三个月内的账单');
    const yesterday = beijingDay(new Date(now.getTime() - DAY_MS));
    const hour = new Date(now.getTime() + EIGHT_HOURS_MS).getUTCHours();
    if (day === yesterday && hour < READY_HOUR)
      throw payError('STATEMENT_CREATING', '账单生成中，请10点后再试');
  }

  private csv(day: string, type: 'ALL' | 'SUCCESS' | 'REFUND'): Buffer {
    const { orders, refunds } = this.world.store.state;
    const on = (iso: string | null) => iso !== null && beijingDay(new Date(iso)) === day;
    const paid = type === 'REFUND' ? [] : [...orders.values()].filter((order) => on(order.successTime));
    const back =
      type === 'SUCCESS'
        ? []
        : [...refunds.values()].filter((each) => on(each.createdAt) && each.status !== 'CLOSED');
    if (paid.length + back.length === 0) throw payError('NO_STATEMENT_EXIST', '账单文件不存在');

    const head = [
      ...common,
      ...(type === 'REFUND' ? refundTimes : []),
      ...(type === 'SUCCESS' ? [] : refundColumns),
      ...tail,
      ...(type === 'SUCCESS' ? [] : ['申请退款金额']),
      '费率备注',
    ];
    const rows = [
      ...paid.map((order) => this.paidRow(order, type)),
      ...back.flatMap((refund) => {
        const order = orders.get(refund.outTradeNo);
        return order ? [this.refundRow(order, refund, type)] : [];
      }),
    ];
    const paidFen = paid.reduce((sum, order) => sum + order.totalFen, 0);
    const backFen = back.reduce((sum, refund) => sum + refund.refundFen, 0);
    const summary = [
      String(rows.length),
      yuan(paidFen),
      yuan(backFen),
      '0.00',
      '0.00000',
      yuan(paidFen),
      yuan(backFen),
    ];
    const lines = [head.join(','), ...rows.map(ticked), summaryHead.join(','), ticked(summary)];
    return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
  }

  private start(order: PayOrder, at: string, tradeState: string, settledFen: number): string[] {
    const { appid, mchid } = this.world.config;
    return [
      beijingText(new Date(at)),
      appid,
      mchid,
      '0',
      '',
      order.transactionId ?? '',
      order.outTradeNo,
      order.openid,
      'JSAPI',
      tradeState,
      'OTHERS',
      'CNY',
      yuan(settledFen),
      '0.00',
    ];
  }

  private end(order: PayOrder, orderFen: number): string[] {
    // Commas and line breaks would break the file; the real one drops them as well.
    const clean = (value: string) => value.replace(/[,\r\n`]/g, ' ');
    return [clean(order.description), clean(order.attach ?? ''), '0.00000', '0.00%', yuan(orderFen)];
  }

  private paidRow(order: PayOrder, type: 'ALL' | 'SUCCESS' | 'REFUND'): string[] {
    const start = this.start(order, order.successTime ?? order.createdAt, 'SUCCESS', order.totalFen);
    const middle = type === 'ALL' ? ['0', '0', '0.00', '0.00', '', ''] : [];
    return [...start, ...middle, ...this.end(order, order.totalFen), ...(type === 'ALL' ? ['0.00'] : []), ''];
  }

  private refundRow(order: PayOrder, refund: PayRefund, type: 'ALL' | 'SUCCESS' | 'REFUND'): string[] {
    const done = refund.successTime === null ? '' : beijingText(new Date(refund.successTime));
    return [
      ...this.start(order, refund.createdAt, 'REFUND', 0),
      ...(type === 'REFUND' ? [beijingText(new Date(refund.createdAt)), done] : []),
      refund.refundId,
      refund.outRefundNo,
      yuan(refund.refundFen),
      '0.00',
      'ORIGINAL',
      refund.status,
      ...this.end(order, 0),
      yuan(refund.refundFen),
      '',
    ];
  }
}

function ticked(cells: string[]): string {
  return cells.map((cell) => `\`${cell}`).join(',');
}
