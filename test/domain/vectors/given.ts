/** The shapes in which the vectors state their facts, days and clock times as text, and how our rules are asked with them. */
import {
  bookingPresets,
  decideCheckIn,
  defaultQueueSettings,
  defaultWindow,
  formatClock,
  mayBook,
  mayCancel,
  orderQueue,
  parseClock,
  suspendedUntil,
} from '@haoban/domain';
import type {
  BookingSettings,
  Decision,
  OpeningRule,
  QueuePlace,
  QueueSettings,
  RecentCall,
  WaitingTicket,
} from '@haoban/domain';

export type Clock = string;
const day = '2026-07-14';
/** 'YYYY-MM-DD HH:MM', or a clock time of one and the same day. */
export const instant = (text: string) => {
  const full = text.length === 5 ? `${day} ${text}` : text;
  return new Date(`${full.replace(' ', 'T')}:00+08:00`);
};
export const outcome = <T>(decision: Decision<T>) => (decision.ok ? decision.next : decision.code);
export const allowed = <T>(decision: Decision<T>) => (decision.ok ? 'allowed' : decision.code);

export interface GivenRule extends Partial<Omit<OpeningRule, 'fromMinute' | 'toMinute'>> {
  readonly open?: Clock;
  readonly close?: Clock;
}

export const ruleOf = ({ open, close, ...more }: GivenRule): OpeningRule => ({
  id: 'rule',
  from: '2000-01-01',
  to: '2099-12-31',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  fromMinute: parseClock(open ?? '09:00'),
  toMinute: parseClock(close ?? '17:00'),
  slotMinutes: 30,
  desks: { public: 1, internal: 1 },
  window: defaultWindow,
  ...more,
});

export interface GivenSlot {
  readonly start: Clock;
  readonly end: Clock;
  readonly free: number;
  readonly opening: string;
}

export const slotOf = ({ start, end, free, opening }: GivenSlot) => ({
  ruleId: opening,
  startMinute: parseClock(start),
  endMinute: parseClock(end),
  places: { public: free, internal: free },
  room: { parts: [free], most: free },
});
export const starts = (slots: readonly { startMinute: number }[]) =>
  slots.map((slot) => formatClock(slot.startMinute));

export interface GivenTicket {
  readonly id: string;
  readonly joined: Clock;
  readonly booked?: Clock;
  readonly rejoined?: Clock;
  readonly priority?: WaitingTicket['priority'];
}

export interface GivenQueue {
  readonly now: Clock;
  /** In the order of their numbers. */
  readonly tickets: readonly GivenTicket[];
  readonly recent?: readonly { readonly at: Clock; readonly lane: RecentCall['lane'] }[];
  readonly settings?: Partial<QueueSettings>;
}

export const orderOf = ({ now, tickets, recent = [], settings }: GivenQueue): QueuePlace[] =>
  orderQueue(
    tickets.map(({ id, joined, booked, rejoined, priority }, i) => ({
      id,
      serial: i + 1,
      joinedAt: instant(joined),
      bookedFor: booked === undefined ? undefined : instant(booked),
      rejoinedAt: rejoined === undefined ? undefined : instant(rejoined),
      priority,
    })),
    recent.map(({ at, lane }) => ({ at: instant(at), lane })),
    instant(now),
    { ...defaultQueueSettings, ...settings },
  );
export const callOrder = (given: GivenQueue) => orderOf(given).map((place) => place.ticketId);

export interface GivenSettings extends Partial<BookingSettings> {
  readonly preset: keyof typeof bookingPresets;
}

export interface GivenWish {
  readonly settings: GivenSettings;
  readonly now: string;
  readonly wanted: string;
  readonly booked: readonly string[];
  readonly missed: readonly string[];
}

export const settingsOf = ({ preset, ...more }: GivenSettings): BookingSettings => ({
  ...bookingPresets[preset],
  ...more,
});
export const booking = ({ settings, now, wanted, booked, missed }: GivenWish) =>
  allowed(
    mayBook(
      instant(wanted),
      { startsAt: booked.map(instant), noShowsAt: missed.map(instant) },
      instant(now),
      settingsOf(settings),
    ),
  );

export type HallQuestion =
  | ({ readonly ask: 'book' } & GivenWish)
  | {
      readonly ask: 'cancel' | 'checkIn';
      readonly settings: GivenSettings;
      readonly startsAt: string;
      readonly now: string;
    }
  | {
      readonly ask: 'suspendedUntil';
      readonly settings: GivenSettings;
      readonly missed: readonly string[];
      readonly now: string;
    };

export function hallAnswer(given: HallQuestion): unknown {
  const settings = settingsOf(given.settings);
  const now = instant(given.now);
  switch (given.ask) {
    case 'book':
      return booking(given);
    case 'cancel':
      return allowed(mayCancel(instant(given.startsAt), now, settings));
    case 'checkIn':
      return outcome(decideCheckIn(instant(given.startsAt), now, settings));
    case 'suspendedUntil':
      return suspendedUntil(given.missed.map(instant), now, settings.noShow);
  }
}
