import { ApiError } from '@haoban/client';
import { describe, expect, it } from '@jest/globals';
import { isUnanswered, toProblem } from '../../apps/hall/src/common/problem.js';

const refusal = (code: 'ACCOUNT_LOCKED' | 'VALIDATION_FAILED', message: string, details: unknown) =>
  new ApiError({ code, message, requestId: 'r-1', details }, 400);

describe('a failure on the screen', () => {
  it('says how long an account stays locked', () => {
    const problem = toProblem(refusal('ACCOUNT_LOCKED', '账号已暂时锁定。', { retryAfterSeconds: 870 }));
    expect(problem).toEqual({
      code: 'ACCOUNT_LOCKED',
      text: '账号已暂时锁定。约 15 分钟后可以再试。',
      requestId: 'r-1',
    });
  });

  it('says what to correct first', () => {
    const details = [{ path: 'reason', message: '请填写' }];
    expect(toProblem(refusal('VALIDATION_FAILED', '填写的内容有误。', details)).text).toBe(
      '填写的内容有误。请填写。',
    );
  });

  it('tells a lost answer from a refusal, for only that may have happened', () => {
    expect(toProblem(new TypeError('fetch failed')).code).toBe('OFFLINE');
    expect(isUnanswered(new TypeError('fetch failed'))).toBe(true);
    expect(isUnanswered(refusal('VALIDATION_FAILED', '', undefined))).toBe(false);
  });
});
