import type { Department, Hall, HallDetail, Item, ItemSummary } from '@haoban/contracts';
import { addDays, dayOf } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { CalendarService } from './calendar.service.js';
import type { Catalogue, ServiceItem } from './catalogue.service.js';
import { toDepartment, toHall, toHallDetail, toItem, toItemSummary } from './guide.mapper.js';
import { GuideService } from './guide.service.js';
import { searchItems } from './item-search.js';
import { drawSpecimen } from './specimen-svg.js';

/** Fields that are absent filter nothing; a flag keeps the items that have exactly this value. */
export interface ItemFilter {
  readonly q?: string | undefined;
  readonly departmentId?: string | undefined;
  readonly hallId?: string | undefined;
  readonly audience?: 'person' | 'company' | undefined;
  readonly zeroVisit?: boolean | undefined;
  readonly instant?: boolean | undefined;
  readonly bookable?: boolean | undefined;
  readonly courier?: boolean | undefined;
  readonly togetherWith?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** The opening hours that a hall's page shows: today and the six days after it. */
const SHOWN_DAYS = 7;

/** The pages of the service guide: halls with their hours, departments, items, specimen forms. */
@Injectable()
export class GuidePagesService {
  constructor(
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly clock: Clock,
  ) {}

  async listHalls(): Promise<{ items: Hall[] }> {
    const { halls } = await this.guide.catalogue();
    const today = dayOf(this.clock.now());
    const items = [...halls.values()].map(async (hall) => {
      const calendar = await this.calendar.forHall(hall.id);
      return toHall(hall, calendar.plan(today));
    });
    return { items: await Promise.all(items) };
  }

  /** @throws AppError HALL_NOT_FOUND */
  async getHall(hallId: string): Promise<HallDetail> {
    const hall = await this.guide.getHall(hallId);
    const calendar = await this.calendar.forHall(hallId);
    const today = dayOf(this.clock.now());
    const days = Array.from({ length: SHOWN_DAYS }, (_, index) => calendar.plan(addDays(today, index)));
    return toHallDetail(hall, calendar.plan(today), days);
  }

  /** All departments, or those that have an item in the hall. */
  async listDepartments(hallId: string | undefined): Promise<{ items: Department[] }> {
    const catalogue = await this.guide.catalogue();
    const counts = new Map<string, number>();
    for (const { departmentId } of filterItems(catalogue, { hallId })) {
      counts.set(departmentId, (counts.get(departmentId) ?? 0) + 1);
    }
    const items = [...catalogue.departments.values()]
      .map((department) => toDepartment(department, counts.get(department.id) ?? 0))
      .filter(({ itemCount }) => hallId === undefined || itemCount > 0);
    return { items };
  }

  async listItems({
    offset,
    limit,
    ...filter
  }: ItemFilter): Promise<{ items: ItemSummary[]; total: number }> {
    const catalogue = await this.guide.catalogue();
    const found = searchItems(filterItems(catalogue, filter), filter.q ?? '');
    const items = found
      .slice(offset, offset + limit)
      .map((item) => toItemSummary(item, departmentName(catalogue, item), hallIdsOf(catalogue, item)));
    return { items, total: found.length };
  }

  /** @throws AppError ITEM_NOT_FOUND */
  async getItem(itemId: string): Promise<Item> {
    const item = await this.guide.getItem(itemId);
    const catalogue = await this.guide.catalogue();
    const places = (catalogue.places.get(itemId) ?? []).flatMap((place) => {
      const hall = catalogue.halls.get(place.hallId);
      const queue = catalogue.queues.get(place.queueId);
      return hall && queue ? [{ place, hall, queue }] : [];
    });
    return toItem(item, departmentName(catalogue, item), places, await this.guide.materialsOf(itemId));
  }

  /** @throws AppError NOT_FOUND */
  async getSample(materialId: string): Promise<{ title: string; svg: string }> {
    const { materials } = await this.guide.catalogue();
    const sample = materials.get(materialId)?.sample;
    if (!sample) throw new AppError('NOT_FOUND');
    return { title: sample.title, svg: drawSpecimen(sample) };
  }
}

function filterItems(catalogue: Catalogue, filter: Partial<ItemFilter>): ServiceItem[] {
  const { departmentId, hallId, audience, zeroVisit, instant, bookable, courier, togetherWith } = filter;
  const same = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
  return [...catalogue.items.values()].filter(
    (item) =>
      (departmentId === undefined || item.departmentId === departmentId) &&
      (hallId === undefined || hallIdsOf(catalogue, item).includes(hallId)) &&
      (audience === undefined || item.audience === audience || item.audience === 'both') &&
      same(zeroVisit, Boolean(item.zeroVisit)) &&
      same(instant, item.kind === 'instant') &&
      same(bookable, Boolean(item.bookable)) &&
      same(courier, Boolean(item.courierAllowed)) &&
      (togetherWith === undefined || shareAVisit(catalogue, item.id, togetherWith, hallId)),
  );
}

/** Whether both are done in one queue of the hall (of any hall where none is named), and neither has to stand alone. */
function shareAVisit(catalogue: Catalogue, one: string, other: string, hallId: string | undefined): boolean {
  if (one === other) return false;
  const placesOf = (itemId: string) =>
    (catalogue.places.get(itemId) ?? []).filter(
      (place) => !place.alone && (hallId === undefined || place.hallId === hallId),
    );
  return placesOf(one).some(({ queueId }) => placesOf(other).some((place) => place.queueId === queueId));
}

function departmentName(catalogue: Catalogue, item: ServiceItem): string {
  return catalogue.departments.get(item.departmentId)?.name ?? '';
}

function hallIdsOf(catalogue: Catalogue, item: ServiceItem): string[] {
  return (catalogue.places.get(item.id) ?? []).map(({ hallId }) => hallId);
}
