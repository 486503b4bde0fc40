import { button, html, yuan } from '../common/html.js';
import type { Html } from '../common/html.js';
import type { Answer, SimServer } from '../common/http-server.js';
import type { FaultBook } from '../common/faults.js';
import type { Delivery } from '../common/outbox.js';
import { isAllowedOrigin } from '../common/origins.js';
import { callsSection, faultSection, live, page, shownTime } from '../common/page.js';
import type { PayOrder, PayRefund, PayWorld } from './state.js';

const SHOWN = 60;
const tradeStates = { NOTPAY: '待支付', SUCCESS: '已支付', REFUND: '已转入退款', CLOSED: '已关闭' };
const refundStates = { PROCESSING: '处理中', SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' };
const outcomes = { SUCCESS: '自动成功', HOLD: '等我决定', ABNORMAL: '转为异常', CLOSED: '关闭' };
const noticeStates = { pending: '等待送达', delivered: '已送达', gaveUp: '已放弃' };

export const payRouteNames = [
  'jsapi',
  'query',
  'close',
  'refund',
  'refundQuery',
  'bill',
  'billDownload',
  'certificates',
  'notice',
];

export function overviewPage(server: SimServer, world: PayWorld, faults: FaultBook): Answer {
  const { orders, refunds, notices, availableFen, refundOutcome } = world.store.state;
  const newest = <Item>(all: Map<string, Item>) => [...all.values()].reverse().slice(0, SHOWN);
  return page(
    '微信支付（模拟）',
    '仅供试用和测试，不会产生真实扣款。这里可以代付款人确认支付，并查看退款和通知。',
    live(
      'orders',
      `订单（${orders.size}）`,
      orders.size === 0 && html`<p class="soft">还没有订单。</p>`,
      newest(orders).map(orderCard),
    ),
    live(
      'refunds',
      `退款（${refunds.size}）`,
      html`<p class="soft">
        可用余额：${availableFen === null ? '充足' : `${yuan(availableFen)} 元`}；新的退款：${outcomes[refundOutcome]}
      </p>`,
      (['SUCCESS', 'HOLD', 'ABNORMAL'] as const).map((status) =>
        button(
          { SUCCESS: '退款自动成功', HOLD: '退款等我决定', ABNORMAL: '退款转异常' }[status],
          '/_sim/refund-outcome',
          { status },
        ),
      ),
      newest(refunds).map(refundCard),
    ),
    live(
      'notices',
      `通知（${notices.size}）`,
      notices.size === 0 && html`<p class="soft">还没有通知。</p>`,
      newest(notices).map(noticeCard),
    ),
    faultSection(faults, payRouteNames),
    callsSection(server.calls),
  );
}

function orderCard(order: PayOrder): Html {
  const prepayId = order.prepays.at(-1)?.id ?? '';
  return html`<div class="card">
    <h3>${order.description} · ${yuan(order.totalFen)} 元</h3>
    <p>
      <span class="tag ${order.tradeState === 'SUCCESS' ? 'good' : ''}"
        >${tradeStates[order.tradeState]}</span
      >
      商户订单号 ${order.outTradeNo}
    </p>
    <p class="soft">
      ${order.transactionId && `微信订单号 ${order.transactionId} · `}下单 ${shownTime(order.createdAt)}
    </p>
    ${
      order.tradeState === 'NOTPAY' &&
      html`<p>
        <a class="button" href="/_sim/cashier?prepay_id=${prepayId}">打开收银台</a>
        ${button('确认支付', '/_sim/pay', { outTradeNo: order.outTradeNo }, 'main')}
      </p>`
    }
  </div>`;
}

function refundCard(refund: PayRefund): Html {
  return html`<div class="card">
    <h3>退款 ${yuan(refund.refundFen)} 元（原订单 ${yuan(refund.totalFen)} 元）</h3>
    <p><span class="tag">${refundStates[refund.status]}</span> 商户退款单号 ${refund.outRefundNo}</p>
    <p class="soft">商户订单号 ${refund.outTradeNo} · ${refund.reason}</p>
    ${
      (refund.status === 'PROCESSING' || refund.status === 'ABNORMAL') &&
      html`<p>
        ${button('退款成功', '/_sim/refund', { outRefundNo: refund.outRefundNo, status: 'SUCCESS' }, 'main')}
        ${button('退款异常', '/_sim/refund', { outRefundNo: refund.outRefundNo, status: 'ABNORMAL' }, 'danger')}
        ${button('退款关闭', '/_sim/refund', { outRefundNo: refund.outRefundNo, status: 'CLOSED' }, 'danger')}
      </p>`
    }
  </div>`;
}

function noticeCard(notice: Delivery): Html {
  const look = { pending: '', delivered: 'good', gaveUp: 'bad' }[notice.state];
  return html`<div class="card">
    <h3>${notice.title}</h3>
    <p>
      <span class="tag ${look}">${noticeStates[notice.state]}</span>
      ${notice.nextAt && `下次 ${shownTime(notice.nextAt)}`}
    </p>
    <p class="soft">${notice.url}</p>
    <ol class="soft">
      ${notice.tries.map((each) => html`<li>${shownTime(each.at)} · ${each.ok ? '成功' : '失败'} · ${each.note}</li>`)}
    </ol>
    ${button('再发一次', '/_sim/resend', { id: notice.id })}
  </div>`;
}

/** The payer's sheet. `return` (a page of this machine) is opened afterwards; opener and parent get a message. */
export function cashierPage(world: PayWorld, query: URLSearchParams, host: string | undefined): Answer {
  const prepayId = query.get('prepay_id') ?? '';
  const { orders, prepays } = world.store.state;
  const order = orders.get(prepays.get(prepayId) ?? '');
  if (order === undefined) {
    return {
      ...page('收银台', '模拟', html`<section><p>没有这笔订单，请返回后重新下单。</p></section>`),
      status: 404,
    };
  }
  const open = order.tradeState === 'NOTPAY';
  return page(
    '收银台（模拟）',
    '不会产生真实扣款。',
    html`<section
      class="sheet"
      data-return="${localReturn(query.get('return'), host)}"
      data-order="${order.outTradeNo}"
    >
      <h2>${order.description}</h2>
      <p class="amount">¥${yuan(order.totalFen)}</p>
      <p class="soft">商户订单号 ${order.outTradeNo}</p>
      ${
        open
          ? html`${button('确认支付', '/_sim/pay', { prepayId }, 'main')}
            ${button('取消', '/_sim/pay', { prepayId, outcome: 'cancel' })}`
          : html`<p><span class="tag good">${tradeStates[order.tradeState]}</span></p>`
      }
    </section>`,
  );
}

function localReturn(target: string | null, host: string | undefined): string {
  if (target === null) return '';
  try {
    const url = new URL(target);
    return /^https?:$/.test(url.protocol) && isAllowedOrigin(url.origin, host) ? url.href : '';
  } catch {
    return '';
  }
}
