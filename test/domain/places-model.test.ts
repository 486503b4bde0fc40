/**
 * Random lives of two slots, step by step against a model that keeps nothing but a list of bookings and counts it anew each time. The
 * arithmetic of `places.ts` keeps running totals; whatever the order of acts, both must say the same and nobody gets a place that
 * is not there.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimPlaces, contingents, noLoad, placesFree, reopenPlaces, returnPlaces } from '@haoban/domain';
import type { Contingent, PlaceCapacity, PlaceClaim, PlaceLoad } from '@haoban/domain';

interface Live {
  readonly slot: number;
  readonly contingent: Contingent;
  readonly places: number;
  readonly itemClass: string | null;
  /** Minute at which it is no longer kept; null once it is confirmed. */
  readonly holdUntil: number | null;
}

/** What a person with a pencil would keep: who has what, which returned places wait, and what the calendar says. */
interface Naive {
  readonly capacity: PlaceCapacity[];
  bookings: Live[];
  heldBack: { readonly slot: number; readonly places: number }[];
  now: number;
}

/** What the product keeps: totals. */
interface Kept {
  load: PlaceLoad[];
}

type Command = fc.Command<Naive, Kept>;

const HOLD = 5;
const classes = [null, 'long', 'short'] as const;
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const asked = contingents.flatMap((audience) => classes.map((itemClass) => ({ audience, itemClass })));
const nth = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new RangeError(`No element ${index}`);
  return found;
};

function counted(model: Naive, slot: number): Required<PlaceLoad> {
  const here = model.bookings.filter((booking) => booking.slot === slot);
  const of = (test: (booking: Live) => boolean) => sum(here.filter(test).map(({ places }) => places));
  const byClass = (name: string) => [name, of(({ itemClass }) => itemClass === name)] as const;
  return {
    public: of(({ contingent }) => contingent === 'public'),
    green: of(({ contingent }) => contingent === 'green'),
    internal: of(({ contingent }) => contingent === 'internal'),
    heldBack: sum(model.heldBack.filter((each) => each.slot === slot).map(({ places }) => places)),
    perClass: Object.fromEntries([byClass('long'), byClass('short')]),
  };
}

/** The contingent that may take so many more places, by counting who is there; undefined where none may. */
function mayTake(model: Naive, slot: number, claim: PlaceClaim): Contingent | undefined {
  const capacity = nth(model.capacity, slot);
  const has = counted(model, slot);
  const { audience, places, itemClass } = claim;
  const inAll = has.public + has.green + has.internal + places <= capacity.internal;
  const cap = itemClass ? capacity.perClass?.[itemClass] : undefined;
  const inClass = cap === undefined || (has.perClass[itemClass ?? ''] ?? 0) + places <= cap;
  if (!inAll || !inClass) return undefined;
  const fits = {
    internal: true,
    green: has.green + places <= capacity.green,
    public: has.public + has.heldBack + places <= capacity.public,
  };
  const order: readonly Contingent[] = audience === 'green' ? ['green', 'public'] : [audience];
  return order.find((contingent) => fits[contingent]);
}

/** One line of text a fact, compared at once: some hundred thousand steps are taken. */
function agree(model: Naive, real: Kept): void {
  const ours = real.load.map((load, slot) => {
    const { public: open, green, internal, heldBack, perClass } = load;
    const free = asked.map(({ audience, itemClass }) =>
      placesFree(nth(model.capacity, slot), load, audience, itemClass),
    );
    return { taken: [open, green, internal, heldBack, perClass?.long ?? 0, perClass?.short ?? 0], free };
  });
  const theirs = real.load.map((_, slot) => {
    const { public: open, green, internal, heldBack, perClass } = counted(model, slot);
    const free = asked.map((wish) => {
      // Places that fit one by one: the naive way to count what is free.
      const alone = { ...model, bookings: [...model.bookings] };
      for (let more = 0; ; more++) {
        const contingent = mayTake(alone, slot, { ...wish, places: 1 });
        if (!contingent) return more;
        alone.bookings.push({ slot, contingent, places: 1, itemClass: wish.itemClass, holdUntil: null });
      }
    });
    return { taken: [open, green, internal, heldBack, perClass.long ?? 0, perClass.short ?? 0], free };
  });
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours).toEqual(theirs);
}

/** @returns the contingent, or undefined where it was refused; both sides are asked and must agree */
function claim(model: Naive, real: Kept, slot: number, wish: PlaceClaim, holdUntil: number | null) {
  const expected = mayTake(model, slot, wish);
  const decision = claimPlaces(nth(model.capacity, slot), nth(real.load, slot), wish);
  if ((decision.ok ? decision.next.contingent : undefined) !== expected) expect(decision).toBe(expected);
  if (!decision.ok) return undefined;
  const { contingent, load } = decision.next;
  real.load[slot] = load;
  const { places, itemClass = null } = wish;
  model.bookings.push({ slot, contingent, places, itemClass, holdUntil });
  // Nobody ever gets a place over what the calendar says at this moment, whatever was cut before.
  const capacity = nth(model.capacity, slot);
  const over =
    load.public + load.green + load.internal > capacity.internal || load[contingent] > capacity[contingent];
  if (over) expect(load).toBe(capacity);
  return contingent;
}

function giveBack(model: Naive, real: Kept, booking: Live, holdBack: boolean): void {
  model.bookings = model.bookings.filter((each) => each !== booking);
  const { slot, places, contingent } = booking;
  if (holdBack && contingent === 'public') model.heldBack.push({ slot, places });
  real.load[slot] = returnPlaces(nth(real.load, slot), booking, holdBack);
}

