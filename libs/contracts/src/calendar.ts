import { mostDaysAhead } from '@haoban/domain';
import { z } from 'zod';
import { BookingChannel, BookingState, VisitKind } from './booking.js';
import { Day, Flag, Id, Instant, PageQuery, RequestId, TimeOfDay, page, requiredText } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

const Places = z.number().int().min(0).max(200);
const Weekday = z.number().int().min(1).max(7);
const DaysAhead = z.number().int().min(0).max(mostDaysAhead);
const Reason = requiredText(100);

/** At most so many places at once for a class of items, e.g. `{ "long": 2 }`. */
const ClassPlaces = z.record(z.string().regex(/^[a-z0-9_-]{1,20}$/, '事项类别格式不正确'), Places);

/** One stretch of opening: how it is cut, and its places. `desksPublic` and `desksGreen` are parts of `desksInternal`, which is all there is. */
const Stretch = {
  kind: VisitKind.default('window'),
  from: TimeOfDay,
  to: TimeOfDay,
  slotMinutes: z.number().int().min(0).max(480),
  desksPublic: Places,
  desksGreen: Places.default(0),
  desksInternal: Places,
  classPlaces: ClassPlaces.nullable().default(null),
};

/** A repeating opening of a queue. A draft has no `id` until it is saved. */
export const CalendarRule = z.object({
  id: z.string().max(26).optional(),
  name: z.string().trim().max(30).default(''),
  ...Stretch,
  /** 1 is Monday. */
  weekdays: z.array(Weekday).max(7),
  /** Every n-th week, counted from the week of `firstDay`. */
  everyWeeks: z.number().int().min(1).max(12).default(1),
  /** Only the n-th such weekday of the month, -1 the last. */
  weekOfMonth: z
    .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(-1)])
    .nullable()
    .default(null),
  firstDay: Day.nullable().default(null),
  lastDay: Day.nullable().default(null),
  /** Bookable from today + `windowFromDays` to today + `windowToDays`. */
  windowFromDays: DaysAhead,
  windowToDays: DaysAhead,
  /** Soonest notice; null: the hall's. */
  noticeMinutes: z.number().int().min(0).max(10_080).nullable().default(null),
});
export type CalendarRule = z.infer<typeof CalendarRule>;

/** A part of a day that is planned by hand. */
export const CalendarStretch = z.object(Stretch);
export type CalendarStretch = z.infer<typeof CalendarStretch>;

/** A closure of a whole hall (`queueId` null) or of one queue, of the day or a part of it; or a day planned by hand, which beats a holiday. */
export const CalendarException = z.object({
  id: Id,
  kind: z.enum(['closure', 'override']),
  queueId: Id.nullable(),
  queueName: z.string().nullable(),
  day: Day,
  /** Null: the whole day. */
  from: TimeOfDay.nullable(),
  to: TimeOfDay.nullable(),
  /** Shown to citizens. */
  reason: z.string(),
  /** Of an override. */
  plan: z.array(CalendarStretch),
  createdBy: z.string(),
  createdAt: Instant,
  /** Bookings that it hit, and how many of them have neither moved nor been cancelled yet. */
  affected: z.number().int(),
  unanswered: z.number().int(),
});
export type CalendarException = z.infer<typeof CalendarException>;

export const PublicDay = z.object({
  day: Day,
  kind: z.enum(['workday', 'weekend', 'holiday', 'worked_weekend']),
  /** Such as 国庆节放假; null on an ordinary day. */
  note: z.string().nullable(),
  /** The hall's hours after holidays, 调休 and closures of the whole hall. */
  periods: z.array(z.object({ from: TimeOfDay, to: TimeOfDay })),
});
export type PublicDay = z.infer<typeof PublicDay>;

/** A booking whose time would no longer be there (`closed`), or is there but cut into other slots (`regridded`: it stays as it is). */
export const AffectedBooking = z.object({
  bookingId: Id,
  code: z.string(),
  state: BookingState,
  channel: BookingChannel,
  queueId: Id,
  queueName: z.string(),
  itemName: z.string(),
  kind: VisitKind,
  day: Day,
  startTime: TimeOfDay,
  endTime: TimeOfDay,
  /** Masked. */
  name: z.string(),
  phone: z.string().nullable(),
  /** False: no account to send a message to, somebody has to ring. */
  reachable: z.boolean(),
  cause: z.enum(['closed', 'regridded']),
});
export type AffectedBooking = z.infer<typeof AffectedBooking>;

