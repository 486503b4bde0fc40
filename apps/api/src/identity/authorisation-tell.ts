import { dayOf, formatClock, minutesOfDay } from '@haoban/domain';
import type { Tell } from '../outbox/topics.js';
import type { AuthorisationEntity } from './authorisation.entity.js';

export const FAMILY_PAGE = 'pages/account/family/index';

export type AuthorisationNews = 'asked' | 'accepted' | 'registered' | 'granted' | 'refused' | 'ended';
type Side = 'agent' | 'principal';

/** Messages carry no names: who it is about stands on the page they lead to. */
const words: Record<AuthorisationNews, Partial<Record<Side, { title: string; body: string }>>> = {
  asked: {
    principal: {
      title: '有人申请替您预约',
      body: '有人登记了您的身份证号，申请替您预约，窗口核验后才会生效。如果不是您的意思，请到“家人授权”里结束它。',
    },
  },
  accepted: {
    principal: {
      title: '家人已使用您的授权码',
      body: '现在这位家人可以替您预约了。不再需要时，可随时在“家人授权”里结束。',
    },
  },
  registered: {
    agent: { title: '代办授权已登记', body: '窗口已为您登记代办授权，预约时选择这位家人或单位即可。' },
    principal: {
      title: '您的代办授权已登记',
      body: '窗口已登记一位可以替您预约的人。如果不是您的意思，请到“家人授权”里结束它。',
    },
  },
  granted: {
    agent: { title: '代办授权已通过核验', body: '授权已生效，预约时选择这位家人或单位即可。' },
    principal: {
      title: '有人可以替您预约了',
      body: '窗口核验了替您预约的授权，现已生效。不再需要时，可随时在“家人授权”里结束。',
    },
  },
  refused: {
    agent: {
      title: '代办授权没有通过核验',
      body: '原因可以在“家人授权”里查看；补齐材料后可以重新申请。',
    },
  },
  ended: {
    agent: { title: '代办授权已结束', body: '您不能再替对方预约；已经约好的预约仍然有效。' },
    principal: { title: '代办授权已结束', body: '对方不能再替您预约；已经约好的预约仍然有效。' },
  },
};

/** What one side is told; undefined where that side has nothing to hear. */
export function authorisationTell(
  news: AuthorisationNews,
  side: Side,
  { id }: Pick<AuthorisationEntity, 'id'>,
  citizenId: string,
  now: Date,
): Tell | undefined {
  const text = words[news][side];
  if (!text) return undefined;
  const reviewed = news === 'granted' || news === 'refused';
  const time = `${dayOf(now)} ${formatClock(minutesOfDay(now))}`;
  return {
    template: reviewed ? 'review_result' : 'authorisation_changed',
    citizenId,
    dedupeKey: `authorisation_${news}:${id}:${side}`,
    ...text,
    page: FAMILY_PAGE,
    data: reviewed
      ? { thing1: '代办授权', phrase2: news === 'granted' ? '已通过' : '未通过', time3: time }
      : { thing1: text.title, time2: time },
  };
}
