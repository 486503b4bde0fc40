import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { DepartmentEntity, HallDayEntity, HallEntity } from './hall.entity.js';
import {
  ItemMaterialEntity,
  ItemPlaceEntity,
  ServiceItemEntity,
  ServiceQueueEntity,
} from './service-item.entity.js';

/** Rows of the guide as other features see them: facts to read, never entities to write. */
export type Hall = Readonly<HallEntity>;
export type HallDay = Readonly<HallDayEntity>;
export type Department = Readonly<DepartmentEntity>;
export type ServiceItem = Readonly<ServiceItemEntity>;
export type Material = Readonly<ItemMaterialEntity>;
export type ItemPlace = Readonly<ItemPlaceEntity>;
export type ServiceQueue = Readonly<ServiceQueueEntity>;

export interface Catalogue {
  /** By id, in the order of the codes. */
  readonly halls: ReadonlyMap<string, Hall>;
  /** By id, in the order of their rank. */
  readonly departments: ReadonlyMap<string, Department>;
  /** By id, most asked for first. */
  readonly items: ReadonlyMap<string, ServiceItem>;
  readonly queues: ReadonlyMap<string, ServiceQueue>;
  readonly materials: ReadonlyMap<string, Material>;
  /** By item id. */
  readonly places: ReadonlyMap<string, readonly ItemPlace[]>;
  /** By item id, in the order of the list. */
  readonly materialsOf: ReadonlyMap<string, readonly Material[]>;
  /** By `hallId day`. */
  readonly hallDays: ReadonlyMap<string, HallDay>;
}

/** A change by another process shows after at most this long. */
const FRESH_MS = 30_000;

/**
 * The whole guide in memory: one city has a few hundred items, read by every request and changed a few times a week. The age
 * is measured by the process's own clock, since it is about the process and not about the hall's day.
 */
@Injectable()
export class CatalogueService {
  private loaded: { readonly at: number; readonly catalogue: Promise<Catalogue> } | undefined;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  get(): Promise<Catalogue> {
    const now = performance.now();
    if (this.loaded && now - this.loaded.at < FRESH_MS) return this.loaded.catalogue;
    const loading = { at: now, catalogue: this.load() };
    this.loaded = loading;
    // A failure is not kept: the next caller tries again.
    loading.catalogue.catch(() => {
      if (this.loaded === loading) this.loaded = undefined;
    });
    return loading.catalogue;
  }

  /** The next read asks the database. */
  invalidate(): void {
    this.loaded = undefined;
  }

  private async load(): Promise<Catalogue> {
    const { manager } = this.dataSource;
    const [halls, hallDays, departments, items, materials, places, queues] = await Promise.all([
      manager.find(HallEntity, { order: { code: 'ASC' } }),
      manager.find(HallDayEntity),
      manager.find(DepartmentEntity, { order: { rank: 'ASC', code: 'ASC' } }),
      manager.find(ServiceItemEntity, { order: { rank: 'ASC', code: 'ASC' } }),
      manager.find(ItemMaterialEntity, { order: { itemId: 'ASC', position: 'ASC' } }),
      manager.find(ItemPlaceEntity, { order: { itemId: 'ASC', hallId: 'ASC' } }),
      manager.find(ServiceQueueEntity, { order: { code: 'ASC' } }),
    ]);
    return {
      halls: byId(halls),
      departments: byId(departments),
      items: byId(items),
      queues: byId(queues),
      materials: byId(materials),
      places: groupByItem(places),
      materialsOf: groupByItem(materials),
      hallDays: new Map(hallDays.map((row) => [hallDayKey(row.hallId, row.day), row])),
    };
  }
}

export function hallDayKey(hallId: string, day: string): string {
  return `${hallId} ${day}`;
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function groupByItem<T extends { itemId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.itemId);
    if (group) group.push(row);
    else groups.set(row.itemId, [row]);
  }
  return groups;
}
