import { z } from 'zod';
import { BookingItem, PersonalRefusals, Visit, VisitKind, VisitRefusals } from './booking.js';
import { Day, Flag, Id, Instant, PageQuery, RequestId, TimeOfDay, page, requiredText } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const WaitlistState = z.enum(['waiting', 'offered', 'booked', 'left', 'ended']);
export type WaitlistState = z.infer<typeof WaitlistState>;

/** Which times of the day would do; the morning ends at 12:00. */
export const WaitlistPart = z.enum(['any', 'morning', 'afternoon']);
export type WaitlistPart = z.infer<typeof WaitlistPart>;

/** `accept` is `booking.confirm` on the offered booking. */
export const WaitlistAction = z.enum(['accept', 'decline', 'leave']);
export type WaitlistAction = z.infer<typeof WaitlistAction>;

/** Why a free place went past somebody, in words; the code is one of the error catalogue. */
export const WaitlistSkip = z.object({ code: z.string(), message: z.string(), at: Instant });
export type WaitlistSkip = z.infer<typeof WaitlistSkip>;

/** A place that is kept for this person alone, until `until`. */
export const WaitlistOffer = z.object({
  /** A booking in state `held`. */
  bookingId: Id,
  slotId: Id,
  start: Instant,
  end: Instant,
  startTime: TimeOfDay,
  endTime: TimeOfDay,
  until: Instant,
});
export type WaitlistOffer = z.infer<typeof WaitlistOffer>;

const entry = {
  id: Id,
  state: WaitlistState,
  itemId: Id,
  itemName: z.string(),
  hallId: Id,
  hallName: z.string(),
  queueId: Id,
  queueName: z.string(),
  day: Day,
  part: WaitlistPart,
  kind: VisitKind,
  /** Waits for places of the green channel too. */
  green: z.boolean(),
  items: z.array(BookingItem),
  persons: z.number().int(),
  joinedAt: Instant,
  /** While `waiting`: how many are asked before. */
  ahead: z.number().int().nullable(),
  /** Offers that were declined or ran out: each puts the entry behind those who let fewer pass. */
  passed: z.number().int(),
  offer: WaitlistOffer.nullable(),
  /** The last time a place went past because of the person's own limits. */
  skipped: WaitlistSkip.nullable(),
  /** Once `ended`: the day is over, the hall took its times away, or the person got a booking in another way. */
  endReason: z.enum(['day_over', 'day_closed', 'booked_otherwise']).nullable(),
};

export const WaitlistEntry = z.object({
  ...entry,
  /** Masked; null where the account's owner comes in person. */
  forName: z.string().nullable(),
  /** `前面还有 3 人`; null when it is over. */
  lineText: z.string().nullable(),
  /** Once `booked`: what it became. */
  bookingId: Id.nullable(),
  actions: z.array(WaitlistAction),
});
export type WaitlistEntry = z.infer<typeof WaitlistEntry>;

/** What the manager sees; names and numbers are masked. */
export const HallWaitlistEntry = z.object({
  ...entry,
  personName: z.string(),
  phone: z.string().nullable(),
  /** Who joined for the person, where that is somebody else. */
  agentName: z.string().nullable(),
});
export type HallWaitlistEntry = z.infer<typeof HallWaitlistEntry>;

export const WaitlistJoin = z.object({
  requestId: RequestId,
  ...Visit,
  hallId: Id,
  day: Day,
  part: WaitlistPart.default('any'),
  kind: VisitKind.default('window'),
  /** Green places too; needs evidence in the profile. */
  green: z.boolean().default(false),
  /** For somebody else, by an authorisation that is in force. */
  authorisationId: Id.optional(),
});
export type WaitlistJoin = z.infer<typeof WaitlistJoin>;

/** A returned place on its way back: it re-opens at a moment nobody outside can foresee, and the waitlist is asked first. */
export const SlotReturn = z.object({
  id: Id,
  slotId: Id,
  queueId: Id,
  queueName: z.string(),
  day: Day,
  start: Instant,
  startTime: TimeOfDay,
  kind: VisitKind,
  places: z.number().int(),
  /** Masked: who gave it back, and never gets it again. */
  personName: z.string(),
  returnedAt: Instant,
  reopenAt: Instant,
  reopenedAt: Instant.nullable(),
  /** Once re-opened: kept for somebody on the waitlist, or open to all. */
  wentTo: z.enum(['waitlist', 'all']).nullable(),
});
export type SlotReturn = z.infer<typeof SlotReturn>;

