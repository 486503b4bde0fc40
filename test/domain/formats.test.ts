import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ageOn,
  birthdayOf,
  creditCodeCheck,
  formatTicketNumber,
  formatWaybill,
  isCaseNumber,
  isCreditCode,
  isIdNumber,
  isItemCode,
  isMobile,
  isPersonName,
  isWaybill,
  makeCaseNumber,
  maskAddress,
  maskIdNumber,
  maskName,
  maskPhone,
  mod11Radix2,
  mod37And36,
  normaliseCaseNumber,
  normaliseIdNumber,
  normaliseMobile,
  normaliseWaybill,
  parseItemCode,
  parseTicketNumber,
  s10CheckDigit,
} from '@haoban/domain';

const today = '2026-07-14';
const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every text that differs from `text` in one character of `characters`, or by a swap of two unequal neighbours. */
function slips(text: string, characters: string[]): string[] {
  const cut = (i: number, length: number, put: string) => text.slice(0, i) + put + text.slice(i + length);
  return [...text].flatMap((own, i) => {
    const next = text.charAt(i + 1);
    const wrong = characters.filter((other) => other !== own).map((other) => cut(i, 1, other));
    return next === '' || next === own ? wrong : [...wrong, cut(i, 2, next + own)];
  });
}

describe('ID numbers', () => {
  // The two examples of GB 11643-1999.
  it.each(['11010519491231002X', '440524188001010014'])('accept the standard’s example %s', (idNumber) => {
    expect(isIdNumber(idNumber, today)).toBe(true);
  });

  it('refuse a wrong check character, a birthday that does not exist and one in the future', () => {
    expect(isIdNumber('110105194912310021', today)).toBe(false);
    const withBirthday = (day: string) => {
      const first17 = `350102${day}001`;
      return first17 + mod11Radix2(first17);
    };
    expect(isIdNumber(withBirthday('19900101'), today)).toBe(true);
    expect(isIdNumber(withBirthday('19900230'), today)).toBe(false);
    expect(isIdNumber(withBirthday('20260714'), today)).toBe(true);
    expect(isIdNumber(withBirthday('20260715'), today)).toBe(false);
    expect(isIdNumber('', today)).toBe(false);
  });

  it('refuse every single slip of the finger', () => {
    for (const slip of slips('11010519491231002X', [...'0123456789X']))
      expect(isIdNumber(slip, today)).toBe(false);
  });

  it('are read with blanks and a small x, state a birthday, and show only their ends', () => {
    expect(normaliseIdNumber(' 110105 19491231 002x')).toBe('11010519491231002X');
    expect(birthdayOf('11010519491231002X')).toBe('1949-12-31');
    expect(maskIdNumber('350102199001011234')).toBe('3501**********1234');
  });

  it('tell the age in completed years', () => {
    expect(ageOn('1956-07-14', '2026-07-13')).toBe(69);
    expect(ageOn('1956-07-14', '2026-07-14')).toBe(70);
    expect(ageOn('2004-02-29', '2022-02-28')).toBe(17);
    expect(ageOn('2004-02-29', '2022-03-01')).toBe(18);
  });
});

describe('masks', () => {
  it('show as much as a person needs to recognise oneself', () => {
    expect([maskName('李小明'), maskName('李明'), maskName('李'), maskName('')]).toEqual([
      '李**',
      '李*',
      '李*',
      '',
    ]);
    expect(maskPhone('13805912345')).toBe('138****2345');
    expect(maskAddress('福建省榕城市鼓楼区东街8号3单元501')).toBe('福建省榕城市鼓楼区****');
    expect(maskAddress('北京市朝阳区某街1号')).toBe('北京市朝阳区****');
    expect(maskAddress('东街8号501')).toBe('东街8****');
  });

  it('never show the middle of anything, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        for (const mask of [maskIdNumber, maskPhone]) {
          const masked = mask(text);
          expect(masked).toHaveLength(text.length);
          const hidden = [...masked].filter(
            (character, i) => character !== text.charAt(i) || character === '*',
          ).length;
          expect(hidden).toBeGreaterThanOrEqual(Math.min(text.length, Math.floor(text.length / 3)));
        }
        if (text.length > 1) expect(maskName(text)).not.toBe(text.replaceAll('*', ''));
        expect(maskAddress(text).replace(/\*{4}$/, '').length).toBeLessThanOrEqual(
          Math.max(0, text.length - (text ? 1 : 0)),
        );
      }),
    );
  });
});

describe('names and phone numbers', () => {
  it('accept what stands on an ID card', () => {
    for (const name of ['李明', '欧阳娜娜', '买买提·吐尔逊', 'Anna Smith', "Sean O'Neil"])
      expect(isPersonName(name)).toBe(true);
    for (const name of ['李', '·李明', '李明1', '李 明', '<b>李</b>', ''])
      expect(isPersonName(name)).toBe(false);
  });

  it('accept mainland mobiles in their usual spellings', () => {
    expect(normaliseMobile('+86 138-0591-2345')).toBe('13805912345');
    expect(normaliseMobile('008613805912345')).toBe('13805912345');
    expect(isMobile('13805912345')).toBe(true);
    for (const text of ['12805912345', '1380591234', '059187654321', '138059123456'])
      expect(isMobile(text)).toBe(false);
  });
});

