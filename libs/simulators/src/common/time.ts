/** Beijing time (UTC+8, no daylight saving), which all three parties use in their texts. */

const EIGHT_HOURS = 8 * 3_600_000;

/** `yyyy-MM-dd HH:mm:ss` */
export function beijingText(at: Date): string {
  return new Date(at.getTime() + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `yyyy-MM-dd` */
export function beijingDay(at: Date): string {
  return beijingText(at).slice(0, 10);
}

/** RFC 3339 with offset, as WeChat Pay writes it: `2015-05-20T13:29:35+08:00` */
export function beijingRfc3339(at: Date): string {
  return `${beijingText(at).replace(' ', 'T')}+08:00`;
}

/** Reads `yyyy-MM-dd HH:mm:ss`; undefined when it is not a real time. */
export function parseBeijing(value: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value)) return undefined;
  const at = new Date(`${value.replace(' ', 'T')}+08:00`);
  return Number.isNaN(at.getTime()) || beijingText(at) !== value ? undefined : at;
}
