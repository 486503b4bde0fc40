import type { Method } from '@haoban/contracts';

/** One request, ready to be sent: the path with its parameters and query filled in, the rest as a JSON body. */
export interface Call {
  /** `booking.reserve` */
  readonly operation: string;
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  /** The parsed JSON, undefined where the answer was none. */
  readonly body: unknown;
}

/**
 * Carries a call: `fetch` in a browser or a test, `wx.request` on the phone. Resolves for every HTTP status; rejects only where
 * there was no answer.
 */
export type Transport = (call: Call) => Promise<Answer>;
