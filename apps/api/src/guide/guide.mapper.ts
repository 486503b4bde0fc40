import type { Department, Hall, HallDetail, Item, ItemSummary, Material } from '@haoban/contracts';
import { formatClock, type Opening } from '@haoban/domain';
import type { DepartmentEntity, HallEntity } from './hall.entity.js';
import type {
  ItemMaterialEntity,
  ItemPlaceEntity,
  ServiceItemEntity,
  ServiceQueueEntity,
} from './service-item.entity.js';

/** A day of a hall, see HallDayPlan. */
interface DayPlan {
  readonly day: string;
  readonly openings: readonly Opening[];
  readonly note: string | null;
}
interface PlaceFacts {
  readonly place: Readonly<ItemPlaceEntity>;
  readonly hall: Readonly<HallEntity>;
  readonly queue: Readonly<ServiceQueueEntity>;
}

export function toHall(hall: Readonly<HallEntity>, today: DayPlan): Hall {
  const { id, code, name, serves, address, transport, phone, facilities, latitude, longitude } = hall;
  const periods = toPeriods(today.openings);
  return {
    id,
    code,
    name,
    serves,
    address,
    transport,
    phone,
    facilities: [...facilities],
    latitude,
    longitude,
    today: { day: today.day, open: periods.length > 0, periods },
  };
}

/** @param days today first */
export function toHallDetail(
  hall: Readonly<HallEntity>,
  today: DayPlan,
  days: readonly DayPlan[],
): HallDetail {
  return {
    ...toHall(hall, today),
    week: days.map(({ day, openings, note }) => ({ day, periods: toPeriods(openings), note })),
    notices: hall.notices.map(({ title, body }) => ({ title, body })),
  };
}

export function toDepartment(department: Readonly<DepartmentEntity>, itemCount: number): Department {
  const { id, name, shortName } = department;
  return { id, name, shortName, itemCount };
}

export function toItemSummary(
  item: Readonly<ServiceItemEntity>,
  departmentName: string,
  hallIds: readonly string[],
): ItemSummary {
  return {
    id: item.id,
    name: item.name,
    departmentId: item.departmentId,
    departmentName,
    kind: item.kind,
    promised: { value: item.promisedValue, unit: item.promisedUnit },
    feeFen: item.feeFen,
    zeroVisit: Boolean(item.zeroVisit),
    bookable: Boolean(item.bookable),
    courierAllowed: Boolean(item.courierAllowed),
    hallIds: [...hallIds],
  };
}

export function toItem(
  item: Readonly<ServiceItemEntity>,
  departmentName: string,
  places: readonly PlaceFacts[],
  materials: readonly Readonly<ItemMaterialEntity>[],
): Item {
  const hallIds = places.map(({ hall }) => hall.id);
  return {
    ...toItemSummary(item, departmentName, hallIds),
    code: item.code,
    statutory: { value: item.statutoryValue, unit: item.statutoryUnit },
    steps: item.steps,
    audience: item.audience,
    conditions: item.conditions,
    process: item.process,
    materials: materials.map(toMaterial),
    fees: item.fees,
    legalBasis: item.legalBasis,
    certificateName: item.certificateName,
    places: places.map(toPlace),
    faq: item.faq,
  };
}

function toMaterial(material: Readonly<ItemMaterialEntity>): Material {
  const { id, name, originals, copies, form, required, note, sample } = material;
  return { id, name, originals, copies, form, required: Boolean(required), note, hasSample: sample !== null };
}

function toPlace({ place, hall, queue }: PlaceFacts): Item['places'][number] {
  return {
    hallId: hall.id,
    hallName: hall.name,
    address: hall.address,
    floor: place.floor,
    zone: place.zone,
    queueId: queue.id,
    queueName: queue.name,
    slotMinutes: queue.slotMinutes,
    slotsNeeded: place.slotsNeeded,
  };
}

function toPeriods(openings: readonly Opening[]): { from: string; to: string }[] {
  return openings.map(({ from, to }) => ({ from: formatClock(from), to: formatClock(to) }));
}
