import type { World } from '../../support/world.js';
import { cityIds } from '../../support/builders/city.js';
import { idNumberOf, newCitizen } from '../../support/builders/citizen.js';
import { requestId } from '../../support/builders/booking.js';

/** What others came for, by queue: so many of each stay in the queue. */
const waiting = [
  ['property-transfer', 4],
  ['social-security-card', 6],
  ['id-card-renew', 3],
  ['driver-licence-renew', 2],
  ['fund-purchase', 2],
] as const;
const desks = [
  ['clerk01', 1],
  ['clerk02', 5],
] as const;

/** A hall as it is in the morning: people in every queue, and other desks at work. */
export async function fillHall(world: World): Promise<void> {
  const hallId = cityIds.hall('RC-SM');
  let serial = 0;
  for (const [slug, count] of waiting) {
    for (let each = 0; each < count; each += 1) {
      const idNumber = idNumberOf((serial += 1), '19851014');
      const { client } = await newCitizen(world, { idNumber });
      await client.queue.takeTicket({ requestId: requestId(), hallId, itemId: cityIds.item(slug) });
    }
  }
  for (const [username, number] of desks) {
    const { queue } = world.client({
      kind: 'staff',
      staffId: cityIds.staff(username),
      role: 'clerk',
      hallId,
      name: username,
    });
    const deskId = cityIds.desk('RC-SM', number);
    await queue.openDesk({ deskId });
    await queue.callNext({ deskId, requestId: requestId() });
  }
}
