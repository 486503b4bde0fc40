import type { Booking } from '@haoban/contracts';
import { In, Not } from 'typeorm';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { requestId } from '../../support/builders/booking.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import type { World } from '../../support/world.js';

interface FullDay {
  readonly hallId: string;
  readonly itemId: string;
  readonly day: string;
  /** The only times at which the day is open. */
  readonly times: readonly string[];
}

/** Books every place of a day that is open at these times only. @returns who has which */
export async function fillDay(
  world: World,
  { times, ...at }: FullDay,
): Promise<{ readonly citizen: TestCitizen; readonly booking: Booking }[]> {
  const { items } = await world.client().booking.listSlots(at);
  const open = items.filter(({ startTime }) => times.includes(startTime));
  const [first] = open;
  if (!first) throw new Error(`Nothing is open on ${at.day}`);
  const slots = world.dataSource.getRepository(SlotEntity);
  const { queueId } = await slots.findOneByOrFail({ id: first.id });
  await slots.update({ queueId, day: at.day, id: Not(In(open.map(({ id }) => id))) }, { closed: true });
  const holders: { citizen: TestCitizen; booking: Booking }[] = [];
  for (const { id: slotId, remaining } of open) {
    for (let left = remaining; left > 0; left -= 1) {
      const citizen = await newCitizen(world);
      const body = { requestId: requestId(), itemId: at.itemId, slotId };
      holders.push({ citizen, booking: await citizen.client.booking.reserve(body) });
    }
  }
  return holders;
}
