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
      text: withDetails(error),
      ...(error.requestId && { requestId: error.requestId }),
    };
  }
  return { code: 'OFFLINE', text: '连接不上服务器，请检查网络，稍后会自动重试。' };
}

/** For an act whose answer was lost: it may have happened or not, so the person looks before doing it again. */
export function isUnanswered(error: unknown): boolean {
  return !(error instanceof ApiError);
}

/** What of the catalogue's facts helps the person at this screen. */
function withDetails({ message, details }: ApiError): string {
  const until = detail(details, 'lockedUntil');
  if (until) return `${message}（锁定到 ${clock(until)}）`;
  const fields = detail(details, 'fields');
  if (Array.isArray(fields) && fields.length > 0) {
    const first = fields[0] as { message?: unknown };
    if (typeof first.message === 'string') return `${message}${first.message}`;
  }
  return message;
}

function detail(details: unknown, name: string): unknown {
  return typeof details === 'object' && details !== null
    ? (details as Record<string, unknown>)[name]
    : undefined;
}

function clock(value: unknown): string {
  const at = new Date(String(value));
  return Number.isNaN(at.getTime())
    ? String(value)
    : at.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });
}
