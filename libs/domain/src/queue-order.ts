/**
 * Who is called next, and why. Two lines are merged. The line *ahead* holds those with a promise: bookings whose time has come
 * and whose owner is there (they rank at the booked time), bookings a little late (they rank at check-in), and people with
 * evidence of priority (老年, 残疾, 孕, 军人: 绿色通道). The *general* line holds walk-ins by arrival, later bookings, and bookings
 * that are early (they rank at the booked time). The line ahead goes first, but walk-ins keep a guaranteed share of the calls, 1 in
 * 3 unless set otherwise: ZMS puts every due booking before every walk-in, and its users complain about it. Who was missed comes
 * back a few places behind the head instead of losing the whole wait. Every place has a reason that can be shown and audited.
 */
import { minuteMs } from './time.js';

export const priorityEvidence = ['elder', 'disabled', 'pregnant', 'military'] as const;
export type PriorityEvidence = (typeof priorityEvidence)[number];

/** Age from which the elderly go ahead. */
export const elderAge = 70;

export interface WaitingTicket {
  readonly id: string;
  /** Running number in the queue and day: the last word between equals. */
  readonly serial: number;
  /** When the ticket was taken, or the booking checked in. */
  readonly joinedAt: Date;
  /** Booked time, for a checked-in booking. */
  readonly bookedFor?: Date | undefined;
  readonly priority?: PriorityEvidence | undefined;
  /** When a missed ticket came back; undefined for those never missed. */
  readonly rejoinedAt?: Date | undefined;
}

export const queueLanes = ['ahead', 'general'] as const;
export type QueueLane = (typeof queueLanes)[number];

export interface RecentCall {
  readonly at: Date;
  readonly lane: QueueLane;
}

/** How late bookings rank: those up to `untilMinutes` late go to `lane`, at their check-in. Later than all: general line. */
export interface LateTier {
  readonly untilMinutes: number;
  readonly lane: QueueLane;
}

export interface QueueSettings {
  /** A booking counts as due so long before its time. */
  readonly dueBeforeMinutes: number;
  /** Up to so late a booking keeps its booked time as rank. */
  readonly graceMinutes: number;
  /** Ascending. */
  readonly lateTiers: readonly LateTier[];
  /** At least one in so many calls goes to the general line while somebody waits there; 1 gives it every call it can take. */
  readonly generalOneIn: number;
  /** A missed ticket that comes back lets so many others go first. */
  readonly missedPlacesBack: number;
}

export const defaultQueueSettings: QueueSettings = {
  dueBeforeMinutes: 5,
  graceMinutes: 10,
  lateTiers: [{ untilMinutes: 30, lane: 'ahead' }],
  generalOneIn: 3,
  missedPlacesBack: 3,
};

export const queueReasons = [
  'booked_on_time',
  'booked_late',
  'booked_early',
  'priority',
  'arrival',
  'general_share',
  'rejoined',
] as const;
export type QueueReason = (typeof queueReasons)[number];

/** For the ticket page and the desk. */
export const queueReasonTexts: Readonly<Record<QueueReason, string>> = {
  booked_on_time: '预约时间已到，按预约时间叫号',
  booked_late: '预约迟到，按签到时间叫号',
  booked_early: '预约时间未到，按预约时间排队',
  priority: '优先服务对象，优先叫号',
  arrival: '按取号时间叫号',
  general_share: '保证现场取号者按比例叫号',
  rejoined: '过号后重新排队，顺延几位叫号',
};

export interface QueuePlace {
  readonly ticketId: string;
  readonly lane: QueueLane;
  readonly reason: QueueReason;
  /** The instant that decided the place within its line. */
  readonly rankAt: Date;
}

interface Ranked extends QueuePlace {
  readonly ticket: WaitingTicket;
}

/**
 * The whole waiting list in the order of calling at `now`, each with its reason. The same input in any order gives the same
 * output. `recentCalls` are the latest calls of this queue, in any order: enough to cover `generalOneIn` calls and those since the
 * earliest `rejoinedAt`.
 */
