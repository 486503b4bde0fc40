/**
 * Random series of changes of a calendar, with people who move and cancel between them. Each time three numbers must be one: how many the
 * preview says lose their time, how many rows say so afterwards, and how many were sent a message or are to be rung. And whoever has a time
 * that nobody serves has been told, nobody else. A failure prints seed and path: put them into `fc.assert` to live it again.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AffectedBookings } from '@haoban/contracts';
import fc from 'fast-check';
import { BookingDisruptionEntity } from '../../../apps/api/src/booking/booking-disruption.entity.js';
import { BookingEntity, BookingSlotEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { OutboxEntry } from '../../../apps/api/src/outbox/outbox.entity.js';
import { newHall, requestId, type Person, type TestHall } from '../../support/builders/booking.js';
import { bookAt, managerOf, ruleOf, stretchOf, type Manager } from '../../support/builders/calendar.js';
import { newWorld, type World } from '../../support/world.js';

const SECONDS = Number(process.env.CALENDAR_MODEL_SECONDS ?? 10);
// The clock stands at Tuesday 2026-07-14, 09:30.
const DAYS = ['2026-07-15', '2026-07-16'] as const;
const MORNING = ['09:00', '12:00'] as const;
const AFTERNOON = ['13:30', '17:00'] as const;

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

type Span = readonly [string, string];

/** What a manager or a citizen does; `which` picks one of what there is. */
type Act =
  | { readonly act: 'cut'; readonly minutes: number; readonly spans: readonly Span[] }
  | { readonly act: 'close'; readonly hall: boolean; readonly days: readonly string[]; readonly span?: Span }
  | { readonly act: 'plan'; readonly day: string; readonly minutes: number; readonly span: Span }
  | { readonly act: 'takeBack'; readonly which: number }
  | { readonly act: 'move'; readonly which: number; readonly day: string; readonly to: number }
  | { readonly act: 'cancel'; readonly which: number };

