import { randomBytes } from 'node:crypto';
import { json, Refusal } from '../common/http-server.js';
import type { Answer } from '../common/http-server.js';

/** Errors are HTTP 200 with `{errcode, errmsg}`; errmsg ends with a request id. Source: developers.weixin.qq.com, 全局返回码. */
export function wechatError(errcode: number, errmsg: string): Refusal {
  return new Refusal(errorAnswer(errcode, errmsg));
}

export function errorAnswer(errcode: number, errmsg: string): Answer {
  return json({
    errcode,
    errmsg: `${errmsg} rid: ${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}`,
  });
}
