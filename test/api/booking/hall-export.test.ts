import { bookingStateNames, bookingStates } from '@haoban/domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { bookingsXlsx, plainCell } from '../../../apps/api/src/booking/hall-booking-export.js';
import { newId } from '../../../apps/api/src/common/id.js';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  staffOf,
  type TestHall,
} from '../../support/builders/booking.js';
import { readSheet } from '../../support/xlsx.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world, { places: 5 });
});
afterAll(() => world.close());

async function book(time: string) {
  const person = await newPerson(world);
  const at = { hallId: hall.hallId, itemId: hall.a.itemId, day: '2026-07-15', time };
  const slotId = (await slotAt(world, at)).id;
  const booking = await person.api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId });
  return { person, booking };
}

describe('the export of bookings', () => {
  it('opens as a sheet with one line a booking, masked, and is audited without what was searched for', async () => {
    const manager = staffOf(hall.hallId, 'manager');
    const [one, two] = [await book('09:00'), await book('09:30')];
    await two.person.api.booking.cancel({
      bookingId: two.booking.id,
      reason: '=HYPERLINK("http://x","点我")',
    });
    const file = await world
      .client(manager)
      .hallBookings.exportXlsx({ from: '2026-07-15', to: '2026-07-15' });
    expect(file).toMatchObject({ fileName: '预约-2026-07-14.xlsx', rows: 2 });
    const { rows, xml } = readSheet(Buffer.from(file.base64, 'base64'));
    const [heading = [], ...lines] = rows;
    expect(heading.slice(0, 6)).toEqual(['预约码', '状态', '日期', '开始', '结束', '办理事项']);
    expect(lines.map((line) => line.slice(0, 6))).toEqual([
      [one.booking.code, '已预约', '2026年7月15日 周三', '09:00', '09:30', '短事项'],
      [two.booking.code, '已取消', '2026年7月15日 周三', '09:30', '10:00', '短事项'],
    ]);
    const cell = (line: number, title: string) => lines[line]?.[heading.indexOf(title)];
    expect([cell(0, '姓名'), cell(0, '手机')]).toEqual(['陈**', '154****1234']);
    // A reason that would be a formula is text with a quote in front, in the file and after it was saved as CSV.
    expect(cell(1, '取消原因')).toBe('\'=HYPERLINK("http://x","点我")');
    expect(xml).not.toContain('<f>');
    expect(xml).not.toContain('陈小明');
    await world.client(manager).hallBookings.exportXlsx({ q: '陈小明' });
    const entries = await world.dataSource.manager.findBy(AuditEntity, { action: 'booking.export' });
    expect(entries.map(({ actorId, subjectId }) => [actorId, subjectId])).toEqual([
      [manager.staffId, hall.hallId],
      [manager.staffId, hall.hallId],
    ]);
    expect(entries[1]?.after).toMatchObject({ searched: true, rows: 2 });
    expect(JSON.stringify(entries)).not.toContain('陈');
  });

  it('calls the states what the screens call them', async () => {
    const { booking } = await book('11:00');
    for (const state of bookingStates) {
      await world.dataSource.manager.update(BookingEntity, { id: booking.id }, { state });
      const { base64 } = await world
        .client(staffOf(hall.hallId, 'manager'))
        .hallBookings.exportXlsx({ q: booking.code });
      expect(readSheet(Buffer.from(base64, 'base64')).rows[1]?.[1]).toBe(bookingStateNames[state]);
    }
    expect(bookingStateNames).toMatchObject({ no_show: '未到', held: '待确认' });
  });

  it('is refused beyond ten thousand rows, and given for exactly so many', async () => {
    const { booking } = await book('10:00');
    const row = await world.dataSource.manager.findOneByOrFail(BookingEntity, { id: booking.id });
    const copies = Array.from({ length: 10_000 }, (_, index) => ({
      ...row,
      id: newId(),
      requestId: `copy-${index}`,
      code: `X${index}`,
      day: '2026-07-20',
      state: 'cancelled' as const,
    }));
    for (let start = 0; start < copies.length; start += 1_000)
      await world.dataSource.manager.insert(BookingEntity, copies.slice(start, start + 1_000));
    const manager = world.client(staffOf(hall.hallId, 'manager'));
    const day = { from: '2026-07-20', to: '2026-07-20' };
    const file = await manager.hallBookings.exportXlsx(day);
    expect(file.rows).toBe(10_000);
    expect(readSheet(Buffer.from(file.base64, 'base64')).rows).toHaveLength(10_001);
    await expect(manager.hallBookings.exportXlsx({ ...day, from: '2026-07-15' })).rejects.toMatchObject({
      code: 'EXPORT_TOO_LARGE',
    });
  });
});

describe('a cell', () => {
  it.each(['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '＝1', '\u0001=1'])('%j is no formula', (text) => {
    expect(plainCell(text)).toMatch(/^'/);
  });

  it('that is harmless stays as it is', () => {
    expect(plainCell('有事，不能来')).toBe('有事，不能来');
    expect(plainCell('3-5 天')).toBe('3-5 天');
  });

  it('may be any of an empty list', async () => {
    expect(readSheet(await bookingsXlsx([])).rows).toHaveLength(1);
  });
});