export function orderQueue(
  waiting: readonly WaitingTicket[],
  recentCalls: readonly RecentCall[],
  now: Date,
  settings: QueueSettings = defaultQueueSettings,
): QueuePlace[] {
  const ranked = waiting.map((ticket) => rank(ticket, now, settings)).sort(byRank);
  const rejoined = ranked
    .filter((place) => place.reason === 'rejoined')
    .map((place) => ({ place, index: settings.missedPlacesBack - callsSince(recentCalls, place.rankAt) }))
    .sort((a, b) => a.index - b.index || byRank(a.place, b.place));
  const ahead = ranked.filter((place) => place.lane === 'ahead');
  const general = ranked.filter((place) => place.lane === 'general' && place.reason !== 'rejoined');
  let sinceGeneral = callsSinceGeneral(recentCalls);
  const order: QueuePlace[] = [];
  while (order.length < waiting.length) {
    const back = rejoined[0];
    const othersGone = ahead.length + general.length === 0;
    // Early bookings rank last in the general line, so one at its head means that no walk-in waits there.
    const generalTurn = sinceGeneral >= settings.generalOneIn - 1 && general[0]?.reason !== 'booked_early';
    let next: Ranked | undefined;
    if (back !== undefined && (back.index <= order.length || othersGone)) next = rejoined.shift()?.place;
    else if (general.length > 0 && (generalTurn || ahead.length === 0)) next = general.shift();
    else next = ahead.shift();
    if (next === undefined) break;
    const overtakes = next.lane === 'general' && next.reason !== 'rejoined' && ahead.length > 0;
    order.push({
      ticketId: next.ticketId,
      lane: next.lane,
      reason: overtakes ? 'general_share' : next.reason,
      rankAt: next.rankAt,
    });
    sinceGeneral = next.lane === 'general' ? 0 : sinceGeneral + 1;
  }
  return order;
}

/** How many people are called before this one; undefined where the ticket is not waiting. Those being served do not count. */
export function aheadCount(order: readonly QueuePlace[], ticketId: string): number | undefined {
  const index = order.findIndex((place) => place.ticketId === ticketId);
  return index < 0 ? undefined : index;
}

function rank(ticket: WaitingTicket, now: Date, settings: QueueSettings): Ranked {
  const place = (lane: QueueLane, reason: QueueReason, rankAt: Date): Ranked => ({
    ticketId: ticket.id,
    lane,
    reason,
    rankAt,
    ticket,
  });
  if (ticket.rejoinedAt !== undefined) return place('general', 'rejoined', ticket.rejoinedAt);
  if (ticket.priority !== undefined)
    return place('ahead', 'priority', earliest(ticket.joinedAt, ticket.bookedFor));
  if (ticket.bookedFor === undefined) return place('general', 'arrival', ticket.joinedAt);
  const lateBy = (ticket.joinedAt.getTime() - ticket.bookedFor.getTime()) / minuteMs;
  if (lateBy > settings.graceMinutes) {
    const tier = settings.lateTiers.find((candidate) => lateBy <= candidate.untilMinutes);
    return place(tier?.lane ?? 'general', 'booked_late', ticket.joinedAt);
  }
  const dueIn = (ticket.bookedFor.getTime() - now.getTime()) / minuteMs;
  return dueIn <= settings.dueBeforeMinutes
    ? place('ahead', 'booked_on_time', ticket.bookedFor)
    : place('general', 'booked_early', ticket.bookedFor);
}

const earliest = (a: Date, b: Date | undefined) => (b !== undefined && b < a ? b : a);

function byRank(a: Ranked, b: Ranked): number {
  return (
    a.rankAt.getTime() - b.rankAt.getTime() ||
    a.ticket.joinedAt.getTime() - b.ticket.joinedAt.getTime() ||
    a.ticket.serial - b.ticket.serial ||
    (a.ticketId < b.ticketId ? -1 : a.ticketId > b.ticketId ? 1 : 0)
  );
}

function callsSince(calls: readonly RecentCall[], instant: Date): number {
  return calls.filter((call) => call.at.getTime() > instant.getTime()).length;
}

/** Calls to the line ahead since the last one to the general line. */
function callsSinceGeneral(calls: readonly RecentCall[]): number {
  const latestFirst = [...calls].sort(
    (a, b) => b.at.getTime() - a.at.getTime() || (a.lane === 'ahead' ? -1 : 1),
  );
  const last = latestFirst.findIndex((call) => call.lane === 'general');
  return last < 0 ? calls.length : last;
}