const Affected = {
  /** The first 200 by time. */
  affected: z.array(AffectedBooking),
  affectedCount: z.number().int(),
  /** Of all of them: those that lose their time, and those of these who have no account, so that somebody has to ring. */
  closedCount: z.number().int(),
  ringCount: z.number().int(),
};

export const AffectedBookings = z.object(Affected);
export type AffectedBookings = z.infer<typeof AffectedBookings>;

export const CalendarWarning = z.object({
  code: z.enum(['overlap', 'below_taken', 'slots_gone', 'outside_hours', 'no_slots', 'not_announced']),
  /** Ready to show. */
  text: z.string(),
  /** Indexes into the rules asked about. */
  rules: z.array(z.number().int()),
  days: z.array(Day),
});
export type CalendarWarning = z.infer<typeof CalendarWarning>;

export const PlannedSlot = z.object({
  start: TimeOfDay,
  end: TimeOfDay,
  kind: VisitKind,
  public: z.number().int(),
  green: z.number().int(),
  internal: z.number().int(),
  classPlaces: ClassPlaces.nullable(),
  /** Places taken now, in all contingents together. */
  taken: z.number().int(),
  /** Against what is in force now. */
  change: z.enum(['same', 'new', 'changed', 'gone']),
});
export type PlannedSlot = z.infer<typeof PlannedSlot>;

export const PreviewDay = z.object({
  day: Day,
  kind: PublicDay.shape.kind,
  /** Why there is nothing, or why the day is unlike others: 国庆节放假, a closure's reason, … */
  note: z.string().nullable(),
  byHand: z.boolean(),
  /** By time and kind; those that would go are in it with `change: "gone"`. */
  slots: z.array(PlannedSlot),
});
export type PreviewDay = z.infer<typeof PreviewDay>;

const DraftClosure = z.object({
  /** Null: the whole hall. */
  queueId: Id.nullable().default(null),
  day: Day,
  /** Both or neither. */
  from: TimeOfDay.nullable().default(null),
  to: TimeOfDay.nullable().default(null),
});

export const CalendarChange = z.object({
  id: Id,
  at: Instant,
  staffName: z.string(),
  action: z.enum(['rules', 'close', 'reopen', 'override', 'override_removed', 'policy']),
  /** Null: the whole hall. */
  queueId: Id.nullable(),
  queueName: z.string().nullable(),
  reason: z.string(),
  /** What stood there and what stands there now, a sentence each; only what differs. */
  before: z.array(z.string()),
  after: z.array(z.string()),
  affected: z.number().int(),
});
export type CalendarChange = z.infer<typeof CalendarChange>;

const Share = z.number().min(0).max(1);
const count = (min: number, max: number) => z.number().int().min(min).max(max);

/** Every number of the booking rules of a hall. */
export const PolicySettings = z.object({
  perDay: count(1, 50),
  perWeek: count(1, 200),
  perMonth: count(1, 500),
  /** Bookings that still lie ahead. */
  open: count(1, 100),
  cancelHoursBefore: count(0, 168),
  /** In place of the hours: until a clock time so many days before. */
  cancelBy: z
    .object({ daysBefore: count(0, 7), at: TimeOfDay })
    .nullable()
    .default(null),
  noticeMinutes: count(0, 10_080),
  /** `count` 0: nobody is suspended. `calendarMonth`: counted in the month, suspended until its end. */
  noShow: z.object({
    count: count(0, 20),
    withinDays: count(1, 365),
    suspendDays: count(0, 365),
    calendarMonth: z.boolean().default(false),
  }),
  checkIn: z.object({
    earlyMinutes: count(0, 480),
    onTimeBeforeMinutes: count(0, 480),
    graceMinutes: count(0, 240),
    lateMinutes: count(0, 480),
  }),
  maxItems: count(1, 6),
  maxSlots: count(1, 24),
  maxPersons: count(1, 20),
  holdMinutes: count(1, 30),
  offerMinutes: count(1, 120),
  reopen: z.object({ minMinutes: count(0, 1_440), maxMinutes: count(0, 1_440) }),
  /** `atOpening` is a part of 1. */
  drip: z.object({ atOpening: Share, overHours: count(0, 168) }),
});
export type PolicySettings = z.infer<typeof PolicySettings>;

export const PolicyPresetKey = z.enum([
  'standard',
  'strict',
  'relaxed',
  'service_centre',
  'real_estate',
  'tax',
  'hospital',
  'registration_platform',
  'teaching_hospital',
]);
export type PolicyPresetKey = z.infer<typeof PolicyPresetKey>;

