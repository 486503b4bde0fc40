import { z } from 'zod';
import { Day, Id, Instant, PageQuery, RequestId, TimeOfDay, page, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const BookingState = z.enum(['held', 'confirmed', 'cancelled', 'checked_in', 'no_show', 'expired']);
export const VisitKind = z.enum(['window', 'phone', 'video', 'home', 'after_hours', 'agent']);
export const Contingent = z.enum(['public', 'green', 'internal']);
export const BookingChannel = z.enum(['app', 'desk', 'call']);

const Files = z.coerce.number().int().min(1).max(9).default(1);
const Persons = z.coerce.number().int().min(1).max(20).default(1);

/** What one visit is for: a main item, more that are done in the same go, and how many people are served side by side. */
export const Visit = {
  itemId: Id,
  /** How many files of the main item. */
  files: Files,
  also: z
    .array(z.object({ itemId: Id, files: Files }))
    .max(5)
    .default([]),
  persons: Persons,
};

/** The same in a query string; `also` is `ID` or `ID*files`, comma separated. */
export const VisitQuery = {
  files: Files,
  also: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{26}(\*[1-9])?(,[0-9A-HJKMNP-TV-Z]{26}(\*[1-9])?){0,4}$/, '事项列表格式不正确')
    .optional(),
  persons: Persons,
  kind: VisitKind.default('window'),
};

const CitizenQuery = {
  ...VisitQuery,
  /** `green`: with the green channel's places; whoever takes one needs evidence in the profile. */
  audience: z.enum(['public', 'green']).default('public'),
};

export const BookableDay = z.object({
  day: Day,
  /** `open` has places, `full` had some, `closed` is not a day of service. */
  status: z.enum(['open', 'full', 'closed']),
  remaining: z.number().int(),
  capacity: z.number().int(),
  note: z.string().nullable(),
  /** When a `closed` day comes out for booking, where that is still ahead. */
  opensAt: Instant.nullable(),
});
export type BookableDay = z.infer<typeof BookableDay>;

export const Slot = z.object({
  id: Id,
  start: Instant,
  end: Instant,
  startTime: TimeOfDay,
  endTime: TimeOfDay,
  kind: VisitKind,
  remaining: z.number().int(),
  capacity: z.number().int(),
});
export type Slot = z.infer<typeof Slot>;

/** A time worth proposing: the soonest free one, or the emptiest half day. */
export const SlotHint = z.object({ slotId: Id, day: Day, startTime: TimeOfDay, remaining: z.number().int() });
export type SlotHint = z.infer<typeof SlotHint>;

export const BookingAction = z.enum([
  'confirm',
  'release',
  'cancel',
  'reschedule',
  'check_in',
  'reply',
  'appeal',
]);
export type BookingAction = z.infer<typeof BookingAction>;

export const BookingItem = z.object({ itemId: Id, itemName: z.string(), files: z.number().int() });

export const Booking = z.object({
  id: Id,
  /** Six characters without look-alikes, said aloud at the desk. */
  code: z.string(),
  /** What the QR code on the card carries. */
  qr: z.string(),
  state: BookingState,
  itemId: Id,
  itemName: z.string(),
  hallId: Id,
  hallName: z.string(),
  queueId: Id,
  queueName: z.string(),
  place: z.string(),
  kind: VisitKind,
  contingent: Contingent,
  channel: BookingChannel,
  /** In the order they are served; the first is `itemId`. */
  items: z.array(BookingItem),
  persons: z.number().int(),
  /** Masked; null where the account's owner comes in person. */
  forName: z.string().nullable(),
  /** By which somebody else comes. */
  authorisationId: Id.nullable(),
  slotId: Id,
  day: Day,
  start: Instant,
  end: Instant,
  checkInFrom: Instant,
  checkInUntil: Instant,
  cancelUntil: Instant,
  /** Once moved or cancelled, this time can't be had again: what somebody gives back is for others. */
  returnIsFinal: z.boolean(),
  /** While `held`: until when the place is kept. */
  holdUntil: Instant.nullable(),
  /** `coming`, once the person said so after a reminder. */
  reply: z.enum(['coming']).nullable(),
  createdAt: Instant,
  ticketId: Id.nullable(),
  actions: z.array(BookingAction),
});
export type Booking = z.infer<typeof Booking>;

