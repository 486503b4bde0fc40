import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { MessageBus } from '../common/redis.js';
import { afterCommit } from '../db/transactions.js';
import { CalendarExceptionEntity } from './calendar.entity.js';
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
export type CalendarException = Readonly<CalendarExceptionEntity>;

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
  /** Closures and days planned by hand that are in force, by `hallId day`. */
  readonly exceptions: ReadonlyMap<string, readonly CalendarException[]>;
}

const CHANGED = 'guide:changed';
/** A change that nobody told of is asked for after this long, and shows with the read after that. */
const FRESH_MS = 30_000;

/**
 * The whole guide in memory: one city has a few hundred items, read by every request and changed a few times a week. The age
 * is measured by the process's own clock, since it is about the process and not about the hall's day.
 */
@Injectable()
export class CatalogueService implements OnModuleInit {
  private readonly logger = new Logger(CatalogueService.name);
  private current: Promise<Catalogue> | undefined;
  private loadedAt = 0;
  private reloading = false;
  /** Counts invalidations: what was read before one must not serve after it. */
  private generation = 0;
  /** Reads are numbered as they begin: one that is overtaken must not bring the older catalogue back. */
  private reads = 0;
  private shown = 0;
  private readonly me = newId();
  private refreshing: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly bus: MessageBus,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.listen(CHANGED, (sender) => {
      if (sender !== this.me) void this.refresh();
    });
  }

  /** Waits only for the first load: an old catalogue serves on while the next one comes, so no transaction waits for it. */
  get(): Promise<Catalogue> {
    if (!this.current) return this.replace(this.load());
    if (performance.now() - this.loadedAt >= FRESH_MS && !this.reloading) void this.reload();
    return this.current;
  }

  /** The next read asks the database. */
  invalidate(): void {
    this.generation += 1;
    this.current = undefined;
  }

  /**
   * Call it in the transaction that changes the guide. This process knows the change once the use case is over, the others a moment
   * later: the old catalogue serves on while the new one is read, so that nobody who holds a connection waits for one.
   */
  changed(em: EntityManager): void {
    afterCommit(em, async () => {
      await this.refresh();
      await this.bus.publish(CHANGED, this.me);
    });
  }

  /** Reads it again, after whatever read is under way: that one may have begun before the change. */
  refresh(): Promise<void> {
    this.refreshing = this.refreshing.then(() => this.reload());
    return this.refreshing;
  }

  private async reload(): Promise<void> {
    this.reloading = true;
    try {
      const { generation } = this;
      const read = ++this.reads;
      const next = await this.load();
      if (this.generation !== generation || read < this.shown) return;
      this.shown = read;
      void this.replace(Promise.resolve(next));
    } catch (error) {
      // The next reader tries again; until then the old one serves.
      this.loadedAt = -FRESH_MS;
      this.logger.warn({ err: error, msg: 'The guide could not be read again' });
    } finally {
      this.reloading = false;
    }
  }

  private replace(catalogue: Promise<Catalogue>): Promise<Catalogue> {
    this.current = catalogue;
    this.loadedAt = performance.now();
    // A failure is not kept: the next caller tries again.
    catalogue.catch(() => {
      if (this.current === catalogue) this.current = undefined;
    });
    return catalogue;
  }

  private async load(): Promise<Catalogue> {
    const { manager } = this.dataSource;
    const [halls, hallDays, exceptions, departments, items, materials, places, queues] = await Promise.all([
      manager.find(HallEntity, { order: { code: 'ASC' } }),
      manager.find(HallDayEntity),
      manager.find(CalendarExceptionEntity, { where: { removedAt: IsNull() }, order: { id: 'ASC' } }),
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
      places: groupBy(places, ({ itemId }) => itemId),
      materialsOf: groupBy(materials, ({ itemId }) => itemId),
      exceptions: groupBy(exceptions, ({ hallId, day }) => hallDayKey(hallId, day)),
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

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