export const BookingPolicy = z.object({
  hallId: Id,
  preset: z.enum([...PolicyPresetKey.options, 'custom']),
  presetName: z.string(),
  settings: PolicySettings,
  /** What a citizen reads before booking. */
  rules: z.array(z.string()),
  version: z.number().int(),
  savedBy: z.string().nullable(),
  savedAt: Instant.nullable(),
});
export type BookingPolicy = z.infer<typeof BookingPolicy>;

export const PolicyPreset = z.object({
  key: PolicyPresetKey,
  /** 标准, 不动产登记式, … */
  name: z.string(),
  about: z.string(),
  settings: PolicySettings,
  /** How far ahead such a hall lets people book: a proposal for the calendar's rules; null where it says nothing. */
  window: z.object({ fromDays: z.number().int(), toDays: z.number().int() }).nullable(),
  rules: z.array(z.string()),
});
export type PolicyPreset = z.infer<typeof PolicyPreset>;

const UseCount = {
  /** Places in all, and the public and green parts of them. */
  capacity: z.number().int(),
  publicCapacity: z.number().int(),
  greenCapacity: z.number().int(),
  /** Places taken by contingent. */
  public: z.number().int(),
  green: z.number().int(),
  internal: z.number().int(),
  /** Bookings that came, that did not come, and that were cancelled. */
  came: z.number().int(),
  noShows: z.number().int(),
  cancelled: z.number().int(),
  /** Of the places taken, those of bookings that did not come: each person in each slot, as places are counted. */
  missedPlaces: z.number().int(),
};
export const CapacityUse = z.object(UseCount);
export type CapacityUse = z.infer<typeof CapacityUse>;

const QueueId = { queueId: Id };
const Own = ['QUEUE_NOT_FOUND'] as const;

