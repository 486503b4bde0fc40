import { ApiError } from '@haoban/client';

/** A failure as a person may read it. */
export interface Problem {
  /** A catalogue code, or OFFLINE where no answer came. */
  readonly code: string;
  readonly text: string;
  readonly requestId?: string;
}

export function toProblem(error: unknown): Problem {
  if (error instanceof ApiError) {
    return {
      code: error.code,
      text: error.message + whatHelps(error.details),
      ...(error.requestId && { requestId: error.requestId }),
    };
  }
  return { code: 'OFFLINE', text: '连接不上服务器，请检查网络，稍后再试。' };
}

/** For an act whose answer was lost: it may have happened or not, so the same request id is sent again. */
export function isUnanswered(error: unknown): boolean {
  return !(error instanceof ApiError);
}

/** What of the answer's facts helps the person at this screen: what to correct first, and how long to wait. */
function whatHelps(details: unknown): string {
  if (Array.isArray(details)) {
    const first = details[0] as { message?: unknown } | undefined;
    return typeof first?.message === 'string' ? `${first.message}。` : '';
  }
  if (typeof details === 'object' && details !== null && 'retryAfterSeconds' in details) {
    const seconds = Number(details.retryAfterSeconds);
    if (seconds > 0)
      return seconds < 60 ? `${seconds} 秒后可以再试。` : `约 ${Math.ceil(seconds / 60)} 分钟后可以再试。`;
  }
  return '';
}
