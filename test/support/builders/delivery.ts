import type { Address, Delivery } from '@haoban/contracts';
import { CaseEntity, CertificateEntity } from '../../../apps/api/src/cases/case.entity.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { CasePeople } from '../../../apps/api/src/cases/case-people.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import type { World } from '../world.js';
import { cityIds } from './city.js';
import { newCitizen, type TestCitizen } from './citizen.js';
import { eventually, payInWechat, simPost, simState } from './payment.js';
import { newStaff, type TestStaff } from './staff.js';

/** In the demo city, which seedCity makes. */
export const HOME: Address = {
  name: '林晓月',
  phone: '15400002222',
  province: '榕江省',
  city: '榕城市',
  county: '云山区',
  detail: '书院路 8 号 2 座 301 室',
};

export interface CaseToSend {
  readonly citizen: TestCitizen;
  readonly caseId: string;
  readonly caseNo: string;
  readonly certificateNo: string;
}

let cases = 0;

/** A closed case of one citizen, with its certificate in the hall unless told otherwise. */
export async function newCaseToSend(
  world: World,
  options: { certificate?: boolean; courierAllowed?: boolean; citizen?: TestCitizen } = {},
): Promise<CaseToSend> {
  const { certificate = true, courierAllowed = true } = options;
  const citizen = options.citizen ?? (await newCitizen(world));
  const { items } = await world.get(GuideService).catalogue();
  const item = [...items.values()].find((each) => Boolean(each.courierAllowed) === courierAllowed);
  if (!item) throw new Error('The demo city has no such item');
  const caseId = newId();
  const serial = ++cases;
  const caseNo = `35990120261122${String(serial).padStart(5, '0')}`;
  const certificateNo = `榕证字第${String(serial).padStart(6, '0')}号`;
  const at = world.now;
  const sealed = world.get(CasePeople).seal(citizen);
  await world.dataSource.manager.insert(CaseEntity, {
    id: caseId,
    caseNo,
    hallId: cityIds.hall('RC-SM'),
    itemId: item.id,
    departmentId: item.departmentId,
    ticketId: null,
    ticketLabel: null,
    citizenId: citizen.id,
    openedBy: newId(),
    requestId: newId(),
    ...sealed,
    idNumberHash: caseId.padEnd(64, '0'),
    state: 'closed',
    stateBeforeStop: null,
    result: 'granted',
    decisionReason: null,
    steps: '2+1',
    promisedValue: 5,
    promisedUnit: 'workday',
    acceptedAt: at,
    dueAt: at,
    clockStops: [],
    decidedAt: at,
    closedAt: at,
    deliveryId: null,
    waybillNo: null,
    ratedAt: null,
    version: 1,
  });
  if (certificate) {
    const name = item.certificateName ?? '证明';
    const row = {
      id: newId(),
      caseId,
      name,
      certificateNo,
      copies: 1,
      place: 'at_hall',
      issuedAt: at,
    } as const;
    await world.dataSource.manager.insert(CertificateEntity, row);
  }
  return { citizen, caseId, caseNo, certificateNo };
}

export function courierDesk(world: World, hallId = cityIds.hall('RC-SM')): Promise<TestStaff> {
  return newStaff(world, { role: 'courier_desk', hallId });
}

export const requestId = () => `req-${newId()}`;

/** Quoted and ordered, not paid. */
export async function newDelivery(
  { citizen, caseId }: CaseToSend,
  address: Address = HOME,
): Promise<Delivery> {
  const { delivery } = citizen.client;
  const { quoteToken } = await delivery.quote({ caseId, address });
  return delivery.create({ requestId: requestId(), caseId, address, quoteToken });
}

export async function payFor({ citizen }: CaseToSend, world: World, delivery: Delivery): Promise<void> {
  const paymentId = delivery.payment?.id ?? '';
  const { payParams } = await citizen.client.payment.prepay({ paymentId });
  await payInWechat(world, payParams);
}

/** Waits until the delivery is in a state, letting jobs run. */
export function deliveryIn(
  world: World,
  { citizen }: CaseToSend,
  deliveryId: string,
  state: Delivery['state'],
): Promise<Delivery> {
  return eventually(`the delivery to be ${state}`, async () => {
    await world.drain();
    const found = await citizen.client.delivery.getMine({ deliveryId });
    return found.state === state && found;
  });
}

/** Paid, and with a waybill of EMS. */
export async function newOrderedDelivery(
  world: World,
  sent: CaseToSend,
): Promise<Delivery & { waybillNo: string }> {
  const delivery = await newDelivery(sent);
  await payFor(sent, world, delivery);
  const ordered = await deliveryIn(world, sent, delivery.id, 'ordered');
  if (!ordered.waybillNo) throw new Error('Ordered without a waybill');
  return { ...ordered, waybillNo: ordered.waybillNo };
}

/** The courier scans; EMS pushes it unless `push` is false. */
export function emsScan(
  world: World,
  waybillNo: string,
  scan: {
    opCode: string;
    deliverCode?: string;
    attemptDeliveryCode?: string;
    opTime?: string;
    push?: boolean;
  },
) {
  return simPost(world.simulators.ems.url, '/_sim/scan', { waybillNo, ...scan });
}

export function emsFault(world: World, fault: { mode: string; route?: string; count?: number; ms?: number }) {
  return simPost(world.simulators.ems.url, '/_sim/fault', fault);
}

export async function clearEmsFaults(world: World): Promise<void> {
  await fetch(`${world.simulators.ems.url}/_sim/fault`, { method: 'DELETE' });
}

export interface SimMail {
  readonly waybillNo: string;
  readonly logisticsOrderNo: string;
  readonly cancelled: object | null;
  readonly receiver: { address: string; prov: string };
}

/** The parcels that the simulated EMS knows of one of our orders. */
export async function mailsOf(world: World, logisticsOrderNo: string): Promise<SimMail[]> {
  const { mails } = await simState<{ mails: SimMail[] }>(world.simulators.ems.url);
  return mails.filter((mail) => mail.logisticsOrderNo === logisticsOrderNo);
}

export async function placeOfCertificate(world: World, caseId: string): Promise<string | undefined> {
  return (await world.dataSource.getRepository(CertificateEntity).findOneBy({ caseId }))?.place;
}

export function caseRow(world: World, caseId: string): Promise<CaseEntity> {
  return world.dataSource.getRepository(CaseEntity).findOneByOrFail({ id: caseId });
}

/** Titles of the case's timeline that are about the courier, oldest first. */
export async function courierEvents(world: World, caseId: string): Promise<string[]> {
  const rows = await world.dataSource.query<{ title: string }[]>(
    "SELECT title FROM case_event WHERE case_id = ? AND kind IN ('delivery', 'payment') ORDER BY id",
    [caseId],
  );
  return rows.map(({ title }) => title);
}