const someDay = fc.constantFrom(...DAYS);
const which = fc.nat({ max: 20 });
const minutes = fc.constantFrom(15, 20, 30, 45);
const clock = (quarter: number) =>
  `${String(9 + Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
const span = fc
  .tuple(fc.nat({ max: 28 }), fc.integer({ min: 3, max: 16 }))
  .map(([from, length]): Span => [clock(from), clock(Math.min(from + length, 32))]);
const spans = fc.constantFrom<readonly Span[]>([MORNING, AFTERNOON], [MORNING], [AFTERNOON]);
const someAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('cut' as const), minutes, spans }) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        act: fc.constant('close' as const),
        hall: fc.boolean(),
        days: fc.constantFrom<readonly string[]>([DAYS[0]], [DAYS[1]], DAYS),
        span,
      },
      { requiredKeys: ['act', 'hall', 'days'] },
    ),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('plan' as const), day: someDay, minutes, span }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('takeBack' as const), which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('move' as const), which, day: someDay, to: which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('cancel' as const), which }) },
);

interface Stage {
  readonly hall: TestHall;
  readonly manager: Manager;
  readonly own: readonly { readonly person: Person; readonly bookingId: string }[];
}

/** Both queues have bookings, one of two slots and one of somebody without an account. */
async function newStage(): Promise<Stage> {
  const hall = await newHall(world);
  const { a, b } = hall;
  const wanted: [string, string, string?][] = [
    [DAYS[0], '09:00'],
    [DAYS[0], '09:30'],
    [DAYS[0], '10:30', a.longItemId],
    [DAYS[0], '16:30'],
    [DAYS[1], '11:30'],
    [DAYS[1], '14:00'],
    [DAYS[0], '09:30', b.itemId],
  ];
  const own: { person: Person; bookingId: string }[] = [];
  for (const [day, time, itemId] of wanted) {
    const { person, booking } = await bookAt(world, hall, day, time, itemId);
    own.push({ person, bookingId: booking.id });
  }
  const bookingId = own[5]?.bookingId ?? '';
  await world.dataSource.manager.update(BookingEntity, { id: bookingId }, { citizenId: null });
  return { hall, manager: managerOf(world, hall.hallId), own };
}

type Named = Pick<AffectedBookings, 'closedCount' | 'ringCount'>;

/** @returns what was said before and in the answer; undefined where there was nothing to do */
async function change(
  { hall, manager }: Stage,
  act: Act,
): Promise<{ before: Named; after?: Named } | undefined> {
  const { calendar } = manager.api;
  const { queueId } = hall.a;
  const { version, exceptions } = await calendar.getCalendar({ queueId });
  const range = { from: DAYS[0], to: DAYS[1] };
  const reason = '试行';
  if (act.act === 'cut') {
    const rules = act.spans.map(([from, to]) => ruleOf(from, to, { slotMinutes: act.minutes }));
    const before = await calendar.preview({ queueId, rules, ...range });
    return { before, after: await calendar.saveRules({ queueId, version, rules, reason }) };
  }
  if (act.act === 'close') {
    const [from, to] = act.span ?? [];
    const input = { queueId: act.hall ? null : queueId, days: [...act.days], reason, from, to };
    const before = await calendar.addClosure({ ...input, requestId: requestId(), dryRun: true });
    return { before, after: await calendar.addClosure({ ...input, requestId: requestId() }) };
  }
  if (act.act === 'plan') {
    const plan = [stretchOf(...act.span, { slotMinutes: act.minutes })];
    const input = { queueId, day: act.day, plan, reason };
    const before = await calendar.addOverride({ ...input, requestId: requestId(), dryRun: true });
    return { before, after: await calendar.addOverride({ ...input, requestId: requestId() }) };
  }
  if (act.act !== 'takeBack') return undefined;
  const found = exceptions[act.which % Math.max(1, exceptions.length)];
  if (!found) return undefined;
  const taken = { exceptionId: found.id, reason };
  if (found.kind === 'closure') {
    const before = await calendar.preview({ queueId, without: [found.id], ...range });
    await calendar.removeClosure(taken);
    return { before };
  }
  const before = await calendar.removeOverride({ ...taken, dryRun: true });
  return { before, after: await calendar.removeOverride(taken) };
}

/** A process may go by the times of a second ago until it holds the locks. */
const REFUSALS = ['SLOT_FULL', 'SLOT_GIVEN_BACK', 'SLOT_CLOSED', 'SLOT_NOT_FOUND'];

async function answer({ own }: Stage, act: Act): Promise<void> {
  if (act.act !== 'move' && act.act !== 'cancel') return;
  const who = own[act.which % own.length];
  if (!who) return;
  const { bookingId } = who;
  const { booking } = who.person.api;
  const row = await world.dataSource.manager.findOneByOrFail(BookingEntity, { id: bookingId });
  if (row.citizenId === null || row.state !== 'confirmed') return;
  if (act.act === 'cancel') {
    await booking.cancel({ bookingId });
    return;
  }
  const { hallId, itemId } = row;
  const { items } = await booking.listSlots({ hallId, itemId, day: act.day });
  const slot = items[act.to % Math.max(1, items.length)];
  if (!slot) return;
  await booking.reschedule({ bookingId, requestId: requestId(), slotId: slot.id }).catch((error: unknown) => {
    expect(REFUSALS).toContain((error as { code?: string }).code);
  });
}

async function written({ hall }: Stage): Promise<{ rows: BookingDisruptionEntity[]; messages: Set<string> }> {
  const { manager: em } = world.dataSource;
  const rows = await em.findBy(BookingDisruptionEntity, { hallId: hall.hallId });
  const entries = await em.findBy(OutboxEntry, { topic: 'notifications.tell' });
  const keys = entries.map(({ payload }) => (payload as { dedupeKey: string }).dedupeKey);
  return { rows, messages: new Set(keys) };
}

/** Bookings whose being told and whose time contradict each other, by the open slots alone. */
async function contradictions({ hall, own }: Stage, rows: readonly BookingDisruptionEntity[]) {
  const { manager: em } = world.dataSource;
  const slots = await em.findBy(SlotEntity, { hallId: hall.hallId });
  const faults: string[] = [];
  for (const { bookingId } of own) {
    const booking = await em.findOneByOrFail(BookingEntity, { id: bookingId });
    const covered = new Set((await em.findBy(BookingSlotEntity, { bookingId })).map(({ slotId }) => slotId));
    const open = slots
      .filter(({ closed, queueId, kind }) => !closed && queueId === booking.queueId && kind === booking.kind)
      .sort((a, b) => a.startAt.getTime() - b.startAt.getTime());
    let reached = booking.startAt.getTime();
    for (const { startAt, endAt } of open)
      if (startAt.getTime() <= reached) reached = Math.max(reached, endAt.getTime());
    const stays = open.filter(({ id }) => covered.has(id)).length === covered.size;
    const served = stays || reached >= booking.endAt.getTime();
    const told = rows.filter((row) => row.bookingId === bookingId && row.state === 'open');
    const shouldBe = booking.state === 'confirmed' && !served ? 1 : 0;
    const same = told.every(({ startAt }) => startAt.getTime() === booking.startAt.getTime());
    if (told.length !== shouldBe || !same)
      faults.push(
        `${booking.state} ${booking.startAt.toISOString()}: ${told.length} open, ${shouldBe} right`,
      );
  }
  return faults;
}

async function live(acts: readonly Act[]): Promise<void> {
  const stage = await newStage();
  let { rows: before } = await written(stage);
  for (const act of acts) {
    const said = await change(stage, act);
    await answer(stage, act);
    const { rows, messages } = await written(stage);
    const known = new Set(before.map(({ id }) => id));
    const added = rows.filter(({ id }) => !known.has(id));
    const sent = added.filter(({ id }) => messages.has(`booking_closed:${id}`));
    const facts = { closedCount: added.length, ringCount: added.length - sent.length };
    expect({ act, ...facts }).toEqual({ act, ...numbersOf(said?.before) });
    if (said?.after) expect({ act, ...numbersOf(said.after) }).toEqual({ act, ...facts });
    expect({ act, faults: await contradictions(stage, rows) }).toEqual({ act, faults: [] });
    before = rows;
  }
}

const numbersOf = ({ closedCount, ringCount }: Named = { closedCount: 0, ringCount: 0 }): Named => ({
  closedCount,
  ringCount,
});

const cut = (length: number): Act => ({ act: 'cut', minutes: length, spans: [MORNING, AFTERNOON] });
const close = (at?: Span): Act => ({
  act: 'close',
  hall: false,
  days: [DAYS[0]],
  ...(at && { span: at }),
});
const takeBack: Act = { act: 'takeBack', which: 0 };
const plan = (from: string, to: string): Act => ({
  act: 'plan',
  day: DAYS[0],
  minutes: 20,
  span: [from, to],
});

describe('what a preview says and what a change does', () => {
  it.each<[string, Act[]]>([
    ['a new cut, and the day closed', [cut(20), close()]],
    ['a new cut, a part closed, and then the day', [cut(20), close(['09:15', '10:00']), close()]],
    ['a new cut, closed, taken back, and closed again', [cut(20), close(), takeBack, close()]],
    ['closed, cut anew, taken back, and the cut taken back', [close(), cut(20), takeBack, cut(30)]],
    ['cut twice, and planned by hand', [cut(20), cut(45), plan('10:00', '12:00'), takeBack]],
    ['planned by hand, closed, and the plan taken back', [plan('09:00', '10:00'), close(), takeBack]],
    [
      'closed, left by moving, taken back, returned to, and closed again',
      [
        close(),
        { act: 'move', which: 1, day: DAYS[1], to: 0 },
        takeBack,
        { act: 'move', which: 1, day: DAYS[0], to: 1 },
        close(),
      ],
    ],
  ])('agree: %s', async (_, acts) => {
    await live(acts);
  });

  it(
    'agree, whatever managers and people do in whatever order',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(someAct, { minLength: 2, maxLength: 8, size: 'max' }), live),
        {
          numRuns: 1_000,
          interruptAfterTimeLimit: SECONDS * 1_000,
          markInterruptAsFailure: false,
        },
      );
    },
    SECONDS * 1_000 + 60_000,
  );
});