export const calendarEndpoints = {
  getCalendar: endpoint(routes.calendar.getCalendar, {
    summary: '队列的放号日历：规则、特殊日期和节假日',
    /** At most 62 days; default today and 30 days more. */
    input: z.object({ ...QueueId, from: Day.optional(), to: Day.optional() }),
    output: z.object({
      queueId: Id,
      queueName: z.string(),
      prefix: z.string(),
      hallId: Id,
      /** To be sent along with `saveRules`. */
      version: z.number().int(),
      rules: z.array(CalendarRule),
      /** The rules in sentences, in the same order. */
      ruleTexts: z.array(z.string()),
      /** Of this queue and of the whole hall, from today on. */
      exceptions: z.array(CalendarException),
      days: z.array(PublicDay),
      /** Desks that serve this queue are the manager's to know; these are facts of the queue. */
      averageMinutes: z.number().int(),
      dailyCap: z.number().int(),
      /** Classes that items of this queue have. */
      itemClasses: z.array(z.string()),
      /** Kinds that items of this queue can be served by. */
      kinds: z.array(VisitKind),
    }),
    errors: [...Own, 'CALENDAR_RANGE_TOO_LONG'],
  }),
  listChanges: endpoint(routes.calendar.listChanges, {
    summary: '日历和规则的变更记录',
    /** Without a queue: of the whole hall, everything. */
    input: z.object({ ...PageQuery, queueId: Id.optional() }),
    output: page(CalendarChange),
    errors: [...Own],
  }),
  preview: endpoint(routes.calendar.preview, {
    summary: '保存前预览：生成的时段、冲突和受影响的预约',
    input: z.object({
      ...QueueId,
      /** Without it: the rules in force. */
      rules: z.array(CalendarRule).max(40).optional(),
      closures: z.array(DraftClosure).max(31).default([]),
      overrides: z
        .array(z.object({ day: Day, plan: z.array(CalendarStretch).min(1).max(10) }))
        .max(31)
        .default([]),
      /** Exceptions that would be removed. */
      without: z.array(Id).max(31).default([]),
      /** At most 62 days. */
      from: Day,
      to: Day,
    }),
    output: z.object({
      days: z.array(PreviewDay),
      warnings: z.array(CalendarWarning),
      /** Slots and places in the range, now and then. */
      now: z.object({ slots: z.number().int(), places: z.number().int() }),
      then: z.object({ slots: z.number().int(), places: z.number().int() }),
      ...Affected,
    }),
    errors: [...Own, 'CALENDAR_INVALID', 'CALENDAR_RANGE_TOO_LONG', 'CALENDAR_DAY_PAST'],
  }),
  saveRules: endpoint(routes.calendar.saveRules, {
    summary: '保存放号规则',
    input: z.object({
      ...QueueId,
      version: z.number().int(),
      rules: z.array(CalendarRule).max(40),
      reason: Reason,
    }),
    output: z.object({ version: z.number().int(), rules: z.array(CalendarRule), ...Affected }),
    errors: [...Own, 'CALENDAR_CHANGED', 'CALENDAR_INVALID'],
  }),
  addClosure: endpoint(routes.calendar.addClosure, {
    summary: '停办：整个大厅或一个队列，全天或部分时间',
    input: z.object({
      requestId: RequestId,
      /** Null: the whole hall. */
      queueId: Id.nullable().default(null),
      days: z.array(Day).min(1).max(31),
      /** Both or neither; without them the whole day. */
      from: TimeOfDay.nullable().default(null),
      to: TimeOfDay.nullable().default(null),
      reason: Reason,
      /** Only says what would happen. */
      dryRun: z.boolean().default(false),
    }),
    /** `exceptions` is empty in a dry run. `told` had a message sent, the others of `affected` must be rung. */
    output: z.object({ exceptions: z.array(CalendarException), told: z.number().int(), ...Affected }),
    errors: [...Own, 'CALENDAR_INVALID', 'CALENDAR_DAY_PAST', 'REQUEST_ID_REUSED'],
  }),
  removeClosure: endpoint(routes.calendar.removeClosure, {
    summary: '取消停办：原来的预约恢复',
    input: z.object({ exceptionId: Id, reason: Reason }),
    /** Bookings that hold again as they were. */
    output: z.object({ restored: z.number().int() }),
    errors: ['CALENDAR_DAY_PAST'],
  }),
  addOverride: endpoint(routes.calendar.addOverride, {
    summary: '单独安排某一天，节假日也开放；同一天原有的安排被替换',
    input: z.object({
      requestId: RequestId,
      ...QueueId,
      day: Day,
      plan: z.array(CalendarStretch).min(1).max(10),
      reason: Reason,
      dryRun: z.boolean().default(false),
    }),
    output: z.object({ exception: CalendarException.nullable(), told: z.number().int(), ...Affected }),
    errors: [...Own, 'CALENDAR_INVALID', 'CALENDAR_DAY_PAST', 'REQUEST_ID_REUSED'],
  }),
  removeOverride: endpoint(routes.calendar.removeOverride, {
    summary: '取消单独安排，恢复按规则放号',
    input: z.object({ exceptionId: Id, reason: Reason, dryRun: z.boolean().default(false) }),
    output: z.object({ told: z.number().int(), ...Affected }),
    errors: ['CALENDAR_DAY_PAST'],
  }),
  listAffected: endpoint(routes.calendar.listAffected, {
    summary: '因停办或调整受影响、还没有答复的预约',
    input: z.object({ ...PageQuery, exceptionId: Id.optional(), unreachable: Flag.optional() }),
    output: page(AffectedBooking.extend({ reason: z.string(), toldAt: Instant, answerUntil: Instant })),
    errors: [],
  }),
  getPolicy: endpoint(routes.calendar.getPolicy, {
    summary: '本大厅的预约规则',
    input: z.object({}),
    output: BookingPolicy,
    errors: [],
  }),
  savePolicy: endpoint(routes.calendar.savePolicy, {
    summary: '保存预约规则：选用一套或逐项设置',
    input: z.object({
      version: z.number().int(),
      preset: z.enum([...PolicyPresetKey.options, 'custom']),
      /** Needed with `custom`. */
      settings: PolicySettings.optional(),
      reason: Reason,
      /** Only says how citizens would read it. */
      dryRun: z.boolean().default(false),
    }),
    output: BookingPolicy,
    errors: ['POLICY_CHANGED', 'POLICY_INVALID'],
  }),
  presets: endpoint(routes.calendar.presets, {
    summary: '可选的几套预约规则',
    input: z.object({}),
    output: z.object({ items: z.array(PolicyPreset) }),
    errors: [],
  }),
  use: endpoint(routes.calendar.use, {
    summary: '容量和使用情况，按天和按小时',
    /** At most 62 days. */
    input: z.object({ from: Day, to: Day, queueId: Id.optional() }),
    output: z.object({
      days: z.array(CapacityUse.extend({ day: Day })),
      /** By the hour in which a slot begins, over all days together. */
      hours: z.array(CapacityUse.extend({ hour: z.number().int().min(0).max(23) })),
      total: CapacityUse,
    }),
    errors: [...Own, 'CALENDAR_RANGE_TOO_LONG'],
  }),
};
