/**
 * What was typed as a clock time: 9, 930, 0930, 9:30 and 9：30 are all read, as the browser's own time input differs from language to
 * language. @returns 'HH:MM', or '' where it is none (yet)
 */
export function readClock(typed: string): string {
  const match = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(typed.trim());
  const hour = Number(match?.[1]);
  const minute = Number(match?.[2] ?? 0);
  if (!match || hour > 23 || minute > 59) return '';
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
