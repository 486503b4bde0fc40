import type { Client } from '@haoban/client';
import type { Booking, CalendarRule, CalendarStretch } from '@haoban/contracts';
import type { StaffActor } from '../../../apps/api/src/common/actor.js';
import type { World } from '../world.js';
import { newPerson, requestId, slotAt, staffOf, type Person, type TestHall } from './booking.js';

export interface Manager extends StaffActor {
  readonly api: Client;
}

/** A manager of the hall, signed in. */
export function managerOf(world: World, hallId: string): Manager {
  const actor = staffOf(hallId, 'manager');
  return { ...actor, api: world.client(actor) };
}

/** An opening of the window on workdays, half an hour a slot. */
export const ruleOf = (from: string, to: string, more: Partial<CalendarRule> = {}): CalendarRule => ({
  ...stretchOf(from, to),
  name: '',
  weekdays: [1, 2, 3, 4, 5],
  everyWeeks: 1,
  weekOfMonth: null,
  firstDay: null,
  lastDay: null,
  windowFromDays: 0,
  windowToDays: 13,
  noticeMinutes: null,
  ...more,
});

export const stretchOf = (
  from: string,
  to: string,
  more: Partial<CalendarStretch> = {},
): CalendarStretch => ({
  kind: 'window',
  from,
  to,
  slotMinutes: 30,
  desksPublic: 2,
  desksGreen: 0,
  desksInternal: 3,
  classPlaces: null,
  ...more,
});

/** Somebody with a short matter in queue A at a local time. */
export async function bookAt(
  world: World,
  hall: TestHall,
  day: string,
  time: string,
  itemId = hall.a.itemId,
): Promise<{ person: Person; booking: Booking }> {
  const person = await newPerson(world);
  const slot = await slotAt(world, { hallId: hall.hallId, itemId, day, time });
  const booking = await person.api.booking.reserve({ requestId: requestId(), itemId, slotId: slot.id });
  return { person, booking };
}

/** Start times that a citizen is offered. */
export async function offeredTimes(world: World, hall: TestHall, day: string): Promise<string[]> {
  const { items } = await world
    .client()
    .booking.listSlots({ hallId: hall.hallId, itemId: hall.a.itemId, day });
  return items.map(({ startTime }) => startTime);
}

/** Titles of a person's messages, newest first. */
export async function titlesOf({ api }: Person): Promise<string[]> {
  const { items } = await api.notifications.listInbox({});
  return items.map(({ title }) => title);
}

/** The hall's manager closes queue A for a part of a day. */
export async function closeAt(
  world: World,
  hall: TestHall,
  day: string,
  [from, to]: readonly [string, string],
): Promise<void> {
  const { api } = managerOf(world, hall.hallId);
  const { queueId } = hall.a;
  await api.calendar.addClosure({
    requestId: requestId(),
    queueId,
    days: [day],
    from,
    to,
    reason: '设备检修',
  });
}