const slotIndex = fc.nat({ max: 1 });
const wish: fc.Arbitrary<PlaceClaim> = fc.record({
  audience: fc.constantFrom(...contingents),
  places: fc.integer({ min: 1, max: 3 }),
  itemClass: fc.constantFrom(...classes),
});
/** Public and green lie within the whole, as the calendar's checks see to. */
const someCapacity: fc.Arbitrary<PlaceCapacity> = fc
  .record({
    public: fc.nat({ max: 5 }),
    green: fc.nat({ max: 2 }),
    more: fc.nat({ max: 2 }),
    long: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
  })
  .map(({ public: open, green, more, long }) => ({
    public: open,
    green,
    internal: open + green + more,
    ...(long !== undefined && { perClass: { long } }),
  }));

const step = (
  name: string,
  may: (model: Naive) => boolean,
  act: (model: Naive, real: Kept) => void,
): Command => ({
  check: (model) => may(model),
  run: (model, real) => {
    act(model, real);
    agree(model, real);
  },
  toString: () => name,
});
const pick = <T>(list: readonly T[], index: number): T => nth(list, index % list.length);
const some = (model: Naive) => model.bookings.length > 0;
const held = ({ bookings }: Naive) => bookings.filter(({ holdUntil }) => holdUntil !== null);

const commands: fc.Arbitrary<Command>[] = [
  fc.record({ slot: slotIndex, wish, hold: fc.boolean() }).map(({ slot, wish: asked, hold }) =>
    step(
      `${hold ? 'hold' : 'reserve'} ${slot} ${JSON.stringify(asked)}`,
      () => true,
      (model, real) => void claim(model, real, slot, asked, hold ? model.now + HOLD : null),
    ),
  ),
  fc.nat().map((index) =>
    step(
      `confirm ${index}`,
      (model) => held(model).length > 0,
      (model) => {
        const booking = pick(held(model), index);
        if ((booking.holdUntil ?? 0) <= model.now) return;
        model.bookings = model.bookings.map((each) =>
          each === booking ? { ...each, holdUntil: null } : each,
        );
      },
    ),
  ),
  fc
    .record({ index: fc.nat(), holdBack: fc.boolean() })
    .map(({ index, holdBack }) =>
      step(`cancel ${index}${holdBack ? ', held back' : ''}`, some, (model, real) =>
        giveBack(model, real, pick(model.bookings, index), holdBack),
      ),
    ),
  fc.integer({ min: 1, max: 2 * HOLD }).map((minutes) =>
    step(
      `${minutes} minutes go by`,
      () => true,
      (model, real) => {
        model.now += minutes;
        for (const booking of held(model))
          if ((booking.holdUntil ?? 0) <= model.now) giveBack(model, real, booking, false);
      },
    ),
  ),
  fc.nat().map((index) =>
    step(
      `re-open ${index}`,
      (model) => model.heldBack.length > 0,
      (model, real) => {
        const back = pick(model.heldBack, index);
        model.heldBack = model.heldBack.filter((each) => each !== back);
        real.load[back.slot] = reopenPlaces(nth(real.load, back.slot), back.places);
      },
    ),
  ),
  fc.record({ index: fc.nat(), holdBack: fc.boolean() }).map(({ index, holdBack }) =>
    step(`swap ${index}`, some, (model, real) => {
      const booking = pick(model.bookings, index);
      const { slot, contingent, places, itemClass, holdUntil } = booking;
      const before = people(real);
      const moved = claim(model, real, 1 - slot, { audience: contingent, places, itemClass }, holdUntil);
      // The new place first: where it is refused the old one is as it was.
      if (moved) giveBack(model, real, booking, holdBack);
      expect(people(real)).toBe(before);
    }),
  ),
  fc.record({ slot: slotIndex, capacity: someCapacity }).map(({ slot, capacity }) =>
    step(
      `calendar ${slot} ${JSON.stringify(capacity)}`,
      () => true,
      (model) => void (model.capacity[slot] = capacity),
    ),
  ),
];

const people = ({ load }: Kept) => sum(load.map((each) => each.public + each.green + each.internal));

describe('the places of slots', () => {
  it('are what live bookings count, and never more than there are, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(
        fc.tuple(someCapacity, someCapacity),
        fc.commands(commands, { maxCommands: 60, size: 'max' }),
        (capacity, acts) => {
          fc.modelRun(
            () => ({
              model: { capacity: [...capacity], bookings: [], heldBack: [], now: 0 },
              real: { load: [noLoad, noLoad] },
            }),
            acts,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are taken by a claim and untouched after its return', () => {
    fc.assert(
      fc.property(someCapacity, fc.array(wish, { maxLength: 6 }), wish, (capacity, earlier, asked) => {
        const load = earlier.reduce<PlaceLoad>((before, each) => {
          const decision = claimPlaces(capacity, before, each);
          return decision.ok ? decision.next.load : before;
        }, noLoad);
        const decision = claimPlaces(capacity, load, asked);
        if (!decision.ok) return;
        const { contingent, load: after } = decision.next;
        const { places, itemClass = null } = asked;
        const back = returnPlaces(after, { contingent, places, itemClass }, false);
        for (const audience of contingents)
          for (const name of classes)
            expect(placesFree(capacity, back, audience, name)).toBe(
              placesFree(capacity, load, audience, name),
            );
        // Held back it is nobody's but the staff's, until it opens again.
        const kept = returnPlaces(after, { contingent, places, itemClass }, true);
        expect(placesFree(capacity, kept, 'internal')).toBe(placesFree(capacity, load, 'internal'));
        expect(placesFree(capacity, kept, 'public')).toBeLessThanOrEqual(
          placesFree(capacity, after, 'public') + places,
        );
        expect(reopenPlaces(kept, contingent === 'public' ? places : 0)).toEqual(back);
      }),
    );
  });
});
