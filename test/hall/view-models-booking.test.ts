import type {
  CalendarException,
  CalendarRule,
  CapacityUse,
  PlannedSlot,
  PreviewDay,
} from '@haoban/contracts';
import { bookingPresets } from '@haoban/domain';
import { describe, expect, it } from '@jest/globals';
import { closureFaults, closureTitle } from '../../apps/hall/src/calendar/closure-model.js';
import { dayFacts, dayName } from '../../apps/hall/src/calendar/day-model.js';
import {
  addMonths,
  dayByKey,
  lastDayOf,
  monthName,
  weeksOf,
} from '../../apps/hall/src/calendar/month-model.js';
import { planFor } from '../../apps/hall/src/calendar/override-model.js';
import { previewRow, slotName } from '../../apps/hall/src/calendar/preview-model.js';
import { placesWord, weekdaysWord, whenWords, windowWord } from '../../apps/hall/src/calendar/rule-words.js';
import { readClock } from '../../apps/hall/src/common/clock-input.js';
import { layOut, stepFor, type Column } from '../../apps/hall/src/capacity/bars.js';
import { noShowShare, rangeFault, rangeOf, useShare } from '../../apps/hall/src/capacity/use-model.js';
import { compareRules, draftOf, policyFaults, presetLine } from '../../apps/hall/src/policy/policy-model.js';
import { rule } from './support/calendar.js';

const TODAY = '2026-07-14';

const slot = (start: string, over: Partial<PlannedSlot> = {}): PlannedSlot => ({
  start,
  end: `${start.slice(0, 3)}30`,
  kind: 'window',
  public: 2,
  green: 1,
  internal: 4,
  classPlaces: null,
  taken: 0,
  change: 'same',
  ...over,
});
const day = (over: Partial<PreviewDay> = {}): PreviewDay => ({
  day: TODAY,
  kind: 'workday',
  note: null,
  byHand: false,
  slots: [slot('09:00'), slot('10:00', { taken: 3 })],
  ...over,
});
const exception = (over: Partial<CalendarException> = {}): CalendarException => ({
  id: 'e',
  kind: 'closure',
  queueId: null,
  queueName: null,
  day: TODAY,
  from: null,
  to: null,
  reason: '系统升级',
  plan: [],
  createdBy: '沈丽君',
  createdAt: '2026-07-13T01:00:00Z',
  affected: 0,
  unanswered: 0,
  ...over,
});

describe('a month', () => {
  it('has its weeks from Monday to Sunday, filled up with the days beside it', () => {
    const weeks = weeksOf('2026-07');
    expect(weeks).toHaveLength(5);
    expect(weeks[0]?.[0]).toBe('2026-06-29');
    expect(weeks.at(-1)?.at(-1)).toBe('2026-08-02');
    expect(weeksOf('2027-02').flat()).toHaveLength(28);
  });

  it('leads into the year before and after', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(lastDayOf('2028-02')).toBe('2028-02-29');
    expect(monthName('2026-07')).toBe('2026年7月');
  });

  it('is walked through by keys, over its edges and without inventing a date', () => {
    expect(dayByKey('2026-07-31', 'ArrowRight')).toBe('2026-08-01');
    expect(dayByKey('2026-07-01', 'ArrowUp')).toBe('2026-06-24');
    expect(dayByKey('2026-07-15', 'Home')).toBe('2026-07-13');
    expect(dayByKey('2026-07-15', 'End')).toBe('2026-07-19');
    expect(dayByKey('2026-08-31', 'PageDown')).toBe('2026-09-30');
    expect(dayByKey('2026-03-31', 'PageUp')).toBe('2026-02-28');
    expect(dayByKey('2026-07-15', 'x')).toBeUndefined();
  });
});

describe('a day in the month', () => {
  const name = (...args: Parameters<typeof dayFacts>) => dayName(TODAY, dayFacts(...args), '2026-07-01');

  it('is named with its slots and what is left of them', () => {
    expect(name(day(), [])).toBe('7月14日 周二 2 个时段 余 5');
    expect(dayName(TODAY, undefined, TODAY)).toBe('7月14日 周二 今天 正在读取');
  });

  it('says in words why it is unlike others', () => {
    expect(name(day({ slots: [], note: '停办：系统升级' }), [exception()])).toBe(
      '7月14日 周二 停办 系统升级',
    );
    expect(name(day({ slots: [slot('09:00')] }), [exception()])).toContain('部分停办 1 个时段');
    expect(name(day({ byHand: true }), [])).toContain('单独安排');
    expect(name(day({ kind: 'worked_weekend' }), [])).toContain('调休上班');
    expect(name(day({ kind: 'holiday', slots: [], note: '国庆节放假' }), [])).toBe(
      '7月14日 周二 放假 国庆节放假',
    );
    expect(name(day({ kind: 'weekend', slots: [] }), [])).toBe('7月14日 周二 不放号');
    expect(name(day({ slots: [slot('09:00', { taken: 4 })] }), [])).toBe('7月14日 周二 已满 1 个时段 余 0');
  });

  it('never counts more left than none where rules were cut below what is taken', () => {
    expect(dayFacts(day({ slots: [slot('09:00', { taken: 9 })] }), []).left).toBe(0);
  });
});

