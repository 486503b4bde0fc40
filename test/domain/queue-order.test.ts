import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aheadCount, defaultQueueSettings, orderQueue, queueReasonTexts } from '@haoban/domain';
import type { QueuePlace, RecentCall, WaitingTicket } from '@haoban/domain';

const at = (clock: string) => new Date(`2026-07-14T${clock}:00+08:00`);
const now = at('10:00');
let serial = 0;
const walkIn = (id: string, clock: string, more: Partial<WaitingTicket> = {}): WaitingTicket => {
  serial += 1;
  return { id, serial, joinedAt: at(clock), ...more };
};
const booked = (id: string, forClock: string, checkedIn: string) =>
  walkIn(id, checkedIn, { bookedFor: at(forClock) });
const ids = (order: readonly QueuePlace[]) => order.map((place) => place.ticketId);
const reasons = (order: readonly QueuePlace[]) => order.map((place) => place.reason);
const called = (clock: string, lane: RecentCall['lane']): RecentCall => ({ at: at(clock), lane });

describe('the order of calling', () => {
  it('is by arrival where nobody has a booking', () => {
    const order = orderQueue([walkIn('b', '09:20'), walkIn('a', '09:10')], [], now);
    expect(ids(order)).toEqual(['a', 'b']);
    expect(reasons(order)).toEqual(['arrival', 'arrival']);
  });

  it('puts a due booking at its booked time before walk-ins, however early its owner came', () => {
    const order = orderQueue(
      [walkIn('w', '08:30'), booked('b2', '10:00', '09:40'), booked('b1', '09:45', '09:50')],
      [],
      now,
    );
    expect(ids(order)).toEqual(['b1', 'b2', 'w']);
    expect(reasons(order)).toEqual(['booked_on_time', 'booked_on_time', 'arrival']);
  });

  it('keeps every third call for walk-ins, counting the calls already made', () => {
    const due = ['09:40', '09:45', '09:50', '09:55'].map((clock, i) => booked(`b${i}`, clock, '09:30'));
    const waiting = [...due, walkIn('w1', '09:00'), walkIn('w2', '09:05')];
    expect(ids(orderQueue(waiting, [], now))).toEqual(['b0', 'b1', 'w1', 'b2', 'b3', 'w2']);
    const recent = [called('09:58', 'ahead'), called('09:59', 'ahead'), called('09:50', 'general')];
    const order = orderQueue(waiting, recent, now);
    expect(ids(order)).toEqual(['w1', 'b0', 'b1', 'w2', 'b2', 'b3']);
    expect(order[0]?.reason).toBe('general_share');
  });

  it('lets an early booking wait for its time behind those who are here', () => {
    const order = orderQueue([booked('early', '10:30', '09:00'), walkIn('w', '09:59')], [], now);
    expect(ids(order)).toEqual(['w', 'early']);
    expect(reasons(order)).toEqual(['arrival', 'booked_early']);
  });

  it('never spends the walk-ins’ share on an early booking', () => {
    const recent = [called('09:58', 'ahead'), called('09:59', 'ahead')];
    const order = orderQueue(
      [booked('early', '10:30', '09:00'), booked('due', '10:00', '09:55')],
      recent,
      now,
    );
    expect(ids(order)).toEqual(['due', 'early']);
  });

  it('ranks a booking a little late by its check-in, and one very late among the walk-ins', () => {
    const waiting = [
      booked('late', '09:20', '09:40'),
      booked('due', '09:30', '09:30'),
      booked('gone', '09:00', '09:45'),
      walkIn('w', '09:50'),
    ];
    const order = orderQueue(waiting, [], now);
    expect(ids(order)).toEqual(['due', 'late', 'gone', 'w']);
    expect(reasons(order)).toEqual(['booked_on_time', 'booked_late', 'booked_late', 'arrival']);
    expect(order.map((place) => place.lane)).toEqual(['ahead', 'ahead', 'general', 'general']);
  });

  it('lets the elderly, disabled, pregnant and soldiers go ahead by their arrival', () => {
    const order = orderQueue(
      [walkIn('w', '08:00'), walkIn('p', '09:50', { priority: 'elder' }), booked('b', '09:55', '09:40')],
      [],
      now,
    );
    expect(ids(order)).toEqual(['p', 'b', 'w']);
    expect(order[0]?.reason).toBe('priority');
  });

  it('brings a missed ticket back three places from the head, and nearer with every call since', () => {
    const waiting = [
      ...['a', 'b', 'c', 'd', 'e'].map((id, i) => walkIn(id, `09:0${i}`)),
      walkIn('m', '08:00', { rejoinedAt: at('09:55') }),
    ];
    expect(ids(orderQueue(waiting, [], now))).toEqual(['a', 'b', 'c', 'm', 'd', 'e']);
    expect(ids(orderQueue(waiting, [called('09:56', 'general'), called('09:50', 'general')], now))).toEqual([
      'a',
      'b',
      'm',
      'c',
      'd',
      'e',
    ]);
  });

  it('falls back to the number on the ticket between equals', () => {
    const twins = [walkIn('z', '09:10'), walkIn('a', '09:10')];
    expect(ids(orderQueue([...twins].reverse(), [], now))).toEqual(['z', 'a']);
  });

  it('tells how many are ahead', () => {
    const order = orderQueue([walkIn('b', '09:20'), walkIn('a', '09:10')], [], now);
    expect([aheadCount(order, 'a'), aheadCount(order, 'b'), aheadCount(order, 'x')]).toEqual([
      0,
      1,
      undefined,
    ]);
  });
});

