import { arrivals } from '@haoban/domain';
import { z } from 'zod';
import { Day, Empty, Id, Instant, RequestId, requiredText, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const TicketState = z.enum(['waiting', 'called', 'serving', 'done', 'missed', 'left']);
export const TicketSource = z.enum(['booking', 'remote', 'walk_in']);

/** Minutes to wait, rounded to 5; never a single number. */
export const WaitRange = z.object({ lowMinutes: z.number().int(), highMinutes: z.number().int() });
export type WaitRange = z.infer<typeof WaitRange>;

export const QueueStatus = z.object({
  id: Id,
  name: z.string(),
  prefix: z.string(),
  open: z.boolean(),
  remoteAllowed: z.boolean(),
  waiting: z.number().int(),
  desksOpen: z.number().int(),
  /** What a person who took a number now would be told. */
  wait: WaitRange.nullable(),
  issuedToday: z.number().int(),
  remainingToday: z.number().int(),
});
export type QueueStatus = z.infer<typeof QueueStatus>;

export const Ticket = z.object({
  id: Id,
  /** `A038` */
  label: z.string(),
  state: TicketState,
  source: TicketSource,
  day: Day,
  hallId: Id,
  hallName: z.string(),
  queueId: Id,
  queueName: z.string(),
  itemId: Id,
  itemName: z.string(),
  bookingId: Id.nullable(),
  ahead: z.number().int().nullable(),
  wait: WaitRange.nullable(),
  /** Why the person stands at this place, in a sentence. */
  reason: z.string().nullable(),
  deskLabel: z.string().nullable(),
  calledCount: z.number().int(),
  createdAt: Instant,
  calledAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  caseId: Id.nullable(),
  actions: z.array(z.enum(['leave', 'rejoin', 'rate'])),
  /** Grows with every change; a client drops an answer older than what it shows. */
  version: z.number().int(),
});
export type Ticket = z.infer<typeof Ticket>;

/** The desk's view of a ticket: name masked, no ID number. */
export const DeskTicket = z.object({
  id: Id,
  label: z.string(),
  state: TicketState,
  source: TicketSource,
  queueId: Id,
  queueName: z.string(),
  itemId: Id,
  itemName: z.string(),
  citizenName: z.string().nullable(),
  phone: z.string().nullable(),
  bookedFor: Instant.nullable(),
  /** How the person kept to `bookedFor`, by the booking rules of this hall. */
  arrival: z.enum(arrivals).nullable(),
  priority: z.string().nullable(),
  createdAt: Instant,
  calledAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  calledCount: z.number().int(),
  reason: z.string().nullable(),
  caseId: Id.nullable(),
  deskLabel: z.string().nullable(),
});
export type DeskTicket = z.infer<typeof DeskTicket>;

export const Desk = z.object({
  id: Id,
  number: z.number().int(),
  label: z.string(),
  hallId: Id,
  queueIds: z.array(Id),
  queueNames: z.array(z.string()),
  status: z.enum(['closed', 'open', 'paused']),
  /** Who sits there now; a live snapshot is the same for everybody, so there `mine` is false and this tells. */
  staffId: Id.nullable(),
  staffName: z.string().nullable(),
  mine: z.boolean(),
});
export type Desk = z.infer<typeof Desk>;

export const DeskView = z.object({
  desk: Desk,
  current: DeskTicket.nullable(),
  next: DeskTicket.nullable(),
  waiting: z.array(DeskTicket),
  missed: z.array(DeskTicket),
  servedToday: z.number().int(),
  longestWaitMinutes: z.number().int(),
  version: z.number().int(),
});
export type DeskView = z.infer<typeof DeskView>;

export const Display = z.object({
  hallId: Id,
  hallName: z.string(),
  calling: z.array(
    z.object({
      ticketId: Id,
      label: z.string(),
      deskLabel: z.string(),
      deskNumber: z.number().int(),
      calledAt: Instant,
      calledCount: z.number().int(),
      state: TicketState,
    }),
  ),
  queues: z.array(QueueStatus),
  servedToday: z.number().int(),
  goodRate: z.number().min(0).max(1).nullable(),
  version: z.number().int(),
});
export type Display = z.infer<typeof Display>;

export const TicketTake = z.object({ requestId: RequestId, hallId: Id, itemId: Id });
export const TicketIssue = z.object({
  requestId: RequestId,
  itemId: Id,
  /** Evidence for the green channel, as the clerk saw it. */
  priority: z.enum(['elder', 'disabled', 'pregnant', 'military']).optional(),
});

const OfDesk = z.object({ deskId: Id });
const OfBooking = z.object({ bookingId: Id });
const OfTicket = z.object({ ticketId: Id });
const deskErrors = ['DESK_NOT_OPEN', 'DESK_TAKEN', 'TICKET_STATE'] as const;

export const queueEndpoints = {
  listQueues: endpoint(routes.queue.listQueues, {
    summary: '各队列的等候情况',
    input: z.object({ hallId: Id }),
    output: z.object({ items: z.array(QueueStatus) }),
    errors: ['HALL_NOT_FOUND'],
  }),
  checkIn: endpoint(routes.queue.checkIn, {
    summary: '预约签到取号',
    input: OfBooking,
    output: Ticket,
    errors: [
      'BOOKING_STATE',
      'BOOKING_CHECKIN_TOO_EARLY',
      'BOOKING_CHECKIN_TOO_LATE',
      'BOOKING_REMOTE',
      'BOOKING_WRONG_DAY',
      'TICKET_ALREADY_OPEN',
    ],
  }),
  takeTicket: endpoint(routes.queue.takeTicket, {
    summary: '远程取号',
    input: TicketTake,
    output: Ticket,
    errors: [
      'REAL_NAME_REQUIRED',
      'ITEM_NOT_FOUND',
      'HALL_NOT_FOUND',
      'ITEM_NOT_OFFERED',
      'QUEUE_CLOSED',
      'TICKET_REMOTE_NOT_ALLOWED',
      'QUEUE_DAY_FULL',
      'TICKET_ALREADY_OPEN',
      'REQUEST_ID_REUSED',
    ],
  }),
  listMine: endpoint(routes.queue.listMine, {
    summary: '我今天的号',
    input: Empty,
    output: z.object({ items: z.array(Ticket) }),
    errors: [],
  }),
  getMine: endpoint(routes.queue.getMine, {
    summary: '号票详情',
    input: OfTicket,
    output: Ticket,
    errors: [],
  }),
  leave: endpoint(routes.queue.leave, {
    summary: '放弃排队',
    input: OfTicket,
    output: Ticket,
    errors: ['TICKET_STATE'],
  }),
  rejoin: endpoint(routes.queue.rejoin, {
    summary: '过号后重新排队',
    input: OfTicket,
    output: Ticket,
    errors: ['TICKET_STATE', 'QUEUE_CLOSED'],
  }),
  display: endpoint(routes.queue.display, {
    summary: '大屏内容',
    input: z.object({ hallId: Id }),
    output: Display,
    errors: ['HALL_NOT_FOUND'],
  }),
  listDesks: endpoint(routes.queue.listDesks, {
    summary: '本中心的窗口',
    input: Empty,
    output: z.object({ items: z.array(Desk) }),
    errors: [],
  }),
  openDesk: endpoint(routes.queue.openDesk, {
    summary: '开放窗口',
    input: OfDesk,
    output: DeskView,
    errors: ['DESK_TAKEN', 'DESK_ALREADY_OPEN'],
  }),
  closeDesk: endpoint(routes.queue.closeDesk, {
    summary: '关闭窗口',
    input: OfDesk,
    output: DeskView,
    errors: ['DESK_NOT_OPEN', 'DESK_TAKEN', 'DESK_BUSY'],
  }),
  pauseDesk: endpoint(routes.queue.pauseDesk, {
    summary: '暂停窗口',
    input: OfDesk.extend({ reason: text(30).optional() }),
    output: DeskView,
    errors: ['DESK_NOT_OPEN', 'DESK_TAKEN'],
  }),
  resumeDesk: endpoint(routes.queue.resumeDesk, {
    summary: '恢复窗口',
    input: OfDesk,
    output: DeskView,
    errors: ['DESK_NOT_OPEN', 'DESK_TAKEN'],
  }),
  desk: endpoint(routes.queue.desk, { summary: '窗口工作台', input: OfDesk, output: DeskView, errors: [] }),
  issueTicket: endpoint(routes.queue.issueTicket, {
    summary: '现场发号',
    input: TicketIssue,
    output: DeskTicket,
    errors: ['ITEM_NOT_FOUND', 'ITEM_NOT_OFFERED', 'QUEUE_CLOSED', 'QUEUE_DAY_FULL', 'REQUEST_ID_REUSED'],
  }),
  checkInAtDesk: endpoint(routes.queue.checkInAtDesk, {
    summary: '工作人员为预约签到',
    input: z.object({ code: requiredText(32) }),
    output: DeskTicket,
    errors: [
      'BOOKING_STATE',
      'BOOKING_CHECKIN_TOO_EARLY',
      'BOOKING_CHECKIN_TOO_LATE',
      'BOOKING_REMOTE',
      'BOOKING_WRONG_DAY',
      'TICKET_ALREADY_OPEN',
    ],
  }),
  callNext: endpoint(routes.queue.callNext, {
    summary: '叫下一位',
    input: OfDesk.extend({ requestId: RequestId }),
    output: DeskView,
    errors: [...deskErrors, 'DESK_BUSY', 'NO_ONE_WAITING'],
  }),
  callTicket: endpoint(routes.queue.callTicket, {
    summary: '叫指定的号',
    input: OfDesk.extend({ ticketId: Id, reason: requiredText(50) }),
    output: DeskView,
    errors: [...deskErrors, 'DESK_BUSY', 'DESK_QUEUE_NOT_SERVED'],
  }),
  recall: endpoint(routes.queue.recall, {
    summary: '重呼',
    input: OfDesk,
    output: DeskView,
    errors: deskErrors,
  }),
  start: endpoint(routes.queue.start, {
    summary: '开始办理',
    input: OfDesk,
    output: DeskView,
    errors: deskErrors,
  }),
  finish: endpoint(routes.queue.finish, {
    summary: '办理结束',
    input: OfDesk,
    output: DeskView,
    errors: deskErrors,
  }),
  noShow: endpoint(routes.queue.noShow, {
    summary: '过号',
    input: OfDesk,
    output: DeskView,
    errors: deskErrors,
  }),
  requeue: endpoint(routes.queue.requeue, {
    summary: '让过号的人重新排队',
    input: OfTicket,
    output: DeskTicket,
    errors: ['TICKET_STATE'],
  }),
};
