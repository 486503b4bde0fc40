import {
  defaultEstimateSettings,
  defaultQueueSettings,
  estimateWait,
  orderQueue,
  type EstimateDesk,
  type QueuePlace,
  type QueueSettings,
  type RecentCall,
  type ServiceTime,
  type WaitingTicket,
} from '@haoban/domain';
import type { WaitRange } from '@haoban/contracts';
import type { ServiceItem, ServiceQueue } from '../guide/catalogue.service.js';
import type { QueueDayEntity, TicketEntity } from './ticket.entity.js';

/** A waiting ticket with what the line and the desk's list show of it: a line has hundreds, so no column too many. */
export type WaitingRow = Pick<
  TicketEntity,
  | 'id'
  | 'queueId'
  | 'hallId'
  | 'day'
  | 'number'
  | 'label'
  | 'state'
  | 'source'
  | 'itemId'
  | 'citizenId'
  | 'bookedFor'
  | 'priority'
  | 'rejoinedAt'
  | 'soonToldAt'
  | 'createdAt'
  | 'calledAt'
  | 'startedAt'
  | 'calledCount'
  | 'reason'
  | 'caseId'
  | 'deskId'
>;

export interface Placed {
  readonly ticket: WaitingRow;
  readonly place: QueuePlace;
}

/** One queue's waiting people in the order of calling. */
export interface Line {
  readonly queueId: string;
  readonly settings: QueueSettings;
  readonly calls: readonly RecentCall[];
  readonly order: readonly Placed[];
}

/** A desk that takes people now, and whom it has. */
export interface OpenDesk {
  readonly deskId: string;
  readonly queueIds: readonly string[];
  readonly current: { readonly itemId: string; readonly startedAt: Date | null } | null;
}

export function emptyLine(queueId: string): Line {
  return { queueId, settings: defaultQueueSettings, calls: [], order: [] };
}

export function toLine(
  queueId: string,
  waiting: readonly WaitingRow[],
  queueDay: Pick<QueueDayEntity, 'recentCalls'> | undefined,
  { settings, now }: { readonly settings: QueueSettings; readonly now: Date },
): Line {
  const calls = (queueDay?.recentCalls ?? []).map(({ at, lane }) => ({ at: new Date(at), lane }));
  const own = waiting.filter((ticket) => ticket.queueId === queueId);
  return { queueId, settings, calls, order: place(own, calls, now, settings) };
}

/**
 * The order in which one desk calls from several queues: the rule decides over all of them together which queue's turn it
 * is, and that queue's own order says who. So nobody is overtaken within a queue, which is the order that people are shown.
 */
export function deskOrder(lines: readonly Line[], now: Date): Placed[] {
  const [first] = lines;
  if (!first) return [];
  if (lines.length === 1) return [...first.order];
  const heads = new Map(lines.map(({ queueId, order }) => [queueId, [...order]]));
  const everyone = lines.flatMap(({ order }) => order.map(({ ticket }) => ticket));
  const calls = lines.flatMap((line) => line.calls);
  // A desk's queues are of one hall, and so of one rule.
  return place(everyone, calls, now, first.settings).flatMap(
    ({ ticket }) => heads.get(ticket.queueId)?.shift() ?? [],
  );
}

/** These queues, and those that stand before the same open desks, directly or by way of further desks. */
export function sharedQueues(queueIds: readonly string[], desks: readonly OpenDesk[]): string[] {
  const found = new Set(queueIds);
  for (let before = -1; before < found.size;) {
    before = found.size;
    const shared = desks.filter((desk) => desk.queueIds.some((queueId) => found.has(queueId)));
    for (const queueId of shared.flatMap((desk) => desk.queueIds)) found.add(queueId);
  }
  return [...found];
}

export interface WaitFacts {
  readonly queue: ServiceQueue;
  readonly items: ReadonlyMap<string, ServiceItem>;
  readonly desks: readonly OpenDesk[];
  readonly now: Date;
}

/** What somebody of the queue behind these people of all shared queues is told; null while no desk serves the queue. */
export function waitBehind(
  ahead: readonly Pick<WaitingRow, 'itemId' | 'queueId'>[],
  { queue, items, desks, now }: WaitFacts,
): WaitRange | null {
  const positions = new Map<string, readonly number[]>();
  const desksOf = (queueId: string): readonly number[] => {
    const known = positions.get(queueId);
    const found = known ?? desks.flatMap(({ queueIds }, desk) => (queueIds.includes(queueId) ? [desk] : []));
    if (!known) positions.set(queueId, found);
    return found;
  };
  const itemIds = [...ahead, ...desks.flatMap(({ current }) => current ?? [])].map(({ itemId }) => itemId);
  const serviceTimes: Record<string, ServiceTime> = {};
  for (const itemId of itemIds) {
    const item = items.get(itemId);
    if (item) serviceTimes[itemId] = { p50: item.p50Minutes, p80: item.p80Minutes };
  }
  const range = estimateWait(
    {
      ahead: ahead.map(({ itemId }) => itemId),
      aheadAt: ahead.map(({ queueId }) => desksOf(queueId)),
      ownAt: desksOf(queue.id),
      desks: desks.map((desk) => toEstimateDesk(desk, now)),
      serviceTimes,
    },
    { ...defaultEstimateSettings, averageMinutes: queue.averageMinutes },
  );
  return range ?? null;
}

function place(
  tickets: readonly WaitingRow[],
  calls: readonly RecentCall[],
  now: Date,
  settings: QueueSettings,
): Placed[] {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  return orderQueue(tickets.map(toWaiting), calls, now, settings).flatMap((found) => {
    const ticket = byId.get(found.ticketId);
    return ticket ? [{ ticket, place: found }] : [];
  });
}

function toWaiting(ticket: WaitingRow): WaitingTicket {
  return {
    id: ticket.id,
    serial: ticket.number,
    joinedAt: ticket.createdAt,
    bookedFor: ticket.bookedFor ?? undefined,
    priority: ticket.priority ?? undefined,
    rejoinedAt: ticket.rejoinedAt ?? undefined,
  };
}

function toEstimateDesk({ current }: OpenDesk, now: Date): EstimateDesk {
  if (!current) return {};
  const { itemId, startedAt } = current;
  const elapsedMinutes = startedAt ? Math.max(0, (now.getTime() - startedAt.getTime()) / 60_000) : 0;
  return { serving: { itemId, elapsedMinutes } };
}
