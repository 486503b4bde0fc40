import { startOfWeek, type BookingSettings, type Contingent } from '@haoban/domain';
import type { SlotEntity } from '../../apps/api/src/booking/slot.entity.js';
import { counts, hasPlace, openReturns, total, type Truth, type TruthBooking } from './booking-truth.js';

/** Who asks for what, in the words of the rules. */
export interface Ask {
  readonly citizenId: string | null;
  readonly personKey: string;
  readonly hallId: string;
  readonly slotId: string;
  readonly itemId: string;
  /** Slots one after another. */
  readonly need: number;
  readonly places: number;
  readonly itemClass: string | null;
  readonly audience: Contingent;
  readonly hold: boolean;
  /** The booking that is moved, in place of a new one. */
  readonly moved?: TruthBooking;
}

export type Answer = { readonly contingent: Contingent } | { readonly code: string };

const refused = (code: string): Answer => ({ code });

/**
 * What should come of a wish to book or to move, found out the slow way: by counting bookings, in the order in which the rules are told. It
 * shares no code with the product but the calendar's weeks.
 */
export function foretell(truth: Truth, ask: Ask, now: Date, settings: BookingSettings): Answer {
  const run = runFrom(truth, ask);
  if (!run) return refused('SLOT_CLOSED');
  const [first] = run;
  if (!first || first.startAt <= now) return refused('SLOT_IN_PAST');
  const others = truth.bookings.filter(
    (booking) => booking.id !== ask.moved?.id && !isReplaced(booking, ask),
  );
  const own = others.filter((booking) => booking.personKey === ask.personKey && counts(booking, now));
  if (overLimit(own, first, now, settings)) return refused('BOOKING_LIMIT_REACHED');
  if (
    first.startAt.getTime() < now.getTime() + settings.noticeMinutes * 60_000 &&
    ask.audience !== 'internal'
  )
    return refused('SLOT_CLOSED');
  if (own.some(({ day, itemIds }) => day === first.day && itemIds.includes(ask.itemId)))
    return refused('BOOKING_LIMIT_REACHED');
  const gaveBack = truth.returns.some(
    ({ slotId, personKey }) => personKey === ask.personKey && run.some(({ id }) => id === slotId),
  );
  if (gaveBack && ask.audience !== 'internal') return refused('SLOT_GIVEN_BACK');
  const contingent = order(ask.audience).find((each) =>
    run.every((slot) => fits(truth, slot, others, ask, each, now)),
  );
  return contingent ? { contingent } : refused('SLOT_FULL');
}

const order = (audience: Contingent): readonly Contingent[] =>
  audience === 'green' ? ['green', 'public'] : [audience];

/** Whoever holds another place of the hall gives that up for this one; what the waitlist offered is another matter. */
function isReplaced(booking: TruthBooking, { hold, citizenId, hallId }: Ask): boolean {
  return (
    hold &&
    booking.state === 'held' &&
    booking.waitlistId === null &&
    booking.citizenId === citizenId &&
    booking.hallId === hallId
  );
}

function runFrom({ slots }: Truth, { slotId, need }: Ask): SlotEntity[] | undefined {
  const first = slots.find(({ id }) => id === slotId);
  const run = first ? [first] : [];
  for (let last = first; last && run.length < need; last = run.at(-1)) {
    const { endAt, kind, ruleId } = last;
    const next = slots.find(
      (slot) => slot.startAt.getTime() === endAt.getTime() && slot.kind === kind && slot.ruleId === ruleId,
    );
    if (!next) return undefined;
    run.push(next);
  }
  return run.length > 0 && run.every(({ closed }) => !closed) ? run : undefined;
}

function overLimit(
  own: readonly TruthBooking[],
  { day }: SlotEntity,
  now: Date,
  settings: BookingSettings,
): boolean {
  const of = (test: (booking: TruthBooking) => boolean) => own.filter(test).length;
  return (
    of((booking) => booking.day === day) >= settings.perDay ||
    of((booking) => startOfWeek(booking.day) === startOfWeek(day)) >= settings.perWeek ||
    of((booking) => booking.day.slice(0, 7) === day.slice(0, 7)) >= settings.perMonth ||
    of((booking) => booking.startAt > now) >= settings.open
  );
}

/** Whether so many more fit beside those who have a place; one who let a hold run out has none. */
function fits(
  truth: Truth,
  slot: SlotEntity,
  others: readonly TruthBooking[],
  { places, itemClass }: Ask,
  contingent: Contingent,
  now: Date,
): boolean {
  const ranOut = ({ state, holdUntil }: TruthBooking) =>
    state === 'held' && holdUntil !== null && holdUntil <= now;
  const here = others.filter((booking) => hasPlace(booking) && booking.slotIds.includes(slot.id));
  const live = here.filter((booking) => !ranOut(booking));
  const placesOf = (bookings: readonly TruthBooking[]) => total(bookings.map(({ persons }) => persons));
  // What a hold leaves behind while somebody waits is for the waitlist first.
  const forWaitlist = slot.waited
    ? placesOf(here.filter((booking) => ranOut(booking) && booking.contingent === 'public'))
    : 0;
  const cap = itemClass ? slot.classPlaces?.[itemClass] : undefined;
  const all = Math.max(slot.internalCapacity, slot.capacity);
  if (placesOf(live) + places > all) return false;
  if (cap !== undefined && placesOf(live.filter((each) => each.itemClass === itemClass)) + places > cap)
    return false;
  const same = placesOf(live.filter((each) => each.contingent === contingent));
  if (contingent === 'internal') return true;
  if (contingent === 'green') return same + places <= slot.greenCapacity;
  return same + openReturns(truth, slot.id) + forWaitlist + places <= slot.capacity;
}
