import { describe, expect, it } from '@jest/globals';
import { beijingText, fitTemplateData, fitTemplateValue } from '@haoban/wechat';
import fc from 'fast-check';

const valueOf = (kind: string, value: string | number | Date): string | undefined => {
  const fitted = fitTemplateValue(kind, value);
  return 'value' in fitted ? fitted.value : undefined;
};

describe('values of subscribe messages', () => {
  it('a thing is never longer than 20, never empty, and its start is kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const value = valueOf('thing', text);
        if (value === undefined) return text.trim() === '' || /^[\p{Cc}\s\u2028\u2029]*$/u.test(text);
        const clean = text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
        const isShortened = clean.length > 20;
        return (
          value.length <= 20 &&
          value.length > 0 &&
          !/[\p{Cc}\p{Cs}]/u.test(value) &&
          (isShortened ? value.endsWith('...') && clean.startsWith(value.slice(0, -3)) : value === clean)
        );
      }),
    );
  });

  it('a thing of more than 20 keeps 17 and three dots', () => {
    expect(valueOf('thing', '一二三四五六七八九十一二三四五六七八九十')).toHaveLength(20);
    expect(valueOf('thing', '一二三四五六七八九十一二三四五六七八九十一')).toBe(
      '一二三四五六七八九十一二三四五六七...',
    );
    // A character of two units is not cut in half.
    expect(valueOf('thing', '😀'.repeat(11))).toBe(`${'😀'.repeat(8)}...`);
  });

  it('a character_string is printable ASCII of at most 32 or is not sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 40 }), (text) => {
        const value = valueOf('character_string', text);
        return value === undefined || (/^[\x21-\x7e]{1,32}$/.test(value) && text.includes(value));
      }),
    );
    expect(valueOf('character_string', 'RC-20261122-0001')).toBe('RC-20261122-0001');
    expect(valueOf('character_string', 'A012号')).toBeUndefined();
    expect(valueOf('character_string', 'X'.repeat(33))).toBeUndefined();
  });

  it('a phrase is one to five Chinese characters or is not sent, never shortened', () => {
    expect(valueOf('phrase', '已办结')).toBe('已办结');
    expect(valueOf('phrase', '不予受理决定')).toBeUndefined();
    expect(valueOf('phrase', 'OK')).toBeUndefined();
    expect(valueOf('phrase', '已办结!')).toBeUndefined();
  });

  it('any instant becomes a time and a date in Beijing that are accepted again as text', () => {
    const instants = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const time = valueOf('time', instant);
        const date = valueOf('date', instant);
        return (
          time !== undefined &&
          date !== undefined &&
          valueOf('time', time) === time &&
          valueOf('date', date) === date
        );
      }),
    );
    const instant = new Date('2026-12-31T16:05:00Z');
    expect(beijingText(instant, 'time')).toBe('2027年1月1日 00:05');
    expect(beijingText(instant, 'date')).toBe('2027年1月1日');
  });

  it.each([
    ['time', '15:01'],
    ['time', '2019年10月1日 15:01'],
    ['time', '2019年10月1日 15:01~2019年10月1日 16:00'],
    ['date', '2019年10月1日'],
    ['date', '2019-10-01'],
    ['amount', '¥12.50'],
    ['amount', '12元'],
    ['amount', '1234567890'],
    ['number', '12'],
    ['letter', 'abc'],
    ['symbol', '★!'],
    ['phone_number', '+86-0766-66888866'],
    ['car_number', '粤A8Z888挂'],
    ['name', '王小明'],
    ['name', 'Li Ming'],
  ])('%s takes %s', (kind, value) => {
    expect(valueOf(kind, value)).toBe(value);
  });

  it.each([
    ['time', '25:00'],
    ['time', '明天上午'],
    ['date', '2019年13月1日'],
    ['amount', '12345678901'],
    ['amount', '12.50元整'],
    ['number', '十二'],
    ['letter', 'ab1'],
    ['symbol', '!!!!!!'],
    ['phone_number', '1'.repeat(18)],
    ['car_number', '粤A88888888'],
    ['name', '一二三四五六七八九十一'],
    ['thing', '  \n '],
    ['unheard_of', 'x'],
  ])('%s does not take %j', (kind, value) => {
    expect(valueOf(kind, value)).toBeUndefined();
  });

  it('numbers are written plainly, and what is no number is not sent', () => {
    expect(valueOf('number', 12)).toBe('12');
    expect(valueOf('number', Number.NaN)).toBeUndefined();
    expect(valueOf('number', new Date())).toBeUndefined();
  });

  it('a message names the first field that does not fit, without its value', () => {
    expect(fitTemplateData({ thing1: '户口迁移', phrase2: '等待您补充材料' })).toEqual({
      ok: false,
      field: 'phrase2',
      reason: 'must be at most 5 Chinese characters',
    });
    expect(fitTemplateData({ thing1: '户口迁移', number2: 3 })).toEqual({
      ok: true,
      data: { thing1: { value: '户口迁移' }, number2: { value: '3' } },
    });
    expect(fitTemplateData({ title: 'x' })).toMatchObject({ ok: false, field: 'title' });
    expect(fitTemplateData({})).toMatchObject({ ok: false });
  });
});
