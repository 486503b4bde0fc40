import { mod11Radix2, type VisitKind } from '@haoban/domain';
import type { Client } from '@haoban/client';
import type { CitizenActor, StaffActor } from '../../../apps/api/src/common/actor.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { DepartmentEntity, HallEntity } from '../../../apps/api/src/guide/hall.entity.js';
import {
  ItemPlaceEntity,
  ServiceItemEntity,
  ServiceQueueEntity,
} from '../../../apps/api/src/guide/service-item.entity.js';
import { CitizenEntity } from '../../../apps/api/src/identity/citizen.entity.js';
import { PersonCipher } from '../../../apps/api/src/identity/person-cipher.js';
import type { World } from '../world.js';

export interface TestQueue {
  readonly queueId: string;
  /** An item that takes one slot. */
  readonly itemId: string;
}

export interface TestHall {
  readonly hallId: string;
  readonly departmentId: string;
  /** Bookable, numbers from afar. */
  readonly a: TestQueue & { readonly longItemId: string; readonly walkInItemId: string };
  /** Bookable, numbers in the hall only. */
  readonly b: TestQueue;
}

export interface HallOptions {
  /** Public places of every slot of queue A; default 2. */
  readonly places?: number;
  readonly dailyCap?: number;
  readonly lastNumber?: number;
  /** Set on each of queue A's rules. */
  readonly rule?: Partial<BookingRule>;
  /** Added to queue A's rules. */
  readonly moreRules?: readonly BookingRule[];
}

type BookingRule = ServiceQueueEntity['bookingRules'][number];

/** How an item is offered, where that is not the usual. */
export interface OfferOptions {
  readonly slots?: number;
  readonly bookable?: boolean;
  readonly kinds?: VisitKind[];
  readonly itemClass?: string;
  readonly alone?: boolean;
}

const hours = [
  { from: 540, to: 720 },
  { from: 810, to: 1020 },
];
let halls = 0;

/**
 * A hall open from Monday to Friday, 09:00–12:00 and 13:30–17:00, with slots of 30 minutes, bookable today and for 13 days. The
 * long item takes two slots, the walk-in item can't be booked.
 */
export async function newHall(world: World, options: HallOptions = {}): Promise<TestHall> {
  const em = world.dataSource.manager;
  const hallId = newId();
  const departmentId = newId();
  const serial = ++halls;
  await em.insert(HallEntity, {
    id: hallId,
    code: `T${serial}`,
    name: `测试${serial}号服务中心`,
    serves: 'residents',
    address: '试验路 1 号',
    transport: '',
    phone: '0591-00000000',
    facilities: [],
    latitude: 26,
    longitude: 119,
    week: [hours, hours, hours, hours, hours, [], []],
    notices: [],
    courierAddress: { name: '', phone: '', province: '', city: '', county: '', detail: '' },
  });
  await em.insert(DepartmentEntity, {
    id: departmentId,
    code: `T${serial}`,
    name: '测试局',
    shortName: '测试',
    creditCode: '',
    phone: '',
    rank: 1,
  });
  const { places = 2, dailyCap = 500, lastNumber = 900, rule, moreRules } = options;
  const a = await newQueue(
    world,
    hallId,
    'A',
    { places, dailyCap, lastNumber, remoteAllowed: true },
    { rule, moreRules },
  );
  const b = await newQueue(world, hallId, 'B', { places: 1, dailyCap, lastNumber, remoteAllowed: false });
  const item = (queueId: string, name: string, more: OfferOptions = {}) =>
    newItem(world, { hallId, departmentId, queueId, name, ...more });
  const hall: TestHall = {
    hallId,
    departmentId,
    a: {
      queueId: a,
      itemId: await item(a, '短事项'),
      longItemId: await item(a, '长事项', { slots: 2 }),
      walkInItemId: await item(a, '现场事项', { bookable: false }),
    },
    b: { queueId: b, itemId: await item(b, '乙事项') },
  };
  world.get(GuideService).invalidate();
  return hall;
}

