/**
 * Published values of other booking and queue systems and of Chinese halls, run against our rules. Each file beside this one is a
 * list of vectors: `expect` is what the source says, and where our model differs on purpose `differs` says why and what we answer
 * instead. A vector fails as well when it claims a difference that is none.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  claimPlaces,
  holdUntil,
  isHeld,
  addDays,
  aheadCount,
  conflictingRules,
  dayOf,
  decideTicket,
  defaultEstimateSettings,
  defaultWindow,
  estimateWait,
  freeByContingent,
  inBookingWindow,
  instantAt,
  noExceptions,
  noLoad,
  parseClock,
  reducedSlots,
  ruleApplies,
  runFrom,
  slotsOfDay,
  visitsFree,
} from '@haoban/domain';
import type {
  ActorRole,
  BookingWindow,
  DayExceptions,
  Contingent,
  PlaceCapacity,
  PlaceLoad,
  Places,
  QueueSettings,
  TicketAction,
  TicketState,
} from '@haoban/domain';
import {
  booking,
  callOrder,
  hallAnswer,
  instant,
  orderOf,
  outcome,
  ruleOf,
  slotOf,
  starts,
} from './given.js';
import type { Clock, GivenQueue, GivenRule, GivenSlot, GivenWish, HallQuestion } from './given.js';

interface Vector<Given> {
  readonly name: string;
  /** Public origin of the value. */
  readonly source: string;
  readonly given: Given;
  readonly expect: unknown;
  readonly differs?: { readonly because: string; readonly expect: unknown };
}

const covered = new Set<string>();

function check<Given>(file: string, answer: (given: Given) => unknown): void {
  covered.add(`${file}.json`);
  const vectors = JSON.parse(readFileSync(join(__dirname, `${file}.json`), 'utf8')) as Vector<Given>[];
  describe(file, () => {
    it.each(vectors)('$name', (vector) => {
      const ours = answer(vector.given);
      expect(vector.source).toMatch(/\S/);
      if (vector.differs === undefined) {
        expect(ours).toEqual(vector.expect);
        return;
      }
      expect(vector.differs.because).toMatch(/\S/);
      expect(ours).toEqual(vector.differs.expect);
      expect(ours).not.toEqual(vector.expect);
    });
  });
}

check<{ slots: GivenSlot[]; need: number }>('reduced-slots', ({ slots, need }) =>
  reducedSlots(slots.map(slotOf), need, 1).map((slot) => slot.free),
);

check<{ places: Places; taken: Places; audience: Contingent }>('contingents', ({ places, taken, audience }) =>
  visitsFree([freeByContingent({ green: 0, ...places }, { ...noLoad, ...taken }, audience)], 1),
);

check<{ capacity: PlaceCapacity; load: PlaceLoad; audience: Contingent; places: number }>(
  'claims',
  (given) => {
    const claim = claimPlaces(given.capacity, given.load, given);
    return claim.ok ? claim.next.contingent : claim.code;
  },
);

check<{ heldAt: string; minutes: number; now: string }>('holds', ({ heldAt, minutes, now }) =>
  isHeld(holdUntil(instant(heldAt), minutes, new Date(instant(heldAt).getTime() + 86_400_000)), instant(now)),
);

check<{ slots: GivenSlot[]; startAt: Clock; need: number }>('slot-run', ({ slots, startAt, need }) => {
  const run = runFrom(slots.map(slotOf), parseClock(startAt), need);
  return run === undefined ? 'refused' : starts(run);
});

check<{ rule: GivenRule; day: string }>('opening-slots', (given) =>
  starts(slotsOfDay([ruleOf(given.rule)], noExceptions, given.day)),
);

check<{ rule: GivenRule; now: string; audience: Contingent }>('bookable-dates', (given) => {
  const now = instant(given.now);
  const rule = ruleOf(given.rule);
  const days = Array.from({ length: 100 }, (_, i) => addDays(dayOf(now), i));
  return days.some((candidate) => {
    const slots = slotsOfDay([rule], noExceptions, candidate).filter(
      ({ startMinute }) => instantAt(candidate, startMinute) > now,
    );
    const opening = slots[0]?.startMinute ?? 0;
    return (
      inBookingWindow(candidate, now, rule.window, opening) &&
      slots.some(
        ({ places }) =>
          visitsFree([freeByContingent({ green: 0, ...places }, noLoad, given.audience)], 1) > 0,
      )
    );
  });
});

check<{ now: string; day: string; opening: Clock; window?: BookingWindow; plannedByHand?: boolean }>(
  'booking-window',
  ({ now, window = defaultWindow, opening, plannedByHand, ...given }) =>
    inBookingWindow(given.day, instant(now), window, parseClock(opening), plannedByHand),
);

check<{ rule: GivenRule; days: string[] }>('repeats', ({ rule, days }) =>
  days.map((candidate) => ruleApplies(ruleOf(rule), candidate)),
);

check<
  Partial<Omit<DayExceptions, 'overrides'>> & {
    day: string;
    rules: GivenRule[];
    overrides?: (GivenRule & { day: string })[];
  }
>('days-off', ({ rules, overrides = [], ...given }) => {
  const planned = overrides.map((override) => ({ ...ruleOf(override), day: override.day }));
  return starts(slotsOfDay(rules.map(ruleOf), { ...noExceptions, ...given, overrides: planned }, given.day));
});

check<{ rules: GivenRule[]; days: string[] }>('conflicts', ({ rules, days }) =>
  conflictingRules(rules.map(ruleOf), days)
    .map((pair) => pair.join('-'))
    .sort(),
);

check<
  GivenQueue & {
    averageMinutes: number;
    /** Of every visit; without it nothing but the average is known. */
    serviceTime?: { p50: number; p80: number };
    /** Minutes already served, where somebody is at the desk. */
    desks: { elapsedMinutes?: number }[];
  }
>('wait-estimates', ({ averageMinutes, serviceTime, desks, ...queue }) => {
  const order = orderOf(queue);
  const itemId = serviceTime === undefined ? undefined : 'item';
  const answers = queue.tickets.map(({ id }) => {
    const ahead = aheadCount(order, id) ?? 0;
    const range = estimateWait(
      {
        ahead: Array.from({ length: ahead }, () => itemId),
        desks: desks.map(({ elapsedMinutes }) =>
          elapsedMinutes === undefined ? {} : { serving: { itemId, elapsedMinutes } },
        ),
        serviceTimes: serviceTime === undefined ? {} : { item: serviceTime },
      },
      { ...defaultEstimateSettings, averageMinutes },
    );
    return [id, { ahead, minutes: range === undefined ? null : [range.lowMinutes, range.highMinutes] }];
  });
  return Object.fromEntries(answers) as unknown;
});

check<{ now: Clock; joined: Clock; booked: Clock; settings: Partial<QueueSettings> }>(
  'due-bookings',
  ({ now, settings, joined, booked }) =>
    orderOf({ now, settings, tickets: [{ id: 'b', joined, booked }] })[0]?.reason === 'booked_on_time',
);

check<GivenWish>('booking-limits', booking);
check<HallQuestion>('hall-rules', hallAnswer);
check<HallQuestion>('hall-no-shows', hallAnswer);
check<GivenQueue>('call-order', callOrder);
check<GivenQueue>('missed-reentry', callOrder);
check<{ state: TicketState; action: TicketAction; role: ActorRole }>(
  'ticket-steps',
  ({ state, action, role }) => outcome(decideTicket(state, action, role)),
);

it('every file of vectors is run', () => {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.json'));
  expect([...covered].sort()).toEqual(files.sort());
});