/** What the desk sees: masked, and found by name or the beginning of the code among those of the day. */
export const HallBooking = Booking.omit({
  qr: true,
  actions: true,
  forName: true,
  authorisationId: true,
  returnIsFinal: true,
}).extend({
  citizenName: z.string(),
  phone: z.string().nullable(),
});
export type HallBooking = z.infer<typeof HallBooking>;

/** One form for a hold and for a booking at once: both take the place now. */
export const BookingReserve = z.object({
  requestId: RequestId,
  slotId: Id,
  ...Visit,
  /** Take a place of the green channel; needs evidence in the profile. */
  green: z.boolean().default(false),
  /** For somebody else, by an authorisation that is in force. */
  authorisationId: Id.optional(),
});
export type BookingReserve = z.infer<typeof BookingReserve>;

export const PersonalRefusals = [
  'REAL_NAME_REQUIRED',
  'BOOKING_LIMIT_REACHED',
  'BOOKING_SUSPENDED',
  'AUTHORISATION_NOT_VALID',
  'GREEN_EVIDENCE_REQUIRED',
] as const;
export const SlotRefusals = [
  'SLOT_NOT_FOUND',
  'SLOT_NOT_RELEASED',
  'SLOT_FULL',
  'SLOT_CLOSED',
  'SLOT_IN_PAST',
  'SLOT_GIVEN_BACK',
] as const;
export const VisitRefusals = [
  'ITEM_NOT_FOUND',
  'ITEM_NOT_OFFERED',
  'BOOKING_NOT_BOOKABLE',
  'VISIT_NOT_COMBINABLE',
  'VISIT_TOO_LONG',
  'VISIT_GROUP_TOO_LARGE',
  'VISIT_KIND_NOT_OFFERED',
] as const;

const ItemAtHall = { itemId: Id, hallId: Id };