describe('any waiting list', () => {
  const minutes = (n: number) => new Date(at('08:00').getTime() + n * 60_000);
  const before = fc.integer({ min: 0, max: 115 }).map(minutes);
  const someTicket = fc.record({
    joinedAt: before,
    bookedFor: fc.option(fc.integer({ min: 0, max: 180 }).map(minutes), { nil: undefined, freq: 2 }),
    priority: fc.option(fc.constantFrom('elder' as const, 'disabled' as const), { nil: undefined, freq: 1 }),
    rejoinedAt: fc.option(before, { nil: undefined, freq: 1 }),
  });
  const someList = fc
    .array(someTicket, { maxLength: 15 })
    .map((tickets): WaitingTicket[] =>
      tickets.map((ticket, i) => ({ ...ticket, id: `t${i}`, serial: i + 1 })),
    );
  const someCalls = fc.array(
    fc.record({ at: before, lane: fc.constantFrom('ahead' as const, 'general' as const) }),
    { maxLength: 8 },
  );

  it('is called completely, in one order, whatever order it is given in', () => {
    fc.assert(
      fc.property(
        someList.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        someCalls,
        ([list, shuffled], calls) => {
          const order = orderQueue(list, calls, now);
          expect(ids(order).sort()).toEqual(list.map((ticket) => ticket.id).sort());
          expect(orderQueue(shuffled, [...calls].reverse(), now)).toEqual(order);
          for (const place of order) expect(queueReasonTexts[place.reason]).toBeTruthy();
        },
      ),
    );
  });

  it('keeps its order when the first is called, so that nobody’s place gets worse', () => {
    fc.assert(
      fc.property(someList, someCalls, (list, calls) => {
        const [head, ...rest] = orderQueue(list, calls, now);
        fc.pre(head !== undefined);
        const left = list.filter((ticket) => ticket.id !== head?.ticketId);
        const after = orderQueue(left, [...calls, { at: now, lane: head?.lane ?? 'general' }], now);
        expect(ids(after)).toEqual(ids(rest));
      }),
    );
  });

  it('gives the general line one call in every three while a walk-in waits', () => {
    fc.assert(
      fc.property(someList, someCalls, (list, calls) => {
        const order = orderQueue(list, calls, now);
        const lastWalkIn = order.findLastIndex((place) =>
          ['arrival', 'general_share'].includes(place.reason),
        );
        const n = defaultQueueSettings.generalOneIn;
        for (let i = 0; i + n - 1 <= lastWalkIn; i += 1) {
          expect(order.slice(i, i + n).some((place) => place.lane === 'general')).toBe(true);
        }
      }),
    );
  });

  it('calls each line by its rank time', () => {
    fc.assert(
      fc.property(someList, someCalls, (list, calls) => {
        const order = orderQueue(list, calls, now).filter((place) => place.reason !== 'rejoined');
        for (const lane of ['ahead', 'general'] as const) {
          const times = order.filter((place) => place.lane === lane).map((place) => place.rankAt.getTime());
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('never sets a returned ticket back further than the agreed places behind the head', () => {
    fc.assert(
      fc.property(someList, someCalls, (list, calls) => {
        const order = orderQueue(list, calls, now);
        order.forEach((place, i) => {
          if (place.reason !== 'rejoined') return;
          const others = order.slice(0, i).filter((before) => before.reason !== 'rejoined').length;
          expect(others).toBeLessThanOrEqual(defaultQueueSettings.missedPlacesBack);
        });
      }),
    );
  });
});
