import type { DemoBookingRule, DemoQueue, Weekday } from './types.js';

const workdays: readonly Weekday[] = [1, 2, 3, 4, 5];
const weekend: readonly Weekday[] = [6, 7];

interface Capacity {
  readonly slotMinutes: DemoBookingRule['slotMinutes'];
  readonly desksPublic: number;
  readonly desksInternal: number;
  readonly bookToDays: number;
}

/** Residents' hall: booking from today on; at the weekend half of the desks, at least one, or none at all. */
const residents = (capacity: Capacity, openAtWeekend: boolean): readonly DemoBookingRule[] => {
  const halved = {
    ...capacity,
    desksPublic: Math.max(1, Math.floor(capacity.desksPublic / 2)),
    desksInternal: Math.max(1, Math.floor(capacity.desksInternal / 2)),
  };
  const week: readonly DemoBookingRule[] = [
    { weekdays: workdays, from: '09:00', to: '12:00', ...capacity, bookFromDays: 0 },
    { weekdays: workdays, from: '13:30', to: '17:00', ...capacity, bookFromDays: 0 },
  ];
  return openAtWeekend
    ? [
        ...week,
        { weekdays: weekend, from: '09:00', to: '12:00', ...halved, bookFromDays: 0 },
        { weekdays: weekend, from: '13:30', to: '16:30', ...halved, bookFromDays: 0 },
      ]
    : week;
};

/** Companies' hall: from the next day on, so that the clerk can look at the papers sent ahead. */
const companies = (capacity: Capacity): readonly DemoBookingRule[] => [
  { weekdays: workdays, from: '08:30', to: '12:00', ...capacity, bookFromDays: 1 },
  { weekdays: workdays, from: '14:00', to: '17:30', ...capacity, bookFromDays: 1 },
];

