import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookingAlarms, calendarFile, calendarFileName } from '@haoban/domain';

const start = new Date('2026-07-15T02:00:00Z');
const event = {
  uid: '01J0000000000000000000000A@haoban',
  sequence: 2,
  stamp: new Date('2026-07-14T01:30:15.123Z'),
  start,
  end: new Date('2026-07-15T02:30:00Z'),
  title: '办理“不动产转移登记”',
  place: '市民服务中心, 二层; A 区',
  text: '预约码 K7M3PX\n请带：身份证\\户口簿',
  alarms: bookingAlarms('到市民服务中心办事', start, new Date('2026-07-13T00:00:00Z')),
};

/** What a reader does (RFC 5545 §3.1): lines end in CRLF, and one that begins with a blank continues the one before. */
const unfold = (text: string) => text.replace(/\r\n[ \t]/g, '').split('\r\n');
const valueOf = (text: string, name: string) =>
  unfold(text)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);
const read = (value = '') =>
  value.replace(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character));

describe('the calendar file', () => {
  it('is one event with its identity, times in UTC and two alarms', () => {
    const lines = unfold(calendarFile(event));
    expect(lines.slice(0, 5)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Haoban//Booking//ZH',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining(['DTSTART:20260715T020000Z', 'DTEND:20260715T023000Z', 'SEQUENCE:2']),
    );
    expect(valueOf(calendarFile(event), 'UID')).toBe(event.uid);
    expect(valueOf(calendarFile(event), 'DTSTAMP')).toBe('20260714T013000Z');
    expect(lines.filter((line) => line.startsWith('TRIGGER'))).toEqual(['TRIGGER:-P1D', 'TRIGGER:-PT60M']);
    expect(lines.filter((line) => line === 'BEGIN:VALARM')).toHaveLength(2);
    expect(lines.slice(-3)).toEqual(['END:VEVENT', 'END:VCALENDAR', '']);
  });

  it('keeps the right instant over midnight and the end of the year', () => {
    const text = calendarFile({
      ...event,
      start: new Date('2026-12-31T16:00:00Z'),
      end: new Date('2026-12-31T16:30:00Z'),
    });
    expect(valueOf(text, 'DTSTART')).toBe('20261231T160000Z');
  });

  it('escapes what has a meaning of its own, so that a reader gets the text back', () => {
    expect(valueOf(calendarFile(event), 'LOCATION')).toBe('市民服务中心\\, 二层\\; A 区');
    expect(read(valueOf(calendarFile(event), 'DESCRIPTION'))).toBe(event.text);
  });

  it('lets no text of people add a line of its own', () => {
    const text = calendarFile({ ...event, title: '甲\r\nATTENDEE:mailto:x@example.com\rEND:VEVENT\u0007' });
    expect(unfold(text).filter((line) => line.startsWith('ATTENDEE') || line === 'END:VEVENT')).toHaveLength(
      1,
    );
  });

  it('for any text has CRLF lines of at most 75 octets, each whole UTF-8, and reads back as it was', () => {
    const unit = fc.constantFrom(...'办事大厅、，a;,\\: 😀é\n');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
        const file = calendarFile({ ...event, text });
        const lines = file.split('\r\n');
        expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        for (const line of lines) expect(Buffer.from(line).toString()).toBe(line);
        expect(read(valueOf(file, 'DESCRIPTION'))).toBe(text);
      }),
    );
  });

  it('rings no alarm whose time is already over', () => {
    const alarms = (now: string) =>
      bookingAlarms('x', start, new Date(now)).map(({ minutesBefore }) => minutesBefore);
    expect(alarms('2026-07-14T01:59:59Z')).toEqual([1440, 60]);
    expect(alarms('2026-07-14T02:00:00Z')).toEqual([60]);
    expect(alarms('2026-07-15T01:00:00Z')).toEqual([]);
  });

  it('has a name that any phone can save', () => {
    expect(calendarFileName(new Date('2026-12-31T16:00:00Z'), 'K7M/3PX')).toBe(
      'haoban-2027-01-01-K7M3PX.ics',
    );
  });
});
