import type { Client } from '@haoban/client';
import type { Address, Delivery } from '@haoban/contracts';
import { newId } from '../../../apps/api/src/common/id.js';
import { caseHall, itemLike, toClosed, type CaseItem } from '../../support/builders/cases.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { courierDesk, deliveryIn, emsScan, payFor } from '../../support/builders/delivery.js';
import type { ShiftedClock } from '../../support/builders/payment.js';
import { newStaff, TestDesk } from '../../support/builders/queue.js';
import type { TestStaff } from '../../support/builders/staff.js';
import type { World } from '../../support/world.js';

const DAY_MS = 24 * 3_600_000;
const requestId = () => `req-${newId()}`;

/** One matter of one citizen from the booking to the rating, made through the API alone. */
export interface Thread {
  readonly citizen: TestCitizen;
  readonly desk: TestDesk;
  readonly courier: TestStaff;
  /** By the name of the field that carries it. */
  readonly records: {
    readonly bookingId: string;
    readonly ticketId: string;
    readonly deskId: string;
    readonly caseId: string;
    readonly paymentId: string;
    readonly deliveryId: string;
    readonly waybillNo: string;
    readonly certificateNo: string;
  };
}

export interface ThreadPerson {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
}

export interface ThreadPeople {
  readonly citizen: ThreadPerson;
  /** Takes the parcel. */
  readonly receiver: Address;
  /** Comes without a phone, after the citizen. */
  readonly walkIn: ThreadPerson;
}

/**
 * The visit is on a past working day and the parcel is sent today: WeChat Pay and EMS take no message that is minutes old, and
 * today the hall may be closed.
 */
export async function newThread(world: World, clock: ShiftedClock, people: ThreadPeople): Promise<Thread> {
  const [visitDay = '', bookingDay = ''] = await workingDays(world, clock, 2);
  const citizen = await newCitizen(world, people.citizen);
  await acceptMessages(citizen.client);
  const item = await itemLike(world, { courier: true, certificate: true });
  const hallId = caseHall();
  moveTo(world, clock, bookingDay, '09:30');
  const bookingId = await book(citizen.client, item, visitDay);
  const { start } = await citizen.client.booking.getMine({ bookingId });
  clock.advance(new Date(start).getTime() - world.now.getTime());
  const ticket = await citizen.client.queue.checkIn({ bookingId });
  const desk = await openDeskFor(world, item);
  await desk.call(ticket.id);
  await desk.start();
  const opened = await desk.clerk.api.cases.open({
    requestId: requestId(),
    ticketId: ticket.id,
    receivedMaterialIds: item.requiredIds,
  });
  const manager = await newStaff(world, hallId, 'manager');
  const visit = { desk, clerk: desk.clerk, ticketId: ticket.id, citizen, manager, item };
  const closed = await toClosed({ ...visit, caseId: opened.id, opened });
  await desk.finish();
  await serveWalkIn(desk, item, people.walkIn);
  await world.drain();
  await rateCase(citizen.client, opened.id);
  clock.advance(Date.now() - world.now.getTime());
  const caseNo = opened.caseNo;
  const certificateNo = closed.certificate?.certificateNo ?? '';
  const sent = { citizen, caseId: opened.id, caseNo, certificateNo };
  const delivery = await order(world, sent, people.receiver);
  const courier = await courierDesk(world, hallId);
  const { waybillNo } = delivery;
  await courier.client.delivery.handOver({ deliveryId: delivery.id, waybillNo, certificateNo });
  await emsScan(world, waybillNo, { opCode: '203' });
  await world.drain();
  const paymentId = delivery.payment?.id ?? '';
  const more = { paymentId, deliveryId: delivery.id, waybillNo, certificateNo };
  const records = { bookingId, ticketId: ticket.id, deskId: desk.deskId, caseId: opened.id, ...more };
  return { citizen, desk, courier, records };
}

/** So that messages go out through WeChat, too. */
async function acceptMessages(api: Client): Promise<void> {
  const keys = ['ticket_called', 'case_progress', 'case_closed'] as const;
  await api.notifications.recordGrants({ results: keys.map((key) => ({ key, result: 'accept' })) });
}

async function serveWalkIn(desk: TestDesk, item: CaseItem, applicant: ThreadPerson): Promise<void> {
  const { cases, queue } = desk.clerk.api;
  const { id: ticketId } = await queue.issueTicket({ requestId: requestId(), itemId: item.itemId });
  await desk.call(ticketId);
  await desk.start();
  const receivedMaterialIds = item.requiredIds;
  const opened = await cases.open({ requestId: requestId(), ticketId, applicant, receivedMaterialIds });
  await cases.askCorrection({ caseId: opened.id, reason: '请补交户口簿复印件。' });
  await desk.finish();
}

async function book(api: Client, { itemId }: CaseItem, day: string): Promise<string> {
  const { items } = await api.booking.listSlots({ itemId, hallId: caseHall(), day });
  const slot = items.find(({ remaining }) => remaining > 0);
  if (!slot) throw new Error(`No free slot on ${day}`);
  return (await api.booking.reserve({ requestId: requestId(), itemId, slotId: slot.id })).id;
}

/** One of the city's own desks, with a new clerk. */
async function openDeskFor(world: World, { queueId }: CaseItem): Promise<TestDesk> {
  const clerk = await newStaff(world, caseHall());
  const { items } = await clerk.api.queue.listDesks();
  const found = items.find(({ queueIds }) => queueIds.includes(queueId));
  if (!found) throw new Error('No desk serves this queue');
  const desk = new TestDesk(found.id, clerk);
  await desk.open();
  return desk;
}

/** The visit at the desk stays unrated. */
async function rateCase(api: Client, subjectId: string): Promise<void> {
  const { levels } = await api.ratings.options();
  const tags = levels.find(({ level }) => level === 5)?.tags.slice(0, 1) ?? [];
  const comment = '办得很快，谢谢。';
  await api.ratings.rate({ requestId: requestId(), subject: 'case', subjectId, level: 5, tags, comment });
}

async function order(
  world: World,
  sent: Parameters<typeof payFor>[0],
  address: Address,
): Promise<Delivery & { waybillNo: string }> {
  const { caseId, citizen } = sent;
  const { quoteToken } = await citizen.client.delivery.quote({ caseId, address });
  const placed = await citizen.client.delivery.create({
    requestId: requestId(),
    caseId,
    address,
    quoteToken,
  });
  await payFor(sent, world, placed);
  const ordered = await deliveryIn(world, sent, placed.id, 'ordered');
  if (!ordered.waybillNo) throw new Error('Ordered without a waybill');
  return { ...ordered, waybillNo: ordered.waybillNo };
}

function moveTo(world: World, clock: ShiftedClock, day: string, time: string): void {
  clock.advance(new Date(`${day}T${time}:00+08:00`).getTime() - world.now.getTime());
}

/** The last days before today on which the hall was open, latest first. Leaves the clock on one of them. */
async function workingDays(world: World, clock: ShiftedClock, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let back = 1; found.length < count; back++) {
    const day = new Date(Date.now() + 8 * 3_600_000 - back * DAY_MS).toISOString().slice(0, 10);
    moveTo(world, clock, day, '09:30');
    const { today } = await world.client().guide.getHall({ hallId: caseHall() });
    if (today.day === day && today.open) found.push(day);
  }
  return found;
}