export const bookingEndpoints = {
  listDays: endpoint(routes.booking.listDays, {
    summary: '某事项在某中心可预约的日期',
    input: z.object({ ...ItemAtHall, ...CitizenQuery }),
    output: z.object({
      items: z.array(BookableDay),
      rules: z.array(z.string()),
      /** How people can be served for this item here. */
      kinds: z.array(VisitKind),
      soonest: SlotHint.nullable(),
      quietest: SlotHint.nullable(),
      /** Of days that are open: a part of which every time is taken, for which one may wait. */
      fullParts: z.array(z.object({ day: Day, part: z.enum(['morning', 'afternoon']) })),
      /** How long a place that comes free is kept for whoever waits for it. */
      offerMinutes: z.number().int(),
    }),
    errors: ['HALL_NOT_FOUND', ...VisitRefusals],
  }),
  listSlots: endpoint(routes.booking.listSlots, {
    summary: '某日可预约的时段',
    input: z.object({ ...ItemAtHall, day: Day, ...CitizenQuery }),
    output: z.object({ items: z.array(Slot) }),
    errors: ['HALL_NOT_FOUND', ...VisitRefusals],
  }),
  /** Any branch that offers the item (同城通办): nearest first where a place is given, else soonest first. */
  listBranches: endpoint(routes.booking.listBranches, {
    summary: '可办理该事项的中心和最快可约时间',
    input: z.object({
      itemId: Id,
      latitude: z.coerce.number().min(-90).max(90).optional(),
      longitude: z.coerce.number().min(-180).max(180).optional(),
      kind: VisitKind.default('window'),
    }),
    output: z.object({
      items: z.array(
        z.object({
          hallId: Id,
          hallName: z.string(),
          address: z.string(),
          /** Straight line. */
          distanceMetres: z.number().int().nullable(),
          soonest: SlotHint.nullable(),
        }),
      ),
    }),
    errors: ['ITEM_NOT_FOUND', 'BOOKING_NOT_BOOKABLE'],
  }),
  hold: endpoint(routes.booking.hold, {
    summary: '保留一个时段，填写期间不被别人约走',
    input: BookingReserve,
    output: Booking,
    errors: [...PersonalRefusals, ...SlotRefusals, ...VisitRefusals, 'REQUEST_ID_REUSED'],
  }),
  confirm: endpoint(routes.booking.confirm, {
    summary: '确认保留的时段',
    input: z.object({
      bookingId: Id,
      /** For a visit at home. */
      address: text(200).optional(),
      /** Another number for a call or a visit; default the account's. */
      phone: text(20).optional(),
    }),
    output: Booking,
    errors: [
      'HOLD_EXPIRED',
      'BOOKING_STATE',
      'AUTHORISATION_NOT_VALID',
      'BOOKING_ADDRESS_REQUIRED',
      'BOOKING_PHONE_REQUIRED',
    ],
  }),
  release: endpoint(routes.booking.release, {
    summary: '放弃保留的时段',
    input: z.object({ bookingId: Id }),
    output: Booking,
    errors: ['BOOKING_STATE'],
  }),
  reserve: endpoint(routes.booking.reserve, {
    summary: '直接预约一个时段',
    input: BookingReserve,
    output: Booking,
    errors: [
      ...PersonalRefusals,
      ...SlotRefusals,
      ...VisitRefusals,
      'BOOKING_ADDRESS_REQUIRED',
      'REQUEST_ID_REUSED',
    ],
  }),
  listMine: endpoint(routes.booking.listMine, {
    /** Without a state: all but holds that ended without becoming a booking. */
    summary: '我的预约',
    input: z.object({ ...PageQuery, state: BookingState.optional() }),
    output: page(Booking),
    errors: [],
  }),
  getMine: endpoint(routes.booking.getMine, {
    summary: '预约详情',
    input: z.object({ bookingId: Id }),
    output: Booking,
    errors: [],
  }),
  /** Until `cancelUntil` a cancellation; from then until the start a late release: the place goes to others, and it is no no-show. */
  cancel: endpoint(routes.booking.cancel, {
    summary: '取消预约，或在最后时刻放弃名额',
    input: z.object({ bookingId: Id, reason: text(100).optional() }),
    output: Booking,
    errors: ['BOOKING_STATE', 'BOOKING_CANCEL_TOO_LATE'],
  }),
  /** One swap: the old place is given back only if the new one is taken. The booking keeps its id and code. */
  reschedule: endpoint(routes.booking.reschedule, {
    summary: '改到另一个时段',
    input: z.object({
      bookingId: Id,
      requestId: RequestId,
      /** Of the same hall, or of another one that offers the same items. */
      slotId: Id,
    }),
    output: Booking,
    errors: [
      'BOOKING_STATE',
      'BOOKING_MOVE_TOO_LATE',
      'BOOKING_LIMIT_REACHED',
      'BOOKING_ADDRESS_REQUIRED',
      'BOOKING_PHONE_REQUIRED',
      'REQUEST_ID_REUSED',
      ...SlotRefusals,
      ...VisitRefusals,
    ],
  }),
  /** The answer to a reminder; giving the place up is `cancel`. */
  reply: endpoint(routes.booking.reply, {
    summary: '回复提醒：我会来',
    input: z.object({ bookingId: Id, coming: z.literal(true) }),
    output: Booking,
    errors: ['BOOKING_STATE', 'BOOKING_TIME_CLOSED'],
  }),
  alternatives: endpoint(routes.booking.alternatives, {
    summary: '可以改约的相近时段',
    input: z.object({ bookingId: Id }),
    output: z.object({
      /** The booked time is no longer offered: the hall is shut then. */
      closed: z.boolean(),
      /** At most three, nearest to the booked time first. */
      items: z.array(SlotHint),
    }),
    errors: [],
  }),
  calendar: endpoint(routes.booking.calendar, {
    summary: '日历文件，带提醒',
    input: z.object({ bookingId: Id }),
    /** `ics` is the text of an iCalendar file (RFC 5545), `fileName` ends in .ics. */
    output: z.object({ fileName: z.string(), ics: z.string() }),
    errors: ['BOOKING_STATE'],
  }),
  listOfDay: endpoint(routes.booking.listOfDay, {
    summary: '本中心某日的预约',
    input: z.object({ ...PageQuery, day: Day.optional(), queueId: Id.optional(), q: text(30).optional() }),
    output: page(HallBooking),
    errors: [],
  }),
};
