import type { DeliveryState } from '@haoban/domain';
import type { Tell } from '../outbox/topics.js';
import type { DeliveryEntity } from './delivery.entity.js';

const STATE_TEXTS: Readonly<Record<DeliveryState, string>> = {
  awaiting_payment: '待付款',
  paid: '已付款，正在向邮政下单',
  ordered: '邮政已受理，等待交寄',
  handed_over: '已交给邮政',
  in_transit: '运输中',
  out_for_delivery: '正在派送',
  delivered: '已签收',
  attempt_failed: '派送未成功',
  returning: '退回途中',
  returned: '已退回大厅',
  exception: '邮件异常',
  cancelled: '已取消',
};

export function stateText(state: DeliveryState): string {
  return STATE_TEXTS[state];
}

/** The line on the case's timeline, where a change of state is worth one. */
export function eventTitle(state: DeliveryState, waybillNo: string | null): string | undefined {
  switch (state) {
    case 'awaiting_payment':
      return '已提交证照寄递订单，等待付款';
    case 'paid':
      return '寄递费已支付';
    case 'ordered':
      return `邮政已受理，邮件号 ${waybillNo ?? ''}`.trim();
    case 'handed_over':
      return '证照已交给邮政';
    case 'in_transit':
      return '证照运输中';
    case 'out_for_delivery':
      return '证照正在派送';
    case 'delivered':
      return '证照已签收';
    case 'attempt_failed':
      return '证照派送未成功';
    case 'returning':
      return '邮件正在退回大厅';
    case 'returned':
      return '证照已退回大厅';
    case 'exception':
      return '邮件出现异常，大厅正在核实';
    case 'cancelled':
      return '寄递已取消，证照仍在大厅';
  }
}

/** Only these are worth a message to the phone. */
const TOLD: Partial<Record<DeliveryState, { title: string; phrase: string; body: string }>> = {
  handed_over: {
    title: '证照已寄出',
    phrase: '已寄出',
    body: '您的证照已交给邮政，可随时查看邮件轨迹。',
  },
  out_for_delivery: {
    title: '证照正在派送',
    phrase: '派送中',
    body: '投递员正在为您派送证照，请保持电话畅通，当面查验后签收。',
  },
  delivered: {
    title: '证照已签收',
    phrase: '已签收',
    body: '您的证照已签收。如果不是您本人收到，请尽快联系大厅。',
  },
  attempt_failed: {
    title: '证照派送未成功',
    phrase: '未妥投',
    body: '投递员没有送达，邮政会再次联系您，您也可以拨打 11183 约定时间。',
  },
  returned: {
    title: '证照已退回大厅',
    phrase: '已退回',
    body: '邮件已退回，证照在大厅保管，请带身份证到窗口领取或重新下单寄递。',
  },
};

/** @param at when it happened at EMS: a second attempt is a second message */
export function deliveryTell(row: DeliveryEntity, state: DeliveryState, at: Date) {
  const words = TOLD[state];
  if (!words) return undefined;
  return {
    template: 'delivery_progress',
    citizenId: row.citizenId,
    dedupeKey: `delivery:${row.id}:${state}${state === 'handed_over' ? '' : `:${at.getTime()}`}`,
    title: words.title,
    body: `${row.itemName}：${words.body}${row.waybillNo ? `邮件号 ${row.waybillNo}。` : ''}`,
    page: `pages/delivery/detail/index?id=${row.id}`,
    data: {
      thing1: row.contents,
      phrase2: words.phrase,
      character_string3: row.waybillNo ?? row.logisticsOrderNo,
    },
  } satisfies Tell;
}
