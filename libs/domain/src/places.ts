/**
 * Taking and returning the places of one slot: the arithmetic that never oversells. A slot has three contingents. The public and
 * the green places (绿色通道) are parts of the internal ones, which are all there is; staff may book what is left of the whole. This is
 * ZMS's public ⊂ internal (github.com/it-at-m/eappointment) with a third part. Beside that, an item class may have a cap of its own ("at most
 * two long matters at once"), and a public place that was given back stays out of the public's sight until it re-opens (`heldBack`).
 */
import type { Decision } from './transitions.js';
import { permit, refuse } from './transitions.js';
import type { Contingent } from './states.js';

export interface PlaceCapacity {
  readonly public: number;
  readonly green: number;
  /** All places; at least `public` + `green`. */
  readonly internal: number;
  /** Most places at once by item class; a class that is not named has no cap of its own. */
  readonly perClass?: Readonly<Record<string, number>>;
}

export interface PlaceLoad {
  readonly public: number;
  readonly green: number;
  readonly internal: number;
  /** Returned public places that are not open again yet. */
  readonly heldBack: number;
  readonly perClass?: Readonly<Record<string, number>>;
}

export interface PlaceClaim {
  /** For whom: `green` may take public places too, `internal` whatever is left. */
  readonly audience: Contingent;
  /** Places in this slot: people served side by side. */
  readonly places: number;
  readonly itemClass?: string | null;
}

export interface Claimed {
  /** The contingent that the places were counted in, to be named when they are returned. */
  readonly contingent: Contingent;
  readonly load: PlaceLoad;
}

export const noLoad: PlaceLoad = { public: 0, green: 0, internal: 0, heldBack: 0 };

/** What an audience may still take of a slot. */
export interface FreePlaces {
  /** By contingent, in the order in which they are drawn on. */
  readonly parts: readonly number[];
  /** Over all contingents: what the slot and the item's class still hold. */
  readonly most: number;
}

/** Never negative, also where a rule was cut below what is taken. */
export function freeByContingent(
  capacity: PlaceCapacity,
  load: PlaceLoad,
  audience: Contingent,
  itemClass?: string | null,
): FreePlaces {
  const inAll = Math.max(0, capacity.internal - load.public - load.green - load.internal);
  const open = Math.max(0, capacity.public - load.public - load.heldBack);
  const green = Math.max(0, capacity.green - load.green);
  const classCap = itemClass ? capacity.perClass?.[itemClass] : undefined;
  const ofClass =
    itemClass && classCap !== undefined ? Math.max(0, classCap - (load.perClass?.[itemClass] ?? 0)) : inAll;
  return {
    // Staff see returned places at once: they are not the ones who trade with them.
    parts: audience === 'internal' ? [inAll] : audience === 'green' ? [green, open] : [open],
    most: Math.min(inAll, ofClass),
  };
}

/** How many more places of this slot the audience may take. */
export function placesFree(
  capacity: PlaceCapacity,
  load: PlaceLoad,
  audience: Contingent,
  itemClass?: string | null,
): number {
  const { parts, most } = freeByContingent(capacity, load, audience, itemClass);
  return Math.min(
    parts.reduce((total, part) => total + part, 0),
    most,
  );
}

/**
 * How many visits of `places` people each can still be taken that cover all of these slots. A visit lies in one contingent as a whole, so
 * one green and one public place are no room for two people who come together.
 */
export function visitsFree(slots: readonly FreePlaces[], places: number): number {
  const [first] = slots;
  if (!first) return 0;
  const visits = (of: (slot: FreePlaces) => number) =>
    Math.min(...slots.map((slot) => Math.floor(of(slot) / places)));
  const byPart = first.parts.map((_, index) => visits(({ parts }) => parts[index] ?? 0));
  return Math.min(
    byPart.reduce((total, part) => total + part, 0),
    visits(({ most }) => most),
  );
}

/** What is left of each slot after so many such visits. */
export function withoutVisits(slots: readonly FreePlaces[], places: number, visits: number): FreePlaces[] {
  let left = visits;
  const drawn = (slots[0]?.parts ?? []).map((_, index) => {
    const here = Math.min(left, ...slots.map(({ parts }) => Math.floor((parts[index] ?? 0) / places)));
    left -= here;
    return here * places;
  });
  return slots.map(({ parts, most }) => ({
    parts: parts.map((part, index) => part - (drawn[index] ?? 0)),
    most: most - visits * places,
  }));
}

/**
 * The load after the claim, or SLOT_FULL. A claim is counted in one contingent as a whole: a green one in the green part where it fits,
 * so that public places stay for the public, else in the public one.
 */
export function claimPlaces(capacity: PlaceCapacity, load: PlaceLoad, claim: PlaceClaim): Decision<Claimed> {
  const { audience, places, itemClass } = claim;
  const candidates: readonly Contingent[] = audience === 'green' ? ['green', 'public'] : [audience];
  for (const contingent of candidates) {
    const free =
      contingent === 'green'
        ? Math.min(capacity.green - load.green, placesFree(capacity, load, 'green', itemClass))
        : placesFree(capacity, load, contingent, itemClass);
    if (places >= 1 && places <= free)
      return permit({ contingent, load: add(load, contingent, places, itemClass) });
  }
  return refuse('SLOT_FULL');
}

/** The load after places were given back; `holdBack` keeps public ones from opening at once. Never below zero. */
export function returnPlaces(
  load: PlaceLoad,
  given: { readonly contingent: Contingent; readonly places: number; readonly itemClass?: string | null },
  holdBack: boolean,
): PlaceLoad {
  const back = Math.min(given.places, load[given.contingent]);
  const less = add(load, given.contingent, -back, given.itemClass);
  return holdBack && given.contingent === 'public' ? { ...less, heldBack: less.heldBack + back } : less;
}

/** The load after held-back places opened again. */
export function reopenPlaces(load: PlaceLoad, places: number): PlaceLoad {
  return { ...load, heldBack: Math.max(0, load.heldBack - places) };
}

function add(load: PlaceLoad, contingent: Contingent, places: number, itemClass?: string | null): PlaceLoad {
  const perClass = itemClass
    ? { ...load.perClass, [itemClass]: Math.max(0, (load.perClass?.[itemClass] ?? 0) + places) }
    : load.perClass;
  return { ...load, [contingent]: load[contingent] + places, ...(perClass && { perClass }) };
}
