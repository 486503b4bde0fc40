import type { HallCase } from '@haoban/contracts';
import type { StagePlan } from '@haoban/domain';
import type { ServiceItem } from '../../../apps/api/src/guide/catalogue.service.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { DeskEntity, DeskQueueEntity } from '../../../apps/api/src/queue/desk.entity.js';
import type { World } from '../world.js';
import { newCitizen, type TestCitizen } from './citizen.js';
import { cityIds } from './city.js';
import { newStaff, TestDesk, type Staff } from './queue.js';
import { requestId } from './booking.js';

export { requestId };

/** The residents' hall of the demo city, which the world must have: `seedCity(world)`. */
export const caseHall = () => cityIds.hall('RC-SM');

export interface CaseItem {
  readonly itemId: string;
  readonly queueId: string;
  readonly name: string;
  readonly promised: { value: number; unit: ServiceItem['promisedUnit'] };
  /** What must be there to open a case. */
  readonly requiredIds: string[];
}

export interface ItemWish {
  readonly steps?: StagePlan;
  readonly unit?: ServiceItem['promisedUnit'];
  readonly certificate?: boolean;
  readonly courier?: boolean;
}

/** The first item of the hall that is like this and whose numbers can be taken from afar. */
export async function itemLike(world: World, wish: ItemWish = {}): Promise<CaseItem> {
  const { items, places, queues, materialsOf } = await world.get(GuideService).catalogue();
  for (const item of items.values()) {
    const place = places.get(item.id)?.find(({ hallId }) => hallId === caseHall());
    const required = (materialsOf.get(item.id) ?? []).filter((material) => material.required);
    const fits =
      place &&
      queues.get(place.queueId)?.remoteAllowed &&
      required.length > 0 &&
      (wish.steps === undefined || item.steps === wish.steps) &&
      (wish.unit === undefined || item.promisedUnit === wish.unit) &&
      (wish.certificate === undefined || (item.certificateName !== null) === wish.certificate) &&
      (wish.courier === undefined || Boolean(item.courierAllowed) === wish.courier);
    if (!fits) continue;
    return {
      itemId: item.id,
      queueId: place.queueId,
      name: item.name,
      promised: { value: item.promisedValue, unit: item.promisedUnit },
      requiredIds: required.map(({ id }) => id),
    };
  }
  throw new Error(`The demo city has no item like ${JSON.stringify(wish)}`);
}

export interface Visit {
  readonly desk: TestDesk;
  readonly clerk: Staff;
  readonly ticketId: string;
}

// The demo city's own desks have the lower numbers.
let desks = 1_000;

async function newDesk(world: World, queueId: string): Promise<TestDesk> {
  const id = newId();
  const number = ++desks;
  const em = world.dataSource.manager;
  await em.insert(DeskEntity, { id, hallId: caseHall(), number, label: `${number} 号窗口` });
  await em.insert(DeskQueueEntity, { deskId: id, queueId });
  const desk = new TestDesk(id, await newStaff(world, caseHall()));
  await desk.open();
  return desk;
}

/** Somebody at a desk of their own, being served; a walk-in without a citizen. */
export async function servedVisit(world: World, item: CaseItem, citizen?: TestCitizen): Promise<Visit> {
  const hallId = caseHall();
  const desk = await newDesk(world, item.queueId);
  const input = { requestId: requestId(), itemId: item.itemId };
  const ticket = citizen
    ? await citizen.client.queue.takeTicket({ ...input, hallId })
    : await desk.clerk.api.queue.issueTicket(input);
  await desk.call(ticket.id);
  await desk.start();
  return { desk, clerk: desk.clerk, ticketId: ticket.id };
}

export interface OpenedCase extends Visit {
  readonly citizen: TestCitizen;
  readonly manager: Staff;
  readonly item: CaseItem;
  readonly caseId: string;
  readonly opened: HallCase;
}

/** A case of this citizen, or of a new one, just accepted. */
export async function openCase(world: World, wish: ItemWish = {}, person?: TestCitizen): Promise<OpenedCase> {
  const item = await itemLike(world, wish);
  const citizen = person ?? (await newCitizen(world));
  const visit = await servedVisit(world, item, citizen);
  const opened = await visit.clerk.api.cases.open({
    requestId: requestId(),
    ticketId: visit.ticketId,
    receivedMaterialIds: item.requiredIds,
  });
  const manager = await newStaff(world, caseHall(), 'manager');
  return { ...visit, citizen, manager, item, caseId: opened.id, opened };
}

/** On to the stage where it is decided. */
export async function toDeciding({ clerk, caseId }: OpenedCase): Promise<HallCase> {
  for (;;) {
    const now = await clerk.api.cases.getOfHall({ caseId });
    if (now.state === 'deciding') return now;
    await clerk.api.cases.advance({ caseId });
  }
}

export async function toGranted(opened: OpenedCase): Promise<HallCase> {
  await toDeciding(opened);
  return opened.clerk.api.cases.decide({ caseId: opened.caseId, result: 'granted' });
}

/** Granted, with its certificate where the item has one, and closed. */
export async function toClosed(opened: OpenedCase): Promise<HallCase> {
  const { clerk, caseId } = opened;
  const granted = await toGranted(opened);
  if (granted.certificateName !== null) await clerk.api.cases.issueCertificate({ caseId });
  return clerk.api.cases.close({ caseId });
}
