/**
 * One appointment as an iCalendar file (RFC 5545) that a phone's calendar imports. Times are UTC, so no VTIMEZONE is needed; the same `uid`
 * with a higher `sequence` replaces what was imported before (RFC 5545 §3.8.7.4).
 */
import { addMinutes, dayOf, minuteMs } from './time.js';

export interface CalendarAlarm {
  readonly minutesBefore: number;
  readonly text: string;
}

export interface CalendarEvent {
  /** Of our own and never changed, such as `<booking id>@haoban`. */
  readonly uid: string;
  readonly sequence: number;
  /** When the file is made. */
  readonly stamp: Date;
  readonly start: Date;
  readonly end: Date;
  readonly title: string;
  readonly place: string;
  readonly text: string;
  readonly alarms: readonly CalendarAlarm[];
}

/** Content lines are at most 75 octets long without the line break (RFC 5545 §3.1). */
const LINE_OCTETS = 75;

export function calendarFile(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Haoban//Booking//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${utc(event.stamp)}`,
    `DTSTART:${utc(event.start)}`,
    `DTEND:${utc(event.end)}`,
    `SEQUENCE:${event.sequence}`,
    'STATUS:CONFIRMED',
    `SUMMARY:${escapeText(event.title)}`,
    `LOCATION:${escapeText(event.place)}`,
    `DESCRIPTION:${escapeText(event.text)}`,
    ...event.alarms.flatMap(alarmLines),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** Of a booking: a day and an hour before, and none that would already be over. */
export function bookingAlarms(title: string, start: Date, now: Date): CalendarAlarm[] {
  const alarms = [
    { minutesBefore: 24 * 60, text: `明天：${title}` },
    { minutesBefore: 60, text: `1 小时后：${title}` },
  ];
  return alarms.filter(({ minutesBefore }) => addMinutes(start, -minutesBefore) > now);
}

/** `haoban-2026-07-15-K7M3PX.ics`: plain ASCII, which every phone can save. */
export function calendarFileName(start: Date, code: string): string {
  return `haoban-${dayOf(start)}-${code.replace(/[^A-Za-z0-9]/g, '')}.ics`;
}

function alarmLines({ minutesBefore, text }: CalendarAlarm): string[] {
  const whole = minutesBefore % (24 * 60) === 0 ? `${minutesBefore / (24 * 60)}D` : `T${minutesBefore}M`;
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `TRIGGER:-P${whole}`,
    `DESCRIPTION:${escapeText(text)}`,
    'END:VALARM',
  ];
}

/** 20260715T013000Z; seconds are cut, not rounded. */
function utc(instant: Date): string {
  const minutes = new Date(Math.floor(instant.getTime() / minuteMs) * minuteMs);
  return minutes.toISOString().replace(/[-:]/g, '').replace('.000', '');
}

/** RFC 5545 §3.3.11; control characters other than line breaks have no place in a text. */
function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\n/g, '\\n');
}

/** Breaks before a character that would not fit: a break inside one would spoil it for readers that don't unfold bytes. */
function fold(line: string): string {
  let octets = 0;
  let folded = '';
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
