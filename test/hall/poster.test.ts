import type { EntryCode } from '@haoban/contracts';
import { describe, expect, it } from '@jest/globals';
import { fitLine, fitTitle, wrapText } from '../../apps/hall/src/codes/fit-text.js';
import { posterFileName, posterWords } from '../../apps/hall/src/codes/poster-words.js';

/** Chinese characters are as wide as the type is large, all others half of it. */
const measure = (text: string, size: number) =>
  [...text].reduce((sum, each) => sum + (each.charCodeAt(0) > 0x2fff || each === '（' ? size : size / 2), 0);

describe('type on a poster', () => {
  it('breaks between characters, keeps numbers whole, and begins no line with a stop', () => {
    expect(wrapText('周一至周五09:00–12:00、下午', 1, 8, measure)).toEqual([
      '周一至周五',
      '09:00–12:00、下',
      '午',
    ]);
    expect(wrapText('望江大道，八十八号', 1, 4, measure)).toEqual(['望江大', '道，八十', '八号']);
  });

  it('is as large as one line allows, and ends in an ellipsis where even the smallest is too large', () => {
    expect(fitLine('二层 A 区', [3, 2, 1], 9, measure)).toEqual({ size: 2, lines: ['二层 A 区'] });
    expect(fitLine('社保、医保、公积金、税务', [1], 6, measure)).toEqual({
      size: 1,
      lines: ['社保、医保…'],
    });
    expect(fitLine('0591-88001234', [2, 1], 10, measure).size).toBe(1);
  });

  it('sets a long title on two lines of about the same length, before a bracket where there is one', () => {
    const sizes = { one: [2], two: [1] };
    expect(fitTitle('身份证换领', sizes, 12, measure)).toEqual({ size: 2, lines: ['身份证换领'] });
    expect(fitTitle('不动产权籍调查成果确认', sizes, 8, measure).lines).toEqual([
      '不动产权籍',
      '调查成果确认',
    ]);
    const title = '存量房买卖转移登记（二手房过户）';
    expect(fitTitle(title, sizes, 10, measure).lines).toEqual(['存量房买卖转移登记', '（二手房过户）']);
  });

  it('cuts a title that is longer than two lines', () => {
    const { lines } = fitTitle('一二三四五六七八九十甲乙丙丁', { one: [1], two: [1] }, 5, measure);
    expect(lines).toEqual(['一二三四五', '六七八九…']);
  });
});

describe('the words of a poster', () => {
  const code = (over: Partial<EntryCode>) =>
    ({
      kind: 'item',
      hallName: '市民服务中心',
      title: '居住证换领',
      subtitle: '二层 A 区',
      scene: '34679ACD',
      ...over,
    }) as EntryCode;

  it('name the hall above its item or window, and where it is', () => {
    expect(posterWords(code({}))).toMatchObject({
      over: '市民服务中心',
      title: '居住证换领',
      under: '二层 A 区',
    });
    const words = posterWords(code({ kind: 'window', title: '3 号窗口', subtitle: null }));
    expect(words).toMatchObject({ over: '市民服务中心', title: '3 号窗口', under: '' });
  });

  it('do not name the hall twice on its own poster', () => {
    const words = posterWords(code({ kind: 'hall', title: '市民服务中心', subtitle: null }));
    expect(words.over).not.toContain('市民服务中心');
  });

  it('say the steps that lead from this code, and where to get help without a phone', () => {
    expect(posterWords(code({})).steps.map(({ title }) => title)).toEqual([
      '微信扫一扫',
      '选日期时间',
      '按时来签到',
    ]);
    expect(posterWords(code({ kind: 'window' })).steps[1]?.title).toBe('选要办的事');
    expect(posterWords(code({})).help.join('')).toContain('咨询台');
  });

  it('make a file name that every system takes', () => {
    expect(posterFileName(code({ title: '注销/变更: "个体"' }))).toBe(
      '预约码 市民服务中心 注销变更 个体.pdf',
    );
    expect(posterFileName(code({ kind: 'hall', title: '市民服务中心' }))).toBe('预约码 市民服务中心.pdf');
  });
});
