import type { Problem } from '../../api/problem';

/** Whose matter it is and where. */
export interface Matter {
  readonly hallId: string;
  /** The authorisation by which it is for somebody else. */
  readonly forWhom?: string | undefined;
}

interface NextStep {
  readonly text: string;
  readonly page: string;
}

/** The page on which the person can do something about a refusal, for the same one the booking is for. */
export function nextStep({ code }: Problem, { hallId, forWhom }: Matter): NextStep | undefined {
  switch (code) {
    case 'BOOKING_LIMIT_REACHED':
    case 'BOOKING_SUSPENDED':
      return { text: forWhom ? '看对方的预约情况' : '看我的预约情况', page: standingPage(hallId, forWhom) };
    case 'GREEN_EVIDENCE_REQUIRED':
      return { text: '去登记绿色通道', page: greenPage(forWhom) };
    case 'AUTHORISATION_NOT_VALID':
      return { text: '去看家人和单位授权', page: 'pages/account/family/index' };
    case 'WAITLIST_ALREADY_JOINED':
    case 'WAITLIST_LIMIT_REACHED':
      return { text: '看我的候补', page: 'pages/booking/waitlist/index' };
    case 'BOOKING_PHONE_REQUIRED':
      return { text: '去登记手机号', page: 'pages/account/phone/index' };
    default:
      return undefined;
  }
}

/** What that one may still book, and what was missed. */
export function standingPage(hallId: string, forWhom: string | undefined): string {
  return `pages/booking/standing/index?hallId=${hallId}${forWhom ? `&for=${forWhom}` : ''}`;
}

export function greenPage(forWhom: string | undefined): string {
  return `pages/account/green/index${forWhom ? `?for=${forWhom}` : ''}`;
}