export const queues: readonly DemoQueue[] = [
  {
    code: 'SM-A',
    hall: 'RC-SM',
    name: '不动产登记',
    prefix: 'A',
    floor: '二层',
    zone: 'A 区',
    firstNumber: 1,
    lastNumber: 300,
    remoteAllowed: true,
    dailyCap: 120,
    booking: residents({ slotMinutes: 30, desksPublic: 3, desksInternal: 4, bookToDays: 13 }, true),
  },
  {
    code: 'SM-B',
    hall: 'RC-SM',
    name: '社保医保',
    prefix: 'B',
    floor: '一层',
    zone: 'B 区',
    firstNumber: 1,
    lastNumber: 500,
    remoteAllowed: true,
    dailyCap: 260,
    booking: residents({ slotMinutes: 15, desksPublic: 3, desksInternal: 4, bookToDays: 7 }, true),
  },
  {
    code: 'SM-C',
    hall: 'RC-SM',
    name: '户政出入境',
    prefix: 'C',
    floor: '一层',
    zone: 'C 区',
    firstNumber: 1,
    lastNumber: 400,
    remoteAllowed: true,
    dailyCap: 180,
    booking: residents({ slotMinutes: 15, desksPublic: 3, desksInternal: 3, bookToDays: 13 }, true),
  },
  {
    code: 'SM-D',
    hall: 'RC-SM',
    name: '住房公积金',
    prefix: 'D',
    floor: '二层',
    zone: 'B 区',
    firstNumber: 1,
    lastNumber: 300,
    remoteAllowed: true,
    dailyCap: 80,
    booking: residents({ slotMinutes: 20, desksPublic: 1, desksInternal: 2, bookToDays: 7 }, true),
  },
  {
    code: 'SM-E',
    hall: 'RC-SM',
    name: '车辆与驾驶人',
    prefix: 'E',
    floor: '一层',
    zone: 'D 区',
    firstNumber: 1,
    lastNumber: 300,
    remoteAllowed: true,
    dailyCap: 120,
    booking: residents({ slotMinutes: 15, desksPublic: 1, desksInternal: 2, bookToDays: 7 }, true),
  },
  {
    code: 'SM-F',
    hall: 'RC-SM',
    name: '民生综合',
    prefix: 'F',
    floor: '一层',
    zone: 'E 区',
    firstNumber: 1,
    lastNumber: 400,
    remoteAllowed: true,
    dailyCap: 180,
    booking: residents({ slotMinutes: 20, desksPublic: 3, desksInternal: 4, bookToDays: 7 }, true),
  },
  {
    code: 'SM-G',
    hall: 'RC-SM',
    name: '婚姻登记',
    prefix: 'G',
    floor: '三层',
    zone: 'A 区',
    firstNumber: 1,
    lastNumber: 120,
    // Both partners must come in person and at one time, so a number without being in the hall helps nobody.
    remoteAllowed: false,
    dailyCap: 30,
    booking: residents({ slotMinutes: 30, desksPublic: 1, desksInternal: 1, bookToDays: 30 }, true),
  },
  {
    code: 'SM-H',
    hall: 'RC-SM',
    name: '公证与法律服务',
    prefix: 'H',
    floor: '三层',
    zone: 'B 区',
    firstNumber: 1,
    lastNumber: 100,
    remoteAllowed: false,
    dailyCap: 24,
    booking: residents({ slotMinutes: 30, desksPublic: 1, desksInternal: 1, bookToDays: 13 }, false),
  },
  {
    code: 'SM-K',
    hall: 'RC-SM',
    name: '个人税务',
    prefix: 'K',
    floor: '二层',
    zone: 'C 区',
    firstNumber: 1,
    lastNumber: 200,
    remoteAllowed: true,
    dailyCap: 90,
    booking: residents({ slotMinutes: 15, desksPublic: 1, desksInternal: 2, bookToDays: 7 }, false),
  },
  {
    code: 'XZ-L',
    hall: 'RC-XZ',
    name: '企业开办与登记',
    prefix: 'L',
    floor: '一层',
    zone: 'A 区',
    firstNumber: 1,
    lastNumber: 300,
    remoteAllowed: true,
    dailyCap: 120,
    booking: companies({ slotMinutes: 20, desksPublic: 2, desksInternal: 3, bookToDays: 10 }),
  },
  {
    code: 'XZ-M',
    hall: 'RC-XZ',
    name: '经营许可',
    prefix: 'M',
    floor: '一层',
    zone: 'B 区',
    firstNumber: 1,
    lastNumber: 200,
    remoteAllowed: true,
    dailyCap: 80,
    booking: companies({ slotMinutes: 30, desksPublic: 1, desksInternal: 2, bookToDays: 10 }),
  },
  {
    code: 'XZ-N',
    hall: 'RC-XZ',
    name: '工程建设与报装',
    prefix: 'N',
    floor: '二层',
    zone: 'A 区',
    firstNumber: 1,
    lastNumber: 150,
    remoteAllowed: false,
    dailyCap: 60,
    booking: companies({ slotMinutes: 30, desksPublic: 1, desksInternal: 2, bookToDays: 13 }),
  },
  {
    code: 'XZ-P',
    hall: 'RC-XZ',
    name: '企业税务',
    prefix: 'P',
    floor: '一层',
    zone: 'C 区',
    firstNumber: 1,
    lastNumber: 250,
    remoteAllowed: true,
    dailyCap: 80,
    booking: companies({ slotMinutes: 15, desksPublic: 1, desksInternal: 2, bookToDays: 7 }),
  },
  {
    code: 'XZ-R',
    hall: 'RC-XZ',
    name: '社会事务与交通许可',
    prefix: 'R',
    floor: '二层',
    zone: 'B 区',
    firstNumber: 1,
    lastNumber: 150,
    remoteAllowed: true,
    dailyCap: 80,
    booking: companies({ slotMinutes: 30, desksPublic: 1, desksInternal: 2, bookToDays: 10 }),
  },
];
