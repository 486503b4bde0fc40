import type { Booking, CaseSummary, Delivery, ItemSummary, Payment, Ticket } from '@haoban/contracts';
import {
  addDays,
  bookingStateName,
  dayOf,
  formatClock,
  formatDay,
  formatDuration,
  formatFen,
  minutesOfDay,
} from '@haoban/domain';
import { serverNow } from './api/server-clock';
import type { IconName } from './ui/icon';
import type { Tone } from './ui/states';

/** '今天 09:30', '明天 09:30', '7月14日 周二 09:30': how every screen says a moment. */
export function when(instant: string): string {
  const date = new Date(instant);
  return `${whichDay(dayOf(date))} ${clock(instant)}`;
}

export function whichDay(day: string): string {
  const today = dayOf(serverNow());
  if (day === today) return '今天';
  if (day === addDays(today, 1)) return '明天';
  if (day === addDays(today, -1)) return '昨天';
  return formatDay(day);
}

export function clock(instant: string): string {
  return formatClock(minutesOfDay(new Date(instant)));
}

export function isToday(instant: string): boolean {
  return dayOf(new Date(instant)) === dayOf(serverNow());
}

export function yuan(fen: number): string {
  return `¥${formatFen(fen)}`;
}

export function fee(fen: number): string {
  return fen === 0 ? '不收费' : yuan(fen);
}

export function promise({ kind, promised }: Pick<ItemSummary, 'kind' | 'promised'>): string {
  return kind === 'instant'
    ? `当场办结，约 ${formatDuration(promised)}`
    : `${formatDuration(promised)}内办结`;
}

export interface StateWord {
  readonly text: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

export function bookingWord({ state, kind }: Pick<Booking, 'state' | 'kind'>): StateWord {
  const text = bookingStateName(state, kind);
  switch (state) {
    case 'held':
      return { text, tone: 'warn', icon: 'clock' };
    case 'expired':
      return { text, tone: 'plain', icon: 'close' };
    case 'confirmed':
      return { text, tone: 'good', icon: 'calendar' };
    case 'checked_in':
      return { text, tone: 'good', icon: 'check' };
    case 'cancelled':
      return { text, tone: 'plain', icon: 'close' };
    case 'no_show':
      return { text, tone: 'warn', icon: 'alert' };
  }
}

export function ticketWord(state: Ticket['state']): StateWord {
  switch (state) {
    case 'waiting':
      return { text: '等候中', tone: 'info', icon: 'clock' };
    case 'called':
      return { text: '请到窗口', tone: 'called', icon: 'bell' };
    case 'serving':
      return { text: '办理中', tone: 'good', icon: 'walk' };
    case 'done':
      return { text: '已办完', tone: 'plain', icon: 'check' };
    case 'missed':
      return { text: '已过号', tone: 'warn', icon: 'alert' };
    case 'left':
      return { text: '已放弃', tone: 'plain', icon: 'close' };
  }
}

export function caseWord({
  state,
  stateText,
  result,
}: Pick<CaseSummary, 'state' | 'stateText' | 'result'>): StateWord {
  switch (state) {
    case 'accepted':
    case 'reviewing':
    case 'deciding':
      return { text: stateText, tone: 'info', icon: 'clock' };
    case 'decided':
    case 'closed':
      return result === 'refused'
        ? { text: stateText, tone: 'warn', icon: 'alert' }
        : { text: stateText, tone: 'good', icon: 'check' };
    case 'suspended':
      return { text: stateText, tone: 'warn', icon: 'pause' };
    case 'correction':
      return { text: stateText, tone: 'warn', icon: 'alert' };
    case 'not_accepted':
      return { text: stateText, tone: 'warn', icon: 'close' };
    case 'withdrawn':
      return { text: stateText, tone: 'plain', icon: 'close' };
  }
}

export function deliveryWord({ state, stateText }: Pick<Delivery, 'state' | 'stateText'>): StateWord {
  switch (state) {
    case 'awaiting_payment':
      return { text: stateText, tone: 'warn', icon: 'wallet' };
    case 'paid':
    case 'ordered':
    case 'handed_over':
    case 'in_transit':
    case 'out_for_delivery':
      return { text: stateText, tone: 'info', icon: 'truck' };
    case 'delivered':
      return { text: stateText, tone: 'good', icon: 'check' };
    case 'attempt_failed':
    case 'returning':
    case 'returned':
    case 'exception':
      return { text: stateText, tone: 'warn', icon: 'alert' };
    case 'cancelled':
      return { text: stateText, tone: 'plain', icon: 'close' };
  }
}

export function paymentWord(state: Payment['state']): string {
  switch (state) {
    case 'unpaid':
      return '待支付';
    case 'paid':
      return '已支付';
    case 'closed':
      return '已关闭';
    case 'refunding':
      return '退款中';
    case 'refunded':
      return '已退款';
  }
}
