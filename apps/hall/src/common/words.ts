import type {
  BookingChannel,
  BookingState,
  CaseState,
  Contingent,
  DeliveryState,
  PaymentState,
  StaffRole,
  TicketState,
} from '@haoban/domain';

/** The words of the states, the same on phone, desk, message and receipt. */
export const caseWords: Record<CaseState, string> = {
  accepted: '受理',
  reviewing: '审核',
  deciding: '决定',
  decided: '已决定',
  closed: '办结',
  suspended: '特别程序',
  correction: '补正',
  not_accepted: '不予受理',
  withdrawn: '撤回',
};

export const ticketWords: Record<TicketState, string> = {
  waiting: '等候',
  called: '呼叫中',
  serving: '办理中',
  done: '已办结',
  missed: '过号',
  left: '已离开',
};

export const contingentWords: Record<Contingent, string> = {
  public: '公众名额',
  green: '绿色通道名额',
  internal: '内部名额',
};

export const channelWords: Record<BookingChannel, string> = { app: '手机', desk: '窗口', call: '电话' };

export const deliveryWords: Record<DeliveryState, string> = {
  awaiting_payment: '待付款',
  paid: '下单中',
  ordered: '待交寄',
  handed_over: '已交 EMS',
  in_transit: '运输中',
  out_for_delivery: '派送中',
  delivered: '已签收',
  attempt_failed: '投递未成功',
  returning: '退回途中',
  returned: '已退回',
  exception: '异常',
  cancelled: '已取消',
};

export const paymentWords: Record<PaymentState, string> = {
  unpaid: '待支付',
  paid: '已支付',
  closed: '已关闭',
  refunding: '退款中',
  refunded: '已退款',
};

export const roleWords: Record<StaffRole, string> = {
  clerk: '窗口人员',
  courier_desk: '寄递专员',
  manager: '大厅经理',
  admin: '系统管理员',
  display: '大屏',
};

export const sourceWords = { booking: '预约', remote: '远程取号', walk_in: '现场' } as const;

export type Tone = 'good' | 'neutral' | 'info' | 'warn' | 'called';

export const caseTones: Record<CaseState, Tone> = {
  accepted: 'info',
  reviewing: 'info',
  deciding: 'info',
  decided: 'good',
  closed: 'good',
  suspended: 'warn',
  correction: 'warn',
  not_accepted: 'called',
  withdrawn: 'neutral',
};

export const deliveryTones: Record<DeliveryState, Tone> = {
  awaiting_payment: 'neutral',
  paid: 'warn',
  ordered: 'warn',
  handed_over: 'info',
  in_transit: 'info',
  out_for_delivery: 'info',
  delivered: 'good',
  attempt_failed: 'called',
  returning: 'called',
  returned: 'called',
  exception: 'called',
  cancelled: 'neutral',
};

export const bookingTones: Record<BookingState, Tone> = {
  held: 'warn',
  expired: 'neutral',
  confirmed: 'info',
  cancelled: 'neutral',
  checked_in: 'good',
  no_show: 'warn',
};

export const paymentTones: Record<PaymentState, Tone> = {
  unpaid: 'warn',
  paid: 'good',
  closed: 'neutral',
  refunding: 'warn',
  refunded: 'neutral',
};
