/**
 * What we check and show of a person: resident ID numbers (GB 11643-1999: region, birthday, order, check character), mainland
 * mobile numbers, names and addresses, each with the masked form that screens, logs and messages use.
 */
import { mod11Radix2 } from './check-digits.js';
import { isLocalDay } from './time.js';
import type { LocalDay } from './time.js';

/** Capital X, no blanks: the form that is checked, encrypted and indexed. */
export function normaliseIdNumber(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/**
 * Whether a normalised ID number is well formed: 18 characters, a birthday that exists and is not after `today` (nor before
 * 1850), and the right check character.
 */
export function isIdNumber(text: string, today: LocalDay): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text) || mod11Radix2(text.slice(0, 17)) !== text.charAt(17)) return false;
  const birthday = birthdayOf(text);
  return isLocalDay(birthday) && birthday >= '1850-01-01' && birthday <= today;
}

/** The birthday that a valid ID number states. */
export function birthdayOf(idNumber: string): LocalDay {
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
}

/** Completed years on `today`. Someone born on 29 February completes a year on 1 March of a common year. */
export function ageOn(birthday: LocalDay, today: LocalDay): number {
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4));
  return today.slice(5) < birthday.slice(5) ? years - 1 : years;
}

/** '350102199001011234' → '3501**********1234'. */
export function maskIdNumber(text: string): string {
  return maskMiddle(text, 4, 4);
}

/** A mainland mobile number: 11 digits from 13… to 19…. */
export function isMobile(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

/** Without blanks, hyphens and the country code: '+86 138-0591-2345' → '13805912345'. */
export function normaliseMobile(text: string): string {
  return text.replace(/[\s-]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
}

/** '13805912345' → '138****2345'. */
export function maskPhone(text: string): string {
  return maskMiddle(text, 3, 4);
}

/** A name as on an ID card: 2–30 Chinese characters, the dot of minority names inside allowed; or a Latin name of a foreigner. */
export function isPersonName(text: string): boolean {
  return (
    text.length <= 50 &&
    (/^\p{Script=Han}(?:[\p{Script=Han}·]{0,28})\p{Script=Han}$/u.test(text) || isLatinName(text))
  );
}

/** '李小明' → '李**', '李明' → '李*', 'ANNA SMITH' → 'A*********'; an empty name stays empty. */
export function maskName(text: string): string {
  const [first, ...rest] = [...text];
  return first === undefined ? '' : first + '*'.repeat(Math.max(1, rest.length));
}

/**
 * Province, city and district stay readable, the rest does not: '福建省榕城市鼓楼区东街8号' → '福建省榕城市鼓楼区****'. An address
 * without a recognisable district keeps its first three characters, at most half of it.
 */
export function maskAddress(text: string): string {
  const region =
    /^(?:.{2,8}?(?:省|自治区|特别行政区))?(?:.{2,8}?(?:市|自治州|地区|盟))?(?:.{1,8}?(?:区|县|旗|市))?/u.exec(
      text,
    )?.[0] ?? '';
  const shown =
    region.length > 0 && region.length < text.length ? region : text.slice(0, Math.min(3, text.length >> 1));
  return text === '' ? '' : `${shown}****`;
}

function isLatinName(text: string): boolean {
  return /^[A-Za-z][A-Za-z .'-]*[A-Za-z.]$/.test(text);
}

/** Keeps both ends only where at least half as many characters again stay hidden. */
function maskMiddle(text: string, head: number, tail: number): string {
  const hidden = text.length - head - tail;
  if (hidden < Math.ceil((head + tail) / 2)) return '*'.repeat(text.length);
  return text.slice(0, head) + '*'.repeat(hidden) + text.slice(-tail);
}
