import type { PolicySettings } from '@haoban/contracts';

/** One number of the rules: what it is called, what it may be, and where it stands. */
export interface NumberSpec {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly min?: number;
  readonly max: number;
  readonly hint?: string;
  readonly read: (settings: PolicySettings) => number;
  readonly write: (settings: PolicySettings, value: number) => PolicySettings;
  /** Only where it counts for something. */
  readonly shown?: (settings: PolicySettings) => boolean;
}

type Spec = Omit<NumberSpec, 'key' | 'read' | 'write'>;
type FlatKey = {
  [K in keyof PolicySettings]: PolicySettings[K] extends number ? K : never;
}[keyof PolicySettings];
type PartKey = 'noShow' | 'checkIn' | 'reopen';
type NumbersIn<K extends PartKey> = {
  [F in keyof PolicySettings[K]]: PolicySettings[K][F] extends number ? F : never;
}[keyof PolicySettings[K]] &
  string;

const flat = (key: FlatKey, spec: Spec): NumberSpec => ({
  ...spec,
  key,
  read: (settings) => settings[key],
  write: (settings, value) => ({ ...settings, [key]: value }),
});

const part = <K extends PartKey>(key: K, field: NumbersIn<K>, spec: Spec): NumberSpec => ({
  ...spec,
  key: `${key}.${field}`,
  read: (settings) => settings[key][field] as number,
  write: (settings, value) => ({ ...settings, [key]: { ...settings[key], [field]: value } }),
});

const cancelDays: NumberSpec = {
  key: 'cancelBy.daysBefore',
  label: '提前',
  unit: '天',
  max: 7,
  shown: ({ cancelBy }) => cancelBy !== null,
  read: ({ cancelBy }) => cancelBy?.daysBefore ?? Number.NaN,
  write: (settings, daysBefore) => ({
    ...settings,
    cancelBy: settings.cancelBy && { ...settings.cancelBy, daysBefore },
  }),
};

const atOpening: NumberSpec = {
  key: 'drip.atOpening',
  label: '开放时先放',
  unit: '%',
  max: 100,
  hint: '其余分批放出',
  read: ({ drip }) => Math.round(drip.atOpening * 100),
  write: (settings, percent) => ({ ...settings, drip: { ...settings.drip, atOpening: percent / 100 } }),
};

const overHours: NumberSpec = {
  key: 'drip.overHours',
  label: '其余多久放完',
  unit: '小时',
  max: 168,
  read: ({ drip }) => drip.overHours,
  write: (settings, hours) => ({ ...settings, drip: { ...settings.drip, overHours: hours } }),
};

const byMonth = ({ noShow }: PolicySettings) => !noShow.calendarMonth;

export const numberGroups: readonly { readonly legend: string; readonly numbers: readonly NumberSpec[] }[] = [
  {
    legend: '每人次数（按身份证号）',
    numbers: [
      flat('perDay', { label: '每天', unit: '次', min: 1, max: 50 }),
      flat('perWeek', { label: '每周', unit: '次', min: 1, max: 200 }),
      flat('perMonth', { label: '每月', unit: '次', min: 1, max: 500 }),
      flat('open', { label: '还没办的', unit: '个', min: 1, max: 100 }),
      flat('noticeMinutes', { label: '至少提前', unit: '分钟', max: 10_080 }),
    ],
  },
  {
    legend: '取消和改约',
    numbers: [
      flat('cancelHoursBefore', {
        label: '开始前',
        unit: '小时',
        max: 168,
        shown: ({ cancelBy }) => cancelBy === null,
      }),
      cancelDays,
    ],
  },
  {
    legend: '签到和迟到',
    numbers: [
      part('checkIn', 'earlyMinutes', { label: '最早签到', unit: '分钟前', max: 480 }),
      part('checkIn', 'onTimeBeforeMinutes', { label: '从何时算准时', unit: '分钟前', max: 480 }),
      part('checkIn', 'graceMinutes', { label: '晚到不影响顺序', unit: '分钟', max: 240 }),
      part('checkIn', 'lateMinutes', { label: '晚到就作废', unit: '分钟后', max: 480 }),
    ],
  },
  {
    legend: '爽约',
    numbers: [
      part('noShow', 'count', { label: '爽约', unit: '次', max: 20, hint: '0 为不限制' }),
      part('noShow', 'withinDays', { label: '在多少天内', unit: '天', min: 1, max: 365, shown: byMonth }),
      part('noShow', 'suspendDays', { label: '暂停网上预约', unit: '天', max: 365, shown: byMonth }),
    ],
  },
  {
    legend: '一次来办',
    numbers: [
      flat('maxItems', { label: '最多几个事项', unit: '个', min: 1, max: 6 }),
      flat('maxSlots', { label: '最多几个时段', unit: '个', min: 1, max: 24 }),
      flat('maxPersons', { label: '最多几人同来', unit: '人', min: 1, max: 20 }),
      flat('holdMinutes', { label: '填表时留名额', unit: '分钟', min: 1, max: 30 }),
      flat('offerMinutes', { label: '候补时留名额', unit: '分钟', min: 1, max: 120 }),
    ],
  },
  {
    legend: '放号和退号',
    numbers: [
      part('reopen', 'minMinutes', {
        label: '退号最快放出',
        unit: '分钟后',
        max: 1_440,
        hint: '时间随机，防倒号',
      }),
      part('reopen', 'maxMinutes', { label: '退号最晚放出', unit: '分钟后', max: 1_440 }),
      atOpening,
      overHours,
    ],
  },
];