describe('waybills', () => {
  it.each([
    ['47110815', '1'],
    ['47312482', '9'],
    ['00071761', '8'],
  ])('%s has the S10 check digit %s', (digits, check) => {
    expect(s10CheckDigit(digits)).toBe(check);
  });

  it('of 13 digits are accepted as they are, with letters only with their check digit', () => {
    expect(isWaybill('1234567890123')).toBe(true);
    expect(isWaybill('EA473124829CN')).toBe(true);
    expect(isWaybill('EA473124828CN')).toBe(false);
    for (const text of ['123456789012', '12345678901234', 'EA47312482CN', ''])
      expect(isWaybill(text)).toBe(false);
  });

  it('are read however a scanner or a hand writes them', () => {
    expect(normaliseWaybill(' ea 4731-2482 9cn ')).toBe('EA473124829CN');
    expect(normaliseWaybill('１２３４５６７８９０１２３')).toBe('1234567890123');
    expect(normaliseWaybill(formatWaybill('1234567890123'))).toBe('1234567890123');
  });
});

describe('item codes', () => {
  // 91350100M000100Y43 is the example of GB 32100-2015.
  const creditCode = '91350100M000100Y43';

  it('hold a credit code with its check character', () => {
    expect(creditCodeCheck(creditCode.slice(0, 17))).toBe('3');
    expect(isCreditCode(creditCode)).toBe(true);
    for (const slip of slips(creditCode, [...'0123456789ABCDEFGHJKLMNPQRTUWXY']))
      expect(isCreditCode(slip)).toBe(false);
  });

  it('have 31 characters in three parts, and a suffix for a business item', () => {
    const code = `${creditCode}3350107001000`;
    expect(code).toHaveLength(31);
    expect(parseItemCode(code)).toEqual({
      creditCode,
      level: '3',
      basicCode: '350107001000',
      businessSuffix: '',
    });
    expect(parseItemCode(`${code}01`)?.businessSuffix).toBe('01');
    for (const wrong of [code.slice(1), `${code}1`, code.replace('Y43', 'Y44'), code.toLowerCase()]) {
      expect(isItemCode(wrong)).toBe(false);
    }
  });
});

describe('case numbers', () => {
  it('follow ISO 7064 MOD 37,36', () => {
    // The example of the Global Release Identifier standard: A1-2425G-ABC1234002-M.
    expect(mod37And36('A12425GABC1234002')).toBe('M');
  });

  it('are accepted as given out and refused with any single slip', () => {
    const number = makeCaseNumber('RC', today, 38);
    expect(number).toMatch(/^RC20260714000038[0-9A-Z]$/);
    expect(isCaseNumber(number)).toBe(true);
    expect(isCaseNumber(normaliseCaseNumber(` ${number.toLowerCase().slice(0, 4)}-${number.slice(4)}`))).toBe(
      true,
    );
    for (const slip of slips(number, alphabet)) expect(isCaseNumber(slip)).toBe(false);
  });

  it('are distinct for distinct serials', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1, max: 999_999 }), (a, b) => {
        expect(makeCaseNumber('RC', today, a) === makeCaseNumber('RC', today, b)).toBe(a === b);
      }),
    );
  });

  it('are not made of nonsense', () => {
    expect(() => makeCaseNumber('rc', today, 1)).toThrow(RangeError);
    expect(() => makeCaseNumber('RC', '2026-02-30', 1)).toThrow(RangeError);
    for (const serial of [0, 1.5, 1_000_000])
      expect(() => makeCaseNumber('RC', today, serial)).toThrow(RangeError);
  });
});

describe('ticket numbers', () => {
  it('are the queue’s letters and a number of at least three digits', () => {
    expect(formatTicketNumber('A', 38)).toBe('A038');
    expect(formatTicketNumber('B', 1000)).toBe('B1000');
    expect(() => formatTicketNumber('a', 1)).toThrow(RangeError);
    expect(() => formatTicketNumber('A', 0)).toThrow(RangeError);
  });

  it('are read back', () => {
    fc.assert(
      fc.property(fc.constantFrom('A', 'B', 'ZX'), fc.integer({ min: 1, max: 99_999 }), (prefix, serial) => {
        expect(parseTicketNumber(formatTicketNumber(prefix, serial).toLowerCase())).toEqual({
          prefix,
          serial,
        });
      }),
    );
    for (const text of ['038', 'A38', 'A000', 'A038B']) expect(parseTicketNumber(text)).toBeUndefined();
  });
});
