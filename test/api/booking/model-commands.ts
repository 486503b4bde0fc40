/** What people, the hall and time do to a handful of slots, each with what has to come of it. */
import { formatClock, minutesOfDay, type Contingent } from '@haoban/domain';
import fc from 'fast-check';
import { BookingJobs } from '../../../apps/api/src/booking/booking.jobs.js';
import { SlotReturnJobs } from '../../../apps/api/src/booking/slot-return.jobs.js';
import { SlotsService } from '../../../apps/api/src/booking/slots.service.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { ServiceQueueEntity } from '../../../apps/api/src/guide/service-item.entity.js';
import { foretell, type Ask } from '../../support/booking-oracle.js';
import type { Truth, TruthBooking } from '../../support/booking-truth.js';
import { requestId, staffOf } from '../../support/builders/booking.js';
import {
  answer,
  askOf,
  at,
  differ,
  send,
  truthOf,
  type Memory,
  type Places,
  type Stage,
  type Wish,
} from './model-stage.js';

export type Command = fc.AsyncCommand<Memory, Stage>;
type Act = (memory: Memory, stage: Stage) => Promise<void>;

const book =
  (wish: Wish): Act =>
  async (memory, stage) => {
    const who = at(stage.people, wish.who);
    const expected =
      wish.green && !who.elder
        ? { code: 'GREEN_EVIDENCE_REQUIRED' }
        : foretell(await truthOf(stage), askOf(stage, wish), stage.world.now, stage.settings);
    const id = requestId();
    const came = await answer(send(stage, wish, id));
    const found = 'ok' in came ? { contingent: came.ok.contingent } : came;
    differ('booking', expected, found);
    if ('ok' in came) memory.answered.push({ who, wish, requestId: id, id: came.ok.id });
  };

/** The network ate the answer: the same request again is the same booking. */
const again =
  (index: number): Act =>
  async ({ answered }, stage) => {
    const { wish, requestId: id, id: bookingId } = at(answered, index);
    const came = await answer(send(stage, wish, id));
    const moved = (await truthOf(stage)).bookings.find((each) => each.id === bookingId);
    // A booking that is elsewhere by now is no answer to what was asked.
    const same = moved?.slotId === at(stage.slotIds, wish.slot);
    differ('retry', same ? bookingId : 'REQUEST_ID_REUSED', 'ok' in came ? came.ok.id : came.code);
  };

type Own = 'confirm' | 'release' | 'cancel';

/** What becomes of a booking, or the refusal. */
function foretellOwn(act: Own, { state, startAt, holdUntil }: TruthBooking, now: Date): string {
  const runOut = state === 'held' && (holdUntil === null || holdUntil <= now);
  switch (act) {
    case 'confirm':
      if (state === 'expired' || runOut) return 'HOLD_EXPIRED';
      return state === 'held' || state === 'confirmed' ? 'confirmed' : 'BOOKING_STATE';
    case 'release':
      return state === 'held' || state === 'expired' ? 'expired' : 'BOOKING_STATE';
    case 'cancel':
      if (state === 'cancelled') return 'cancelled';
      if (state !== 'confirmed') return 'BOOKING_STATE';
      return startAt <= now ? 'BOOKING_CANCEL_TOO_LATE' : 'cancelled';
  }
}

const own =
  (act: Own, index: number): Act =>
  async (_, stage) => {
    const booking = at((await truthOf(stage)).bookings, index);
    const who = stage.people.find(({ citizenId }) => citizenId === booking.citizenId);
    const expected = foretellOwn(act, booking, stage.world.now);
    const came = await answer(
      who?.api.booking[act]({ bookingId: booking.id }) ?? Promise.reject(new Error()),
    );
    differ(act, expected, 'ok' in came ? came.ok.state : came.code);
  };

const move =
  (index: number, slot: number): Act =>
  async (_, stage) => {
    const truth = await truthOf(stage);
    const booking = at(truth.bookings, index);
    const who = stage.people.find(({ citizenId }) => citizenId === booking.citizenId);
    if (!who) return;
    const slotId = at(stage.slotIds, slot);
    const expected = foretellMove(stage, truth, booking, slotId);
    const came = await answer(
      who.api.booking.reschedule({ bookingId: booking.id, requestId: requestId(), slotId }),
    );
    differ('move', expected, 'ok' in came ? { contingent: came.ok.contingent } : came);
  };

function foretellMove(stage: Stage, truth: Truth, booking: TruthBooking, slotId: string): unknown {
  const { world, settings, longId } = stage;
  const { state, contingent, startAt, citizenId, personKey, hallId, persons, itemId } = booking;
  if (state !== 'confirmed') return { code: 'BOOKING_STATE' };
  if (slotId === booking.slotId) return { contingent };
  const closed = truth.slots.some(({ id, closed: shut }) => shut && booking.slotIds.includes(id));
  const until = startAt.getTime() - (closed ? 1 : settings.cancelHoursBefore * 3_600_000);
  if (world.now.getTime() > until) return { code: 'BOOKING_MOVE_TOO_LATE' };
  const long = itemId === longId;
  const audience: Contingent = contingent === 'internal' ? 'public' : contingent;
  const ask: Ask = {
    citizenId,
    personKey,
    hallId,
    slotId,
    itemId,
    need: long ? 2 : 1,
    places: persons,
    itemClass: long ? 'long' : null,
    audience,
    hold: false,
    moved: booking,
  };
  return foretell(truth, ask, world.now, settings);
}

