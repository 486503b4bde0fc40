import { z } from 'zod';
import {
  BookableDay,
  HallBooking,
  Slot,
  SlotRefusals,
  Visit,
  VisitKind,
  VisitQuery,
  VisitRefusals,
} from './booking.js';
import { Day, Id, Instant, PageQuery, RequestId, page, requiredText, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

/** A list in a query string: `confirmed,held`. */
const States = z
  .string()
  .regex(
    /^(held|confirmed|cancelled|checked_in|no_show|expired)(,(held|confirmed|cancelled|checked_in|no_show|expired)){0,5}$/,
    '状态列表格式不正确',
  );

const Filter = {
  /** Days of the visit, both included; default today and all that are ahead. */
  from: Day.optional(),
  to: Day.optional(),
  states: States.optional(),
  kind: VisitKind.optional(),
  queueId: Id.optional(),
  /** The beginning of a code, a name or the beginning of one, or the last four digits of a phone number. */
  q: text(30).optional(),
};

export const HallBookingRow = HallBooking.extend({
  cancelReason: z.string().nullable(),
  checkedInAt: Instant.nullable(),
  /** False: no account to send a message to, somebody has to ring. */
  reachable: z.boolean(),
  /** What the one who asks may do with it now. */
  actions: z.array(z.enum(['move', 'cancel', 'serve', 'not_reached'])),
});
export type HallBookingRow = z.infer<typeof HallBookingRow>;

/** A slot as staff see it: `remaining` and `capacity` are of all places, the rest says what the public and the green channel have. */
export const HallSlot = Slot.extend({
  publicRemaining: z.number().int(),
  greenRemaining: z.number().int(),
  /** Places that were given back and are not open to the public again yet; staff may take them. */
  heldBack: z.number().int(),
});
export type HallSlot = z.infer<typeof HallSlot>;

export const HallBookingPerson = z.object({
  name: requiredText(50),
  idNumber: requiredText(30),
  /** Needed for a visit by phone or video. */
  phone: text(20).optional(),
});

export const HallBookingReserve = z.object({
  requestId: RequestId,
  slotId: Id,
  ...Visit,
  person: HallBookingPerson,
  channel: z.enum(['desk', 'call']),
  /** For a visit at home. */
  address: text(200).optional(),
  /** A manager's, to go beyond the person's limits or suspension. */
  overrideReason: requiredText(100).optional(),
});
export type HallBookingReserve = z.infer<typeof HallBookingReserve>;

export const BookingHistoryEntry = z.object({
  at: Instant,
  action: z.enum([
    'made',
    'confirmed',
    'moved',
    'cancelled',
    'released',
    'replied',
    'excused',
    'checked_in',
    'served',
    'missed',
    'reminded',
  ]),
  by: z.enum(['citizen', 'staff', 'system']),
  /** Of the member of staff. */
  name: z.string().nullable(),
  /** One line: 改到 7月15日 周三 10:00，原为 7月14日 周二 09:30 */
  text: z.string(),
  reason: z.string().nullable(),
});
export type BookingHistoryEntry = z.infer<typeof BookingHistoryEntry>;

/** In clear, for whoever has to ring or to go there; null where there is none. */
export const BookingContact = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  /** Whose phone it is where the person left none: who booked for them. */
  agentName: z.string().nullable(),
  /** Of a visit at home. */
  address: z.string().nullable(),
});
export type BookingContact = z.infer<typeof BookingContact>;

const VisitAtHall = { itemId: Id, ...VisitQuery };
const PersonRefusals = [
  'NAME_INVALID',
  'ID_NUMBER_INVALID',
  'PHONE_INVALID',
  'PERSON_NAME_MISMATCH',
] as const;

