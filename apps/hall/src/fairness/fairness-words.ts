import type { ScalpingKind, WaitlistPart, WaitlistState } from '@haoban/contracts';
import type { Tone } from '../common/words.js';

export const waitlistWords: Record<WaitlistState, string> = {
  waiting: '等候名额',
  offered: '待确认',
  booked: '已预约',
  left: '已退出',
  ended: '已结束',
};

export const waitlistTones: Record<WaitlistState, Tone> = {
  waiting: 'info',
  offered: 'warn',
  booked: 'good',
  left: 'neutral',
  ended: 'neutral',
};

export const partWords: Record<WaitlistPart, string> = {
  any: '全天都行',
  morning: '上午',
  afternoon: '下午',
};

export const signalWords: Record<ScalpingKind, string> = {
  many_cancels: '频繁取消',
  cancel_then_rebooked: '取消后被他人约走',
  many_principals: '替多人预约',
  unused_holds: '反复占位不确认',
  rate_limited: '请求过于频繁',
};