export const SlotRelease = z.object({
  slotId: Id,
  queueId: Id,
  queueName: z.string(),
  start: Instant,
  startTime: TimeOfDay,
  kind: VisitKind,
  /** Public places. */
  capacity: z.number().int(),
  /** Of these, how many are out by now. */
  released: z.number().int(),
  taken: z.number().int(),
  heldBack: z.number().int(),
  /** All moments of the day's schedule, the opening first; `total` are out from then on. */
  moments: z.array(z.object({ at: Instant, total: z.number().int() })),
});
export type SlotRelease = z.infer<typeof SlotRelease>;

export const ScalpingKind = z.enum([
  'many_cancels',
  'cancel_then_rebooked',
  'many_principals',
  'unused_holds',
  'rate_limited',
]);
export type ScalpingKind = z.infer<typeof ScalpingKind>;

/** One act behind a signal. */
export const ScalpingAct = z.object({
  at: Instant,
  /** `取消`, `被另一人约走` …: ready to be shown. */
  what: z.string(),
  bookingId: Id.nullable(),
  code: z.string().nullable(),
  itemName: z.string().nullable(),
  queueName: z.string().nullable(),
  start: Instant.nullable(),
  /** Masked: the one who got the place, or the one it was booked for. */
  otherName: z.string().nullable(),
});
export type ScalpingAct = z.infer<typeof ScalpingAct>;

/** A hint to look closer, no proof: nothing is refused because of it. */
export const ScalpingSignal = z.object({
  kind: ScalpingKind,
  /** One sentence: `30 天内取消了 6 次`. */
  text: z.string(),
  /** Masked. */
  personName: z.string(),
  idNumber: z.string().nullable(),
  /** How often it happened. */
  count: z.number().int(),
  lastAt: Instant,
  /** The list behind it, newest first, at most 50. */
  acts: z.array(ScalpingAct),
});
export type ScalpingSignal = z.infer<typeof ScalpingSignal>;

const HallDay = { day: Day.optional(), queueId: Id.optional() };

export const waitlistEndpoints = {
  join: endpoint(routes.waitlist.join, {
    summary: '约满时加入候补',
    input: WaitlistJoin,
    output: WaitlistEntry,
    errors: [
      'HALL_NOT_FOUND',
      ...PersonalRefusals,
      ...VisitRefusals,
      'WAITLIST_PLACES_FREE',
      'WAITLIST_ALREADY_JOINED',
      'WAITLIST_DAY_NOT_OPEN',
      'WAITLIST_LIMIT_REACHED',
      'REQUEST_ID_REUSED',
    ],
  }),
  listMine: endpoint(routes.waitlist.listMine, {
    summary: '我的候补',
    /** `open`: only those that still wait or have an offer. */
    input: z.object({ ...PageQuery, open: Flag.optional() }),
    output: page(WaitlistEntry),
    errors: [],
  }),
  leave: endpoint(routes.waitlist.leave, {
    summary: '退出候补',
    input: z.object({ entryId: Id }),
    output: WaitlistEntry,
    errors: ['WAITLIST_STATE'],
  }),
  decline: endpoint(routes.waitlist.decline, {
    summary: '放弃这次候补到的名额，继续候补',
    input: z.object({ entryId: Id }),
    output: WaitlistEntry,
    errors: ['WAITLIST_STATE'],
  }),
  listOfHall: endpoint(routes.waitlist.listOfHall, {
    summary: '本中心某日的候补名单',
    /** In the order in which they are asked; `open` leaves out what is over. Without a day: the next for which anybody waits, else today. */
    input: z.object({ ...HallDay, open: Flag.optional() }),
    output: z.object({ day: Day, items: z.array(HallWaitlistEntry) }),
    errors: [],
  }),
  releases: endpoint(routes.waitlist.releases, {
    summary: '本中心某日的放号安排和退回的名额',
    input: z.object(HallDay),
    output: z.object({
      day: Day,
      /** The hall's rules in sentences. */
      rules: z.array(z.string()),
      slots: z.array(SlotRelease),
      /** Those still to re-open first, then the newest. */
      returns: z.array(SlotReturn),
    }),
    errors: [],
  }),
  signals: endpoint(routes.waitlist.signals, {
    summary: '疑似倒号的迹象',
    input: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
    output: z.object({ since: Instant, items: z.array(ScalpingSignal) }),
    errors: [],
  }),
  reopenNow: endpoint(routes.waitlist.reopenNow, {
    summary: '立即放出退回的名额（候补优先）',
    input: z.object({ returnId: Id, reason: requiredText(200) }),
    output: SlotReturn,
    errors: [],
  }),
};