describe('a rule in words', () => {
  it('joins weekdays that follow each other', () => {
    expect(weekdaysWord([5, 1, 2, 3, 4])).toBe('周一至周五');
    expect(weekdaysWord([1, 3, 6, 7])).toBe('周一、周三、周六、周日');
    expect(weekdaysWord([1, 2, 3, 4, 5, 6, 7])).toBe('每天');
    expect(weekdaysWord([])).toBe('没有选星期');
  });

  it('says how it repeats, between which dates, for how many and how far ahead', () => {
    const words = (over: Partial<CalendarRule>) => whenWords({ ...rule, ...over }, TODAY);
    expect(words({})).toEqual(['周一至周五 09:00–12:00 每 30 分钟']);
    expect(words({ everyWeeks: 2, weekOfMonth: -1 }).slice(1)).toEqual(['每 2 周一次', '只在每月最后一个']);
    expect(words({ firstDay: '2026-08-01', lastDay: '2027-01-31' })[1]).toBe('8月1日至2027年1月31日');
    expect(placesWord({ desksPublic: 3, desksGreen: 1, desksInternal: 5 })).toBe('公开 3 · 绿色 1 · 共 5');
    expect(windowWord({ ...rule, windowFromDays: 0, windowToDays: 13 })).toBe('当天至 13 天后');
    expect(windowWord({ ...rule, windowFromDays: 1, windowToDays: 1 })).toBe('只约1 天后');
  });
});

describe('a clock time', () => {
  it('is read however it is usually typed, and nothing else is', () => {
    expect(['9', '13', '930', '0930', '9:30', '9：30', ' 17.00 '].map(readClock)).toEqual([
      '09:00',
      '13:00',
      '09:30',
      '09:30',
      '09:30',
      '09:30',
      '17:00',
    ]);
    expect(['', '93', '24:00', '9:60', '上午', '9:3'].map(readClock)).toEqual(['', '', '', '', '', '']);
  });
});

describe('a preview', () => {
  it('sums up a day and names each slot that differs', () => {
    const gone = slot('11:00', { change: 'gone', taken: 2 });
    const row = previewRow(day({ slots: [slot('09:00', { change: 'new' }), slot('10:00'), gone] }));
    expect(row.summary).toBe('2 个时段 8 个名额，新增 1、取消 1');
    expect(row.differing).toHaveLength(2);
    expect(slotName(gone)).toBe('取消 11:00–11:30 公开 2、绿色通道 1、共 4 已约 2');
    expect(previewRow(day({ slots: [], note: '国庆节放假' })).summary).toBe('国庆节放假');
  });
});

describe('a closure', () => {
  const form = {
    scope: 'queue' as const,
    firstDay: TODAY,
    lastDay: TODAY,
    part: false,
    from: '',
    to: '',
    reason: '系统升级',
  };

  it('is named with day, time and place before it is made', () => {
    expect(closureTitle(form, '不动产登记', TODAY)).toBe('停办 7月14日 周二 全天 不动产登记');
    const part = {
      ...form,
      part: true,
      from: '09:00',
      to: '11:00',
      scope: 'hall' as const,
      lastDay: '2026-07-15',
    };
    expect(closureTitle(part, '不动产登记', TODAY)).toBe(
      '停办 7月14日 周二至7月15日 周三 09:00–11:00 整个大厅',
    );
  });

  it('needs a reason, days to come, and a part that has a length', () => {
    expect(closureFaults(form, TODAY)).toEqual({});
    expect(Object.keys(closureFaults({ ...form, reason: ' ' }, TODAY))).toEqual(['reason']);
    expect(Object.keys(closureFaults({ ...form, firstDay: '2026-07-13' }, TODAY))).toEqual(['firstDay']);
    expect(closureFaults({ ...form, lastDay: '2026-08-14' }, TODAY).lastDay).toBe('一次最多 31 天');
    expect(Object.keys(closureFaults({ ...form, part: true, from: '10:00', to: '10:00' }, TODAY))).toEqual([
      'to',
    ]);
  });
});

describe('a day planned by hand', () => {
  const morning = { ...rule, id: 'm' };
  const saturday = { ...rule, id: 's', weekdays: [6], from: '10:00' };

  it('starts from what applies on it, its present plan, or the first rule on a day without any', () => {
    const rules = [morning, saturday];
    expect(planFor({ rules, exceptions: [] }, TODAY).map(({ from }) => from)).toEqual(['09:00']);
    expect(planFor({ rules, exceptions: [] }, '2026-07-18').map(({ from }) => from)).toEqual(['10:00']);
    expect(planFor({ rules, exceptions: [] }, '2026-07-19').map(({ from }) => from)).toEqual(['09:00']);
    const planned = exception({ kind: 'override', plan: [{ ...rule, from: '13:00' }] });
    expect(planFor({ rules, exceptions: [planned] }, TODAY).map(({ from }) => from)).toEqual(['13:00']);
  });
});

