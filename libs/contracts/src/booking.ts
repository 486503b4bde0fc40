import { z } from 'zod';
import { Day, Id, Instant, PageQuery, RequestId, TimeOfDay, page, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const BookingState = z.enum(['confirmed', 'cancelled', 'checked_in', 'no_show']);

export const BookableDay = z.object({
  day: Day,
  /** `open` has places, `full` had some, `closed` is not a day of service. */
  status: z.enum(['open', 'full', 'closed']),
  remaining: z.number().int(),
  capacity: z.number().int(),
  note: z.string().nullable(),
});
export type BookableDay = z.infer<typeof BookableDay>;

export const Slot = z.object({
  id: Id,
  start: Instant,
  end: Instant,
  startTime: TimeOfDay,
  endTime: TimeOfDay,
  remaining: z.number().int(),
  capacity: z.number().int(),
});
export type Slot = z.infer<typeof Slot>;

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
  day: Day,
  start: Instant,
  end: Instant,
  checkInFrom: Instant,
  checkInUntil: Instant,
  cancelUntil: Instant,
  createdAt: Instant,
  ticketId: Id.nullable(),
  actions: z.array(z.enum(['cancel', 'check_in'])),
});
export type Booking = z.infer<typeof Booking>;

/** What the desk sees: masked, and found by name or the beginning of the code among those of the day. */
export const HallBooking = Booking.omit({ qr: true, actions: true }).extend({
  citizenName: z.string(),
  phone: z.string().nullable(),
});
export type HallBooking = z.infer<typeof HallBooking>;

export const BookingReserve = z.object({ requestId: RequestId, itemId: Id, slotId: Id });
export type BookingReserve = z.infer<typeof BookingReserve>;

const ItemAtHall = { itemId: Id, hallId: Id };

export const bookingEndpoints = {
  listDays: endpoint(routes.booking.listDays, {
    summary: '某事项在某中心可预约的日期',
    input: z.object(ItemAtHall),
    output: z.object({ items: z.array(BookableDay), rules: z.array(z.string()) }),
    errors: ['ITEM_NOT_FOUND', 'HALL_NOT_FOUND', 'ITEM_NOT_OFFERED', 'BOOKING_NOT_BOOKABLE'],
  }),
  listSlots: endpoint(routes.booking.listSlots, {
    summary: '某日可预约的时段',
    input: z.object({ ...ItemAtHall, day: Day }),
    output: z.object({ items: z.array(Slot) }),
    errors: ['ITEM_NOT_FOUND', 'HALL_NOT_FOUND', 'ITEM_NOT_OFFERED', 'BOOKING_NOT_BOOKABLE'],
  }),
  reserve: endpoint(routes.booking.reserve, {
    summary: '预约一个时段',
    input: BookingReserve,
    output: Booking,
    errors: [
      'REAL_NAME_REQUIRED',
      'ITEM_NOT_FOUND',
      'SLOT_NOT_FOUND',
      'SLOT_NOT_RELEASED',
      'SLOT_FULL',
      'SLOT_CLOSED',
      'SLOT_IN_PAST',
      'ITEM_NOT_OFFERED',
      'BOOKING_NOT_BOOKABLE',
      'BOOKING_LIMIT_REACHED',
      'BOOKING_SUSPENDED',
      'REQUEST_ID_REUSED',
    ],
  }),
  listMine: endpoint(routes.booking.listMine, {
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
  cancel: endpoint(routes.booking.cancel, {
    summary: '取消预约',
    input: z.object({ bookingId: Id, reason: text(100).optional() }),
    output: Booking,
    errors: ['BOOKING_STATE', 'BOOKING_CANCEL_TOO_LATE'],
  }),
  listOfDay: endpoint(routes.booking.listOfDay, {
    summary: '本中心某日的预约',
    input: z.object({ ...PageQuery, day: Day.optional(), queueId: Id.optional(), q: text(30).optional() }),
    output: page(HallBooking),
    errors: [],
  }),
};
