import { json, Refusal } from '../common/http-server.js';

/**
 * Error answers of API v3: an HTTP status and `{code, message, detail?}`.
 * Source: pay.weixin.qq.com, "基本规则" and the error tables of each call.
 */
const statusOf = {
  PARAM_ERROR: 400,
  INVALID_REQUEST: 400,
  APPID_MCHID_NOT_MATCH: 400,
  ORDER_CLOSED: 400,
  ORDER_PAID: 400,
  NO_STATEMENT_EXIST: 400,
  STATEMENT_CREATING: 400,
  SIGN_ERROR: 401,
  NO_AUTH: 403,
  NOT_ENOUGH: 403,
  OUT_TRADE_NO_USED: 403,
  ORDER_NOT_EXIST: 404,
  RESOURCE_NOT_EXISTS: 404,
  FREQUENCY_LIMITED: 429,
  SYSTEM_ERROR: 500,
} as const;

export type PayErrorCode = keyof typeof statusOf;

export function payError(code: PayErrorCode, message: string, detail?: object): Refusal {
  return new Refusal(json({ code, message, ...(detail ? { detail } : {}) }, statusOf[code]));
}

/** @param pointer where in the body, e.g. `/amount/total` */
export function paramError(pointer: string, value: unknown, issue: string): Refusal {
  return payError('PARAM_ERROR', `参数错误：${pointer} ${issue}`, {
    field: pointer,
    value: value === undefined ? null : value,
    issue,
    location: 'body',
  });
}
