import type { Booking, PolicySettings, WaitlistEntry } from '@haoban/contracts';
import { BookingJobs } from '../../../apps/api/src/booking/booking.jobs.js';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { SlotReturnJobs } from '../../../apps/api/src/booking/slot-return.jobs.js';
import type { World } from '../world.js';
import { newHall, newPerson, requestId, slotAt, staffOf, type Person, type TestHall } from './booking.js';

export interface FullDay {
  readonly hall: TestHall;
  readonly day: string;
  /** Whoever holds the places, in the order of the times. */
  readonly holders: readonly {
    readonly person: Person;
    readonly booking: Booking;
    readonly slotId: string;
  }[];
}

/** A day of queue A that is open at these times only, every place of which is booked. */
export async function newFullDay(
  world: World,
  {
    times = ['10:00'],
    places = 1,
    day = '2026-07-15',
    policy,
  }: {
    times?: string[];
    places?: number;
    day?: string;
    policy?: Partial<PolicySettings>;
  } = {},
): Promise<FullDay> {
  const hall = await newHall(world, { places });
  if (policy) await usePolicy(world, hall.hallId, policy);
  const { itemId, queueId } = hall.a;
  const slots = await Promise.all(
    times.map((time) => slotAt(world, { hallId: hall.hallId, itemId, day, time })),
  );
  await world.dataSource
    .createQueryBuilder()
    .update(SlotEntity)
    .set({ closed: true })
    .where('queue_id = :queueId AND `day` = :day AND id NOT IN (:...ids)', {
      queueId,
      day,
      ids: slots.map(({ id }) => id),
    })
    .execute();
  const holders: FullDay['holders'][number][] = [];
  for (const { id: slotId } of slots) {
    for (let place = 0; place < places; place++) {
      const person = await newPerson(world);
      const booking = await person.api.booking.reserve({ requestId: requestId(), itemId, slotId });
      holders.push({ person, booking, slotId });
    }
  }
  return { hall, day, holders };
}

/** Joins the waitlist of a full day; a new person unless one is given. */
export async function joinWaitlist(
  world: World,
  { hall, day }: Pick<FullDay, 'hall' | 'day'>,
  more: { person?: Person; part?: WaitlistEntry['part']; itemId?: string; persons?: number } = {},
): Promise<{ person: Person; entry: WaitlistEntry }> {
  const { person = await newPerson(world), itemId = hall.a.itemId, ...rest } = more;
  const entry = await person.api.waitlist.join({
    requestId: requestId(),
    hallId: hall.hallId,
    itemId,
    day,
    ...rest,
  });
  // The next one joins later.
  world.clock.advance(1);
  return { person, entry };
}

/** What a second of the worker does. */
export async function tick(world: World): Promise<void> {
  await world.get(BookingJobs).expireHolds();
  await world.get(SlotReturnJobs).reopenPlaces();
}

/** The person's newest entry, as the phone shows it. */
export async function entryOf({ api }: Person): Promise<WaitlistEntry> {
  const { items } = await api.waitlist.listMine({});
  const [entry] = items;
  if (!entry) throw new Error('Nothing is waited for');
  return entry;
}

/** Other numbers for the hall, saved by its manager. */
export async function usePolicy(
  world: World,
  hallId: string,
  change: Partial<PolicySettings>,
): Promise<void> {
  const manager = world.client(staffOf(hallId, 'manager'));
  const { settings, version } = await manager.calendar.getPolicy();
  await manager.calendar.savePolicy({
    version,
    preset: 'custom',
    settings: { ...settings, ...change },
    reason: '试用',
  });
}