const wait =
  (minutes: number, jobs: boolean): Act =>
  async (_, { world }) => {
    world.clock.advance(minutes * 60_000);
    if (!jobs) return;
    await world.get(BookingJobs).expireHolds();
    await world.get(SlotReturnJobs).reopenPlaces();
  };

/** Joins where it may, or does the next thing with the entry: an offer is accepted by `confirm`, like any hold. */
const queueUp =
  (index: number, day: number, act: 'join' | 'decline' | 'leave'): Act =>
  async (_, stage) => {
    const { api } = at(stage.people, index);
    if (act === 'join') {
      const { hallId, shortId: itemId } = stage;
      await answer(api.waitlist.join({ requestId: requestId(), hallId, itemId, day: at(stage.days, day) }));
      return;
    }
    const { items } = await api.waitlist.listMine({ open: 'true' });
    if (items.length > 0) await answer(api.waitlist[act]({ entryId: at(items, day).id }));
  };

const recut =
  (places: Places): Act =>
  async (_, stage) => {
    const { world, queueId, days } = stage;
    const queues = world.dataSource.getRepository(ServiceQueueEntity);
    const { bookingRules } = await queues.findOneByOrFail({ id: queueId });
    const desks = {
      desksPublic: places.public,
      desksGreen: places.green,
      desksInternal: places.internal,
      classPlaces: { long: places.long },
    };
    await queues.update(
      { id: queueId },
      { bookingRules: bookingRules.map((rule) => ({ ...rule, ...desks })) },
    );
    world.get(GuideService).invalidate();
    await world.get(SlotsService).ensureDays(queueId, days);
    stage.places = places;
    stage.cut = true;
  };

/** Bookings in it stay, until their people move or the job calls them off. */
const close =
  (slot: number): Act =>
  async (_, stage) => {
    const { world, hallId, queueId } = stage;
    const { slots } = await truthOf(stage);
    const shut = slots.find(({ id }) => id === at(stage.slotIds, slot));
    if (!shut) return;
    const manager = world.client(staffOf(hallId, 'manager'));
    await manager.calendar.addClosure({
      requestId: requestId(),
      queueId,
      days: [shut.day],
      from: formatClock(minutesOfDay(shut.startAt)),
      to: formatClock(minutesOfDay(shut.endAt)),
      reason: '停电检修',
    });
    stage.cut = true;
  };

function command(
  name: string,
  act: Act,
  check: (stage: Stage) => Promise<void>,
  may: (memory: Memory) => boolean = () => true,
): Command {
  return {
    check: (memory) => may(memory),
    run: async (memory, stage) => {
      await act(memory, stage);
      await check(stage);
    },
    toString: () => name,
  };
}

export const someWish: fc.Arbitrary<Wish> = fc
  .record({
    who: fc.nat({ max: 4 }),
    slot: fc.nat({ max: 4 }),
    long: fc.boolean(),
    persons: fc.constantFrom(1, 1, 1, 2),
    green: fc.constantFrom(false, false, false, true),
    hold: fc.boolean(),
  })
  // Mostly those who may.
  .map((wish) => (wish.green && wish.who > 0 ? { ...wish, who: 3 + (wish.who % 2) } : wish));
/** At least one for staff: without any the day would close. */
const somePlaces: fc.Arbitrary<Places> = fc
  .record({
    public: fc.integer({ min: 0, max: 3 }),
    green: fc.nat({ max: 1 }),
    more: fc.nat({ max: 1 }),
    long: fc.nat({ max: 2 }),
  })
  .map(({ more, ...rest }) => ({ ...rest, internal: Math.max(1, rest.public + rest.green + more) }));

/** @param check runs after every act */
export function someCommands(check: (stage: Stage) => Promise<void>): fc.Arbitrary<Command>[] {
  const some = ({ answered }: Memory) => answered.length > 0;
  const acts = (name: Own) =>
    fc.nat({ max: 30 }).map((index) => command(`${name} ${index}`, own(name, index), check, some));
  const wishes = someWish.map((wish) => command(`book ${JSON.stringify(wish)}`, book(wish), check));
  return [
    wishes,
    wishes,
    wishes,
    acts('confirm'),
    acts('release'),
    acts('cancel'),
    fc.nat({ max: 30 }).map((index) => command(`again ${index}`, again(index), check, some)),
    fc
      .tuple(fc.nat({ max: 30 }), fc.nat({ max: 4 }))
      .map(([index, slot]) => command(`move ${index} to ${slot}`, move(index, slot), check, some)),
    fc
      .tuple(fc.constantFrom(0, 1, 4, 5, 20), fc.boolean())
      .map(([minutes, jobs]) => command(`${minutes} min${jobs ? ', jobs' : ''}`, wait(minutes, jobs), check)),
    fc
      .tuple(fc.nat({ max: 4 }), fc.nat({ max: 2 }), fc.constantFrom('join', 'join', 'decline', 'leave'))
      .map(([who, day, act]) => command(`waitlist ${act} ${who} ${day}`, queueUp(who, day, act), check)),
    fc.nat({ max: 4 }).map((slot) => command(`close ${slot}`, close(slot), check)),
    somePlaces.map((places) => command(`calendar ${JSON.stringify(places)}`, recut(places), check)),
  ];
}
