import {
  bookingStateName,
  formatClock,
  formatDay,
  minutesOfDay,
  dayOf,
  type BookingChannel,
  type Contingent,
  type VisitKind,
} from '@haoban/domain';
import type { HallBookingRow } from '@haoban/contracts';
import writeXlsxFile from 'write-excel-file/node';

const kinds: Record<VisitKind, string> = {
  window: '窗口办理',
  phone: '电话办理',
  video: '视频办理',
  home: '上门办理',
  after_hours: '延时服务',
  agent: '代办',
};
const contingents: Record<Contingent, string> = { public: '公众', green: '绿色通道', internal: '内部' };
const channels: Record<BookingChannel, string> = { app: '手机', desk: '窗口', call: '电话' };

const columns: readonly { title: string; width: number; of: (row: HallBookingRow) => string | number }[] = [
  { title: '预约码', width: 10, of: ({ code }) => code },
  { title: '状态', width: 10, of: ({ state, kind }) => bookingStateName(state, kind) },
  { title: '日期', width: 16, of: ({ day }) => `${day.slice(0, 4)}年${formatDay(day)}` },
  { title: '开始', width: 8, of: ({ start }) => clock(start) },
  { title: '结束', width: 8, of: ({ end }) => clock(end) },
  { title: '办理事项', width: 36, of: ({ items }) => items.map(itemText).join('；') },
  { title: '人数', width: 6, of: ({ persons }) => persons },
  { title: '队列', width: 18, of: ({ queueName }) => queueName },
  { title: '办理方式', width: 10, of: ({ kind }) => kinds[kind] },
  { title: '名额', width: 10, of: ({ contingent }) => contingents[contingent] },
  { title: '预约渠道', width: 10, of: ({ channel }) => channels[channel] },
  { title: '姓名', width: 12, of: ({ citizenName }) => citizenName },
  { title: '手机', width: 14, of: ({ phone }) => phone ?? '' },
  { title: '回复提醒', width: 10, of: ({ reply }) => (reply === 'coming' ? '会来' : '') },
  { title: '签到时间', width: 18, of: ({ checkedInAt }) => (checkedInAt ? instant(checkedInAt) : '') },
  { title: '取消原因', width: 30, of: ({ cancelReason }) => cancelReason ?? '' },
  { title: '提交时间', width: 18, of: ({ createdAt }) => instant(createdAt) },
];

/** One sheet, a heading that stays in sight, one line a booking; people are masked as on the screen. */
export async function bookingsXlsx(rows: readonly HallBookingRow[]): Promise<Buffer> {
  const heading = columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const }));
  const lines = rows.map((row) =>
    columns.map(({ of }) => {
      const value = of(row);
      return typeof value === 'number' ? { value, type: Number } : { value: plainCell(value), type: String };
    }),
  );
  const file = writeXlsxFile([heading, ...lines], {
    sheet: '预约',
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  });
  return file.toBuffer();
}

/**
 * Text that a spreadsheet can't take for a formula, also after it was saved as CSV and opened again: OWASP's “CSV injection” names these
 * first characters and the quote in front of them.
 */
export function plainCell(text: string): string {
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  return /^[=+\-@\t\r\n＝＋－＠]/.test(clean) ? `'${clean}` : clean;
}

function itemText({ itemName, files }: HallBookingRow['items'][number]): string {
  return files > 1 ? `${itemName}×${files}` : itemName;
}

function clock(iso: string): string {
  return formatClock(minutesOfDay(new Date(iso)));
}

function instant(iso: string): string {
  return `${dayOf(new Date(iso))} ${clock(iso)}`;
}
