import { createHash } from 'node:crypto';
import { charCount, field, text } from '../common/json.js';
import { wechatError } from './errors.js';
import type { WechatWorld } from './state.js';

/**
 * 内容安全 v2; two test words stand for what the real model finds.
 * Source: developers.weixin.qq.com, 文本内容安全识别.
 */
export function checkText(world: WechatWorld, body: unknown): object {
  if (field(body, 'version') !== 2) throw wechatError(40097, 'invalid args, version');
  const scene = field(body, 'scene');
  if (typeof scene !== 'number' || ![1, 2, 3, 4].includes(scene))
    throw wechatError(40097, 'invalid args, scene');
  const content = text(body, 'content') ?? '';
  if (content === '' || charCount(content) > 2500) throw wechatError(40097, 'invalid args, content');
  const phone = world.store.state.phones.get(text(body, 'openid') ?? '');
  if (phone === undefined) throw wechatError(40003, 'invalid openid');
  const twoHoursAgo = new Date(Date.now() - 7_200_000).toISOString();
  if (phone.lastLoginAt === null || phone.lastLoginAt < twoHoursAgo)
    throw wechatError(61010, 'code is expired');
  const verdict = content.includes('违规测试词')
    ? { suggest: 'risky', label: 20006 }
    : content.includes('广告测试词')
      ? { suggest: 'review', label: 10001 }
      : { suggest: 'pass', label: 100 };
  return {
    errcode: 0,
    errmsg: 'ok',
    result: verdict,
    detail: [{ strategy: 'content_model', errcode: 0, prob: 90, ...verdict }],
    trace_id: createHash('sha1').update(`${content}${Date.now()}`).digest('hex').slice(0, 24),
  };
}
