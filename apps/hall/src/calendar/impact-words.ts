import type { AffectedBookings } from '@haoban/contracts';
import type { Answer } from '../common/use-answer.js';

type Impact = Pick<AffectedBookings, 'closedCount' | 'ringCount'>;

export const noImpact: Impact = { closedCount: 0, ringCount: 0 };

/** What becomes of those who lose their time; empty where nobody does. */
export function impactWord({ closedCount, ringCount }: Impact): string {
  if (closedCount === 0) return '';
  const lost = `有 ${closedCount} 个预约没有了时段`;
  if (ringCount === 0) return `${lost}，会立即收到通知并可一键改约。`;
  if (ringCount === closedCount) return `${lost}，本人没有手机账号，收不到通知，请打电话告知。`;
  return `${lost}：${closedCount - ringCount} 个会立即收到通知并可一键改约，${ringCount} 个没有手机账号，请打电话告知。`;
}

/** The act by its name, with how many people it sends a message to. */
export function withTelling(act: string, { closedCount, ringCount }: Impact): string {
  const told = closedCount - ringCount;
  return told > 0 ? `${act}并通知 ${told} 人` : act;
}

/** An answer to what is asked now: not to an older question, and not a failure. */
export function isKnown<T>(answer: Answer<T>): answer is Answer<T> & { readonly data: T } {
  return answer.data !== undefined && !answer.asking && !answer.problem;
}
