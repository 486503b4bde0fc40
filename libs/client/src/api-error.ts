import type { Endpoint } from '@haoban/contracts';

/** Every code of the catalogue. */
export type ErrorCode = Endpoint['errors'][number];

export interface ErrorBody {
  readonly code: ErrorCode;
  /** Chinese, for people. */
  readonly message: string;
  readonly requestId: string;
  readonly details?: unknown;
}

/** A refusal by the server. Switch on `code`; `message` can be shown as it is. */
export class ApiError extends Error implements ErrorBody {
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly details?: unknown;

  constructor(
    body: ErrorBody,
    readonly status: number,
  ) {
    super(body.message);
    this.name = 'ApiError';
    this.code = body.code;
    this.requestId = body.requestId;
    this.details = body.details;
  }
}

/** Also for answers that did not come from our API, such as a proxy's page. */
export function toApiError(status: number, body: unknown): ApiError {
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body) {
    return new ApiError(body as ErrorBody, status);
  }
  const code: ErrorCode = status === 401 ? 'UNAUTHENTICATED' : status >= 502 ? 'BUSY' : 'INTERNAL';
  return new ApiError({ code, message: '网络或服务暂时不可用，请稍后再试。', requestId: '' }, status);
}
