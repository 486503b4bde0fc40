import type { TemplateKey } from '@haoban/contracts';

export interface Template {
  /** As the mini-program's account has it (公众平台 → 订阅消息); the ones here are the simulator's. */
  readonly templateId: string;
  readonly title: string;
  /** Every field of the template with its label. The kind is the field's name without its number; WeChat fixes what fits. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * What we tell by subscribe message: the one place where our keys meet WeChat's template ids. A message must fill exactly these
 * fields, or WeChat answers 47003. No field may carry a name or an ID number.
 */
export const templates: Readonly<Record<TemplateKey, Template>> = {
  booking_confirmed: {
    templateId: 'haoban-booking-confirmed',
    title: '预约成功通知',
    fields: { thing1: '办理事项', time2: '预约时间', thing3: '办理地点', character_string4: '预约码' },
  },
  booking_cancelled: {
    templateId: 'haoban-booking-cancelled',
    title: '预约取消通知',
    fields: { thing1: '办理事项', time2: '原预约时间', thing3: '办理地点', character_string4: '预约码' },
  },
  waitlist_offered: {
    templateId: 'haoban-waitlist-offered',
    title: '候补名额通知',
    fields: { thing1: '办理事项', time2: '可约时间', thing3: '办理地点', time4: '请在此前确认' },
  },
  booking_moved: {
    templateId: 'haoban-booking-moved',
    title: '预约改期通知',
    fields: {
      thing1: '办理事项',
      time2: '新预约时间',
      time3: '原预约时间',
      thing4: '办理地点',
      thing5: '改期原因',
    },
  },
  booking_reminder: {
    templateId: 'haoban-booking-reminder',
    title: '预约到期提醒',
    fields: {
      thing1: '办理事项',
      time2: '预约时间',
      thing3: '办理地点',
      character_string4: '预约码',
      thing5: '温馨提示',
    },
  },
  booking_closed: {
    templateId: 'haoban-booking-closed',
    title: '预约变动通知',
    fields: { thing1: '办理事项', time2: '预约时间', thing3: '办理地点', thing4: '变动说明' },
  },
  ticket_soon: {
    templateId: 'haoban-ticket-soon',
    title: '排队即将到号提醒',
    fields: { character_string1: '排队号', thing2: '办理地点', number3: '前面人数', time4: '提醒时间' },
  },
  ticket_called: {
    templateId: 'haoban-ticket-called',
    title: '叫号通知',
    fields: { character_string1: '排队号', thing2: '办理窗口', thing3: '办理事项' },
  },
  case_progress: {
    templateId: 'haoban-case-progress',
    title: '办件进度通知',
    fields: { thing1: '办理事项', character_string2: '办件编号', phrase3: '当前状态', time4: '更新时间' },
  },
  case_closed: {
    templateId: 'haoban-case-closed',
    title: '办结通知',
    fields: { thing1: '办理事项', character_string2: '办件编号', phrase3: '办理结果', time4: '办结时间' },
  },
  delivery_progress: {
    templateId: 'haoban-delivery-progress',
    title: '寄递进度通知',
    fields: { thing1: '寄递内容', phrase2: '当前状态', character_string3: '邮件号' },
  },
  payment_result: {
    templateId: 'haoban-payment-result',
    title: '支付结果通知',
    fields: { thing1: '付款内容', amount2: '金额', phrase3: '结果', character_string4: '订单号' },
  },
  rating_invited: {
    templateId: 'haoban-rating-invited',
    title: '服务评价邀请',
    fields: { thing1: '办理事项', thing2: '办理地点', time3: '评价截止时间' },
  },
  review_result: {
    templateId: 'haoban-review-result',
    title: '审核结果通知',
    fields: { thing1: '审核事项', phrase2: '审核结果', time3: '审核时间' },
  },
  authorisation_changed: {
    templateId: 'haoban-authorisation-changed',
    title: '代办授权变动提醒',
    fields: { thing1: '变动内容', time2: '变动时间' },
  },
};

/** The fields of `data` that the template lacks, and its own that `data` leaves empty. */
export function fieldFaults(key: TemplateKey, data: Readonly<Record<string, string>>): string[] {
  const { fields } = templates[key];
  const missing = Object.keys(fields).filter((field) => !data[field]);
  const foreign = Object.keys(data).filter((field) => !Object.hasOwn(fields, field));
  return [...missing, ...foreign];
}