describe('a policy', () => {
  const settings = {
    ...structuredClone(bookingPresets.standard),
    cancelBy: null,
    noShow: { ...bookingPresets.standard.noShow, calendarMonth: false },
  };
  const preset = { key: 'standard' as const, name: '标准', about: '', settings, window: null, rules: [] };

  it('keeps the name of a set as long as every number is its own', () => {
    expect(draftOf(structuredClone(settings), [preset]).preset).toBe('standard');
    expect(draftOf({ ...settings, perDay: 1 }, [preset]).preset).toBe('custom');
  });

  it('says which number contradicts another or is missing, and not of those that don’t count', () => {
    expect(policyFaults(settings)).toEqual({});
    expect(Object.keys(policyFaults({ ...settings, perWeek: 1 }))).toEqual(['perWeek']);
    expect(Object.keys(policyFaults({ ...settings, open: Number.NaN }))).toEqual(['open']);
    expect(policyFaults({ ...settings, cancelBy: { daysBefore: 1, at: '' } })).toEqual({
      cancelAt: '请填写时间',
    });
    const byMonth = { ...settings.noShow, calendarMonth: true, withinDays: Number.NaN };
    expect(policyFaults({ ...settings, noShow: byMonth })).toEqual({});
  });

  it('marks the sentences that a citizen would read for the first time, and those that would go', () => {
    const { then, gone } = compareRules(['甲', '乙'], ['甲', '丙']);
    expect(then).toEqual([
      { text: '甲', change: 'same' },
      { text: '丙', change: 'new' },
    ]);
    expect(gone).toEqual(['乙']);
  });

  it('shows the published sets by what they differ in', () => {
    expect(presetLine(preset)).toEqual({
      ahead: '按日历',
      perPerson: '日 2 · 周 5 · 月 15',
      cancel: '2 小时前',
      noShow: '30 天内 3 次，停 30 天',
    });
    const hospital = {
      ...settings,
      cancelBy: { daysBefore: 1, at: '17:00' },
      noShow: { ...settings.noShow, calendarMonth: true },
    };
    expect(presetLine({ settings: hospital, window: { fromDays: 0, toDays: 7 } })).toMatchObject({
      ahead: '当天至 7 天',
      cancel: '前一天 17:00 前',
      noShow: '当月 3 次，停到月底',
    });
  });
});

describe('the use of capacity', () => {
  const use: CapacityUse = {
    capacity: 100,
    publicCapacity: 70,
    greenCapacity: 10,
    public: 30,
    green: 5,
    internal: 5,
    came: 27,
    noShows: 3,
    cancelled: 4,
    missedPlaces: 5,
  };

  it('is what is taken of all places, and no-shows of those whose time has come', () => {
    expect(useShare(use)).toBe(0.4);
    expect(noShowShare(use)).toBe(0.1);
    expect(useShare({ ...use, capacity: 0 })).toBeNull();
    expect(noShowShare({ ...use, came: 0, noShows: 0 })).toBeNull();
  });

  it('is asked for in ranges that the server answers', () => {
    expect(rangeOf('last7', TODAY)).toEqual({ from: '2026-07-08', to: TODAY });
    expect(rangeOf('next14', TODAY)).toEqual({ from: TODAY, to: '2026-07-27' });
    expect(rangeOf('next30', TODAY)).toEqual({ from: TODAY, to: '2026-08-12' });
    expect(rangeFault({ from: TODAY, to: '2026-09-13' })).toBeUndefined();
    expect(rangeFault({ from: TODAY, to: '2026-09-14' })).toBe('一次最多看 62 天');
    expect(rangeFault({ from: TODAY, to: '2026-07-13' })).toBe('结束日期不能早于开始日期');
    expect(rangeFault({ from: '', to: TODAY })).toBe('请选择开始和结束日期');
  });
});

describe('the chart of capacity and use', () => {
  const column = (key: string, capacity: number, taken: number): Column => ({
    key,
    label: key,
    capacity,
    taken,
    missed: 0,
  });

  it('draws every column on one scale, also where more is taken than is planned', () => {
    const { bars, lines } = layOut([column('a', 40, 20), column('b', 10, 12)], 400, 200, 50);
    expect(bars.map(({ capacity, taken }) => [capacity, taken])).toEqual([
      [200, 100],
      [50, 60],
    ]);
    expect(lines.map(({ value }) => value)).toEqual([0, 10, 20, 30, 40]);
  });

  it('labels only as many columns as have room, and needs none', () => {
    const many = Array.from({ length: 60 }, (_, i) => column(String(i), 1, 0));
    expect(layOut(many, 600, 200, 50).bars.filter(({ labelled }) => labelled)).toHaveLength(12);
    expect(layOut([], 600, 200, 50).bars).toEqual([]);
  });

  it('has round numbers on its lines', () => {
    expect([1, 4, 5, 17, 80, 81, 1000].map(stepFor)).toEqual([1, 1, 2, 5, 20, 50, 500]);
  });
});
