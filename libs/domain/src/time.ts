/**
 * Local days and clock times of the halls. Asia/Shanghai has been UTC+8 without daylight saving since 1992 (IANA tz database,
 * `asia`), so a fixed offset is exact and needs no time-zone data on the phone. Days are 'YYYY-MM-DD', clock times are minutes
 * since local midnight, instants are `Date`.
 */

export type LocalDay = string;

/** 1 Monday … 7 Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const durationUnits = ['minute', 'hour', 'workday'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A promised length of time as the service guide states it: 30分钟, 2小时 or 5个工作日. */
export interface Duration {
  readonly value: number;
  readonly unit: DurationUnit;
}

export const minuteMs = 60_000;
export const dayMinutes = 1_440;
const dayMs = dayMinutes * minuteMs;
const offsetMs = 8 * 60 * minuteMs;
const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;
const unitNames: Record<DurationUnit, string> = { minute: '分钟', hour: '小时', workday: '个工作日' };

/** True for a 'YYYY-MM-DD' that exists in the calendar. */
export function isLocalDay(text: string): boolean {
  return !Number.isNaN(utcOf(text));
}

/** The local day in which an instant falls. */
export function dayOf(instant: Date): LocalDay {
  return dayTextOf(instant.getTime() + offsetMs);
}

/** Local midnight at which `day` begins. Throws RangeError where `day` is not a calendar day. */
export function startOfDay(day: LocalDay): Date {
  return new Date(dayMsOf(day) - offsetMs);
}

/** The instant at a clock time of a day, in minutes since midnight (1440 is the next midnight). */
export function instantAt(day: LocalDay, minutes: number): Date {
  return new Date(dayMsOf(day) - offsetMs + minutes * minuteMs);
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return dayTextOf(dayMsOf(day) + days * dayMs);
}

/** Calendar days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return (dayMsOf(to) - dayMsOf(from)) / dayMs;
}

export function addMinutes(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * minuteMs);
}

export function weekdayOf(day: LocalDay): Weekday {
  const sundayFirst = new Date(dayMsOf(day)).getUTCDay();
  return (sundayFirst === 0 ? 7 : sundayFirst) as Weekday;
}

/** Monday of the week of `day`. */
export function startOfWeek(day: LocalDay): LocalDay {
  return addDays(day, 1 - weekdayOf(day));
}

/** Whole minutes since local midnight, 0–1439. */
export function minutesOfDay(instant: Date): number {
  const ms = (((instant.getTime() + offsetMs) % dayMs) + dayMs) % dayMs;
  return Math.floor(ms / minuteMs);
}

/** '09:30' → 570; '24:00' → 1440. Throws RangeError on anything else. */
export function parseClock(text: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (Number.isNaN(minutes) || Number(match?.[2]) > 59 || minutes > dayMinutes) {
    throw new RangeError(`Not a clock time: ${text}`);
  }
  return minutes;
}

/** 570 → '09:30'. */
export function formatClock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** '7月14日 周二'. */
export function formatDay(day: LocalDay): string {
  const [, month, date] = day.split('-').map(Number);
  return `${month}月${date}日 ${weekdayNames[weekdayOf(day) - 1]}`;
}

/** '2027年7月14日': a day that may lie in another year. */
export function formatLongDay(day: LocalDay): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** '7月14日 周二 09:30'. */
export function formatInstant(instant: Date): string {
  return `${formatDay(dayOf(instant))} ${formatClock(minutesOfDay(instant))}`;
}

/** '30分钟', '2小时', '5个工作日'. */
export function formatDuration(duration: Duration): string {
  return `${duration.value}${unitNames[duration.unit]}`;
}

function dayMsOf(day: LocalDay): number {
  const ms = utcOf(day);
  if (Number.isNaN(ms)) throw new RangeError(`Not a calendar day: ${day}`);
  return ms;
}

// Every rule asks for days and back, in a rush a hundred thousand times a second for the same few: each is worked out once.
const rememberedDays = 4_096;
const dayTexts = new Map<number, LocalDay>();
const dayStarts = new Map<LocalDay, number>();

function dayTextOf(utcMs: number): LocalDay {
  const number = Math.floor(utcMs / dayMs);
  const known = dayTexts.get(number);
  if (known !== undefined) return known;
  const text = new Date(utcMs).toISOString().slice(0, 10);
  if (dayTexts.size >= rememberedDays) dayTexts.clear();
  dayTexts.set(number, text);
  return text;
}

/** Midnight UTC of a 'YYYY-MM-DD'; NaN for what is none. */
function utcOf(text: string): number {
  const known = dayStarts.get(text);
  if (known !== undefined) return known;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.NaN;
  const date = new Date(0);
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  // Not Date.UTC, which takes the years 0 to 99 for those of the twentieth century.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return Number.NaN;
  if (dayStarts.size >= rememberedDays) dayStarts.clear();
  dayStarts.set(text, date.getTime());
  return date.getTime();
}