async function newQueue(
  world: World,
  hallId: string,
  prefix: string,
  options: { places: number; dailyCap: number; lastNumber: number; remoteAllowed: boolean },
  { rule, moreRules = [] }: Pick<HallOptions, 'rule' | 'moreRules'> = {},
): Promise<string> {
  const { places, ...rest } = options;
  const id = newId();
  await world.dataSource.manager.insert(ServiceQueueEntity, {
    id,
    hallId,
    prefix,
    code: `${hallId.slice(-12)}-${prefix}`,
    name: `${prefix} 队列`,
    firstNumber: 1,
    averageMinutes: 10,
    slotMinutes: 30,
    bookingRules: [
      ...hours.map(({ from, to }) => ({
        weekdays: [1, 2, 3, 4, 5],
        from,
        to,
        slotMinutes: 30,
        desksPublic: places,
        desksInternal: places + 1,
        windowFromDays: 0,
        windowToDays: 13,
        ...rule,
      })),
      ...moreRules,
    ],
    ...rest,
  });
  return id;
}

/** Another item of a queue; call `GuideService.invalidate` before it is used. */
export async function newItem(
  world: World,
  item: { hallId: string; departmentId: string; queueId: string; name: string } & OfferOptions,
): Promise<string> {
  const id = newId();
  const { hallId, departmentId, queueId, name, slots = 1, bookable = true, kinds, itemClass, alone } = item;
  await world.dataSource.manager.insert(ServiceItemEntity, {
    id,
    code: `T${id}0000`,
    name,
    initials: '',
    keywords: '',
    departmentId,
    kind: 'instant',
    audience: 'person',
    promisedValue: 30,
    promisedUnit: 'minute',
    statutoryValue: 5,
    statutoryUnit: 'workday',
    steps: '1+1',
    zeroVisit: false,
    courierAllowed: false,
    bookable,
    feeFen: 0,
    certificateName: null,
    rank: 1,
    p50Minutes: 8,
    p80Minutes: 14,
    conditions: [],
    process: [],
    fees: [],
    legalBasis: [],
    faq: [],
  });
  await world.dataSource.manager.insert(ItemPlaceEntity, {
    id: newId(),
    itemId: id,
    hallId,
    queueId,
    floor: '一层',
    zone: 'A 区',
    slotsNeeded: slots,
    kinds: kinds ?? null,
    itemClass: itemClass ?? null,
    alone: alone ?? false,
  });
  return id;
}

export interface Person extends CitizenActor {
  readonly api: Client;
}

let people = 0;

/** A signed-in citizen; with a real name unless told otherwise. */
export async function newPerson(
  world: World,
  { realName = true, born = '19900101' }: { realName?: boolean; born?: string } = {},
): Promise<Person> {
  const cipher = world.get(PersonCipher);
  const id = newId();
  const serial = ++people;
  const body = `359901${born}${String(serial % 1000).padStart(3, '0')}`;
  const idNumber = body + mod11Radix2(body);
  await world.dataSource.manager.insert(CitizenEntity, {
    id,
    openid: `openid-${id}`,
    nameCipher: realName ? cipher.sealName('陈小明') : null,
    idNumberCipher: realName ? cipher.sealIdNumber(idNumber) : null,
    idNumberHash: realName ? cipher.hashIdNumber(idNumber) : null,
    phoneCipher: realName ? cipher.sealPhone('15400001234') : null,
    verifiedAt: realName ? world.now : null,
    createdAt: world.now,
  });
  const actor: CitizenActor = { kind: 'citizen', citizenId: id };
  return { ...actor, api: world.client(actor) };
}

export function newPeople(world: World, count: number): Promise<Person[]> {
  return Promise.all(Array.from({ length: count }, () => newPerson(world)));
}

/** The slot that begins at a local time of a day, as the phone sees it. */
export async function slotAt(
  world: World,
  at: { hallId: string; itemId: string; day: string; time: string },
): Promise<{ id: string; remaining: number; capacity: number }> {
  const { time, ...rest } = at;
  const { items } = await world.client().booking.listSlots(rest);
  const slot = items.find(({ startTime }) => startTime === time);
  if (!slot) throw new Error(`No slot at ${at.day} ${time}`);
  return slot;
}

export function staffOf(hallId: string | null, role: StaffActor['role'] = 'clerk'): StaffActor {
  return { kind: 'staff', staffId: newId(), role, hallId, name: '测试员' };
}

export const requestId = () => `req-${newId()}`;
