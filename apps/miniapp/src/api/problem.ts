import { ApiError } from '@haoban/client';
import type { ErrorCode } from '@haoban/client';
import { errorCatalogue, isErrorCode } from '@haoban/domain';
import { NoAnswer } from './transport';

/** A failure as a screen shows it: what happened and what to do, the request id in a fold. */
export interface Problem {
  readonly text: string;
  readonly code?: ErrorCode;
  readonly requestId?: string;
  /** The person has to sign in before anything else helps. */
  readonly signIn: boolean;
}

const signedOut: readonly ErrorCode[] = ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'REFRESH_TOKEN_INVALID'];

export function toProblem(error: unknown): Problem {
  if (error instanceof NoAnswer) return { text: error.message, signIn: false };
  if (error instanceof ApiError) {
    const known = isErrorCode(error.code);
    return {
      // The server's text may hold facts of the case; the catalogue stands in where there is none.
      text: error.message || (known ? errorCatalogue[error.code].message : errorCatalogue.INTERNAL.message),
      ...(known ? { code: error.code } : {}),
      ...(error.requestId ? { requestId: error.requestId } : {}),
      signIn: signedOut.includes(error.code),
    };
  }
  return { text: '出了点问题，请返回后再试一次。', signIn: false };
}