/** Bookings as the hall's own staff handle them; all of the actor's own hall, and every act is audited. */
export const hallBookingsEndpoints = {
  list: endpoint(routes.hallBookings.list, {
    summary: '本中心的预约：查询',
    input: z.object({ ...PageQuery, ...Filter }),
    /** Where a name or a phone is searched for a page may be short or empty: `nextCursor` says whether there is more. */
    output: page(HallBookingRow),
    errors: [],
  }),
  get: endpoint(routes.hallBookings.get, {
    summary: '本中心的一个预约',
    input: z.object({ bookingId: Id }),
    output: HallBookingRow,
    errors: [],
  }),
  history: endpoint(routes.hallBookings.history, {
    summary: '预约的变动记录',
    input: z.object({ bookingId: Id }),
    /** Oldest first. */
    output: z.object({ items: z.array(BookingHistoryEntry) }),
    errors: [],
  }),
  readContact: endpoint(routes.hallBookings.readContact, {
    summary: '查看联系方式（电话、上门地址），每次查看都留痕',
    input: z.object({ bookingId: Id }),
    output: BookingContact,
    errors: [],
  }),
  exportXlsx: endpoint(routes.hallBookings.exportXlsx, {
    summary: '导出预约表格（个人信息已隐去）',
    input: z.object(Filter),
    output: z.object({ fileName: z.string(), base64: z.string(), rows: z.number().int() }),
    errors: ['EXPORT_TOO_LARGE'],
  }),
  findPerson: endpoint(routes.hallBookings.findPerson, {
    summary: '按身份证号查找群众账号',
    input: z.object({ idNumber: requiredText(30) }),
    output: z.object({
      /** Masked; null where nobody with this ID number has an account. */
      account: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
      /** Confirmed and held bookings of this person that lie ahead, at any hall. */
      openBookings: z.number().int(),
      /** Until this day the person may not book on the phone app. */
      suspendedUntil: Day.nullable(),
    }),
    errors: ['ID_NUMBER_INVALID'],
  }),
  days: endpoint(routes.hallBookings.days, {
    summary: '窗口代约：可约日期（含内部名额）',
    input: z.object(VisitAtHall),
    output: z.object({ items: z.array(BookableDay), kinds: z.array(VisitKind) }),
    errors: [...VisitRefusals],
  }),
  slots: endpoint(routes.hallBookings.slots, {
    summary: '窗口代约：某日时段（含内部名额）',
    input: z.object({ ...VisitAtHall, day: Day }),
    output: z.object({ items: z.array(HallSlot) }),
    errors: [...VisitRefusals],
  }),
  book: endpoint(routes.hallBookings.book, {
    summary: '在窗口或电话里替群众预约',
    input: HallBookingReserve,
    output: HallBookingRow,
    errors: [
      ...PersonRefusals,
      'BOOKING_LIMIT_REACHED',
      'BOOKING_SUSPENDED',
      'BOOKING_ADDRESS_REQUIRED',
      'BOOKING_PHONE_REQUIRED',
      'REQUEST_ID_REUSED',
      ...SlotRefusals,
      ...VisitRefusals,
    ],
  }),
  move: endpoint(routes.hallBookings.move, {
    summary: '替群众改时间，群众会收到原因',
    input: z.object({ bookingId: Id, requestId: RequestId, slotId: Id, reason: requiredText(100) }),
    output: HallBookingRow,
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
  cancel: endpoint(routes.hallBookings.cancel, {
    summary: '替群众取消预约，群众会收到原因',
    input: z.object({ bookingId: Id, reason: requiredText(100) }),
    output: HallBookingRow,
    errors: ['BOOKING_STATE', 'BOOKING_CANCEL_TOO_LATE'],
  }),
  serve: endpoint(routes.hallBookings.serve, {
    summary: '电话、视频、上门预约：记录已办理',
    input: z.object({ bookingId: Id }),
    output: HallBookingRow,
    errors: ['BOOKING_STATE', 'BOOKING_IN_HALL', 'BOOKING_NOT_BEGUN'],
  }),
  notReached: endpoint(routes.hallBookings.notReached, {
    summary: '电话、视频、上门预约：记录未联系上或上门无人，计为爽约，群众会收到通知',
    input: z.object({ bookingId: Id, note: text(100).optional() }),
    output: HallBookingRow,
    errors: ['BOOKING_STATE', 'BOOKING_IN_HALL', 'BOOKING_NOT_BEGUN'],
  }),
};
