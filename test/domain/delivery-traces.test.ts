import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applyTrace,
  decideDelivery,
  deliveredToSomeoneElse,
  deliveryStateFromTraces,
  deliveryStates,
} from '@haoban/domain';
import type { TraceEvent } from '@haoban/domain';

const minute = (n: number) => new Date(Date.UTC(2026, 6, 14, 1, n));
const scan = (opCode: string, at: number, more: Partial<TraceEvent> = {}): TraceEvent => ({
  opCode,
  at: minute(at),
  ...more,
});
const journey = [scan('203', 0), scan('305', 10), scan('954', 20), scan('713', 30), scan('702', 40)];
const delivered = [...journey, scan('704', 50, { deliverCode: '10' })];

const opCodes = [
  '203',
  '208',
  '305',
  '389',
  '954',
  '516',
  '713',
  '702',
  '723',
  '747',
  '748',
  '704',
  '705',
  '708',
];
const moreCodes = [
  '741',
  '711',
  '013',
  '651',
  '987',
  '801',
  '207',
  '212',
  '742',
  '743',
  '744',
  '802',
  '999',
  'O_010',
];
const anyScan = fc.record({
  opCode: fc.constantFrom(...opCodes, ...moreCodes),
  at: fc.integer({ min: 0, max: 30 }).map(minute),
  deliverCode: fc.constantFrom(undefined, '10', '20', '180'),
  attemptDeliveryCode: fc.constantFrom(undefined, '4', '7', '13'),
  opOrgCode: fc.constantFrom(undefined, '35000001', '35000002'),
});

describe('the state of a parcel', () => {
  it('follows the scans from pick-up to delivery', () => {
    const states = delivered.map((_, i) => deliveryStateFromTraces(delivered.slice(0, i + 1)));
    expect(states).toEqual([
      'handed_over',
      'in_transit',
      'in_transit',
      'in_transit',
      'out_for_delivery',
      'delivered',
    ]);
  });

  it('is reopened when the delivery scan is voided (743), and closes again with the next one', () => {
    const voided = [...delivered, scan('743', 55)];
    expect(deliveryStateFromTraces(voided)).toBe('out_for_delivery');
    expect(deliveryStateFromTraces([...voided, scan('704', 70)])).toBe('delivered');
  });

  it('goes back one step for a voided try (744) and a voided round (742)', () => {
    expect(deliveryStateFromTraces([...journey, scan('705', 45), scan('744', 46)])).toBe('out_for_delivery');
    expect(deliveryStateFromTraces([...journey, scan('742', 46)])).toBe('in_transit');
  });

  it('honours a reversal whose scan we never got', () => {
    expect(applyTrace('743', undefined, undefined, 'delivered')).toBe('out_for_delivery');
    expect(applyTrace('742', undefined, undefined, 'out_for_delivery')).toBe('in_transit');
    expect(applyTrace('744', undefined, undefined, 'attempt_failed')).toBe('out_for_delivery');
  });

  it('is not set back by a late in-transit scan after the delivery', () => {
    expect(deliveryStateFromTraces([...delivered, scan('954', 58)])).toBe('delivered');
  });

  it('tells a failed try from a loss', () => {
    expect(deliveryStateFromTraces([...journey, scan('705', 45, { attemptDeliveryCode: '4' })])).toBe(
      'attempt_failed',
    );
    expect(deliveryStateFromTraces([...journey, scan('705', 45, { attemptDeliveryCode: '13' })])).toBe(
      'exception',
    );
    expect(deliveryStateFromTraces([...journey, scan('704', 45, { deliverCode: '180' })])).toBe('exception');
  });

  it('is returning and then returned, and a delivery on the way back calls for a person', () => {
    const back = [...delivered, scan('741', 60)];
    expect(deliveryStateFromTraces(back)).toBe('returning');
    expect(deliveryStateFromTraces([...back, scan('954', 65), scan('711', 70)])).toBe('returned');
    expect(deliveryStateFromTraces([...back, scan('704', 70)])).toBe('exception');
  });

  it('leaves a parcel alone on a change of address or an unknown code', () => {
    for (const opCode of ['802', '803', '756', '303', '___', 'toString']) {
      expect(applyTrace(opCode, undefined, undefined, 'in_transit')).toBe('in_transit');
    }
  });

  it('does not depend on the order in which the scans arrive, nor on repeats', () => {
    const scrambled = fc
      .array(anyScan, { maxLength: 12 })
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(scrambled, ([events, arrived]) => {
        expect(deliveryStateFromTraces(arrived)).toBe(deliveryStateFromTraces(events));
      }),
    );
  });

  it('is the same with a scan and its later reversal as without both', () => {
    const pairs = [
      ['704', '743'],
      ['702', '742'],
      ['705', '744'],
    ] as const;
    fc.assert(
      fc.property(
        fc.array(anyScan, { maxLength: 10 }),
        fc.constantFrom(...pairs),
        (events, [code, reversal]) => {
          const both = [...events, scan(code, 40), scan(reversal, 41)];
          expect(deliveryStateFromTraces(both)).toBe(deliveryStateFromTraces(events));
        },
      ),
    );
  });

  it('is always one the delivery table allows after the order', () => {
    fc.assert(
      fc.property(fc.array(anyScan, { maxLength: 12 }), (events) => {
        const state = deliveryStateFromTraces(events);
        expect(deliveryStates).toContain(state);
        expect(decideDelivery('ordered', 'trace', 'system', state)).toEqual({ ok: true, next: state });
      }),
    );
  });

  it('takes scans of one second in the order in which a parcel lives through them', () => {
    expect(deliveryStateFromTraces([scan('704', 9), scan('702', 9), scan('203', 9)])).toBe('delivered');
    expect(deliveryStateFromTraces([scan('743', 9), scan('704', 9), scan('702', 9)])).toBe(
      'out_for_delivery',
    );
  });

  it('believes the fuller of two reports of one scan', () => {
    const short = scan('705', 45);
    const full = scan('705', 45, { attemptDeliveryCode: '13' });
    expect(deliveryStateFromTraces([...journey, short, full])).toBe('exception');
    expect(deliveryStateFromTraces([...journey, full, short])).toBe('exception');
  });

  it('warns when an original went to anybody but the addressee', () => {
    expect(['10', undefined, '20', '60'].map(deliveredToSomeoneElse)).toEqual([false, false, true, true]);
  });
});
