import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import {
  CatalogueService,
  type Catalogue,
  type Hall,
  type ItemPlace,
  type Material,
  type ServiceItem,
  type ServiceQueue,
} from './catalogue.service.js';

/** What other features ask about halls, items and queues; answers come from memory. */
@Injectable()
export class GuideService {
  constructor(private readonly cache: CatalogueService) {}

  catalogue(): Promise<Catalogue> {
    return this.cache.get();
  }

  /** After the tables were written by another hand: the next read asks the database. */
  invalidate(): void {
    this.cache.invalidate();
  }

  /** As `invalidate`, without waiting readers: what was committed before the call is known after it. */
  refresh(): Promise<void> {
    return this.cache.refresh();
  }

  /** @throws AppError HALL_NOT_FOUND */
  async getHall(hallId: string): Promise<Hall> {
    const hall = (await this.catalogue()).halls.get(hallId);
    if (!hall) throw new AppError('HALL_NOT_FOUND');
    return hall;
  }

  /** @throws AppError ITEM_NOT_FOUND */
  async getItem(itemId: string): Promise<ServiceItem> {
    const item = (await this.catalogue()).items.get(itemId);
    if (!item) throw new AppError('ITEM_NOT_FOUND');
    return item;
  }

  /** @throws AppError ITEM_NOT_FOUND, HALL_NOT_FOUND, ITEM_NOT_OFFERED */
  async getPlace(
    itemId: string,
    hallId: string,
  ): Promise<{ item: ServiceItem; hall: Hall; place: ItemPlace; queue: ServiceQueue }> {
    const { places, queues } = await this.catalogue();
    const item = await this.getItem(itemId);
    const hall = await this.getHall(hallId);
    const place = places.get(itemId)?.find((candidate) => candidate.hallId === hallId);
    const queue = place && queues.get(place.queueId);
    if (!place || !queue) throw new AppError('ITEM_NOT_OFFERED');
    return { item, hall, place, queue };
  }

  /** @throws AppError QUEUE_NOT_FOUND */
  async getQueue(queueId: string): Promise<ServiceQueue> {
    const queue = (await this.catalogue()).queues.get(queueId);
    if (!queue) throw new AppError('QUEUE_NOT_FOUND');
    return queue;
  }

  /** In the order of their codes. @throws AppError HALL_NOT_FOUND */
  async queuesOfHall(hallId: string): Promise<ServiceQueue[]> {
    await this.getHall(hallId);
    const { queues } = await this.catalogue();
    return [...queues.values()].filter((queue) => queue.hallId === hallId);
  }

  /** In the order of the list. @throws AppError ITEM_NOT_FOUND */
  async materialsOf(itemId: string): Promise<readonly Material[]> {
    await this.getItem(itemId);
    return (await this.catalogue()).materialsOf.get(itemId) ?? [];
  }
}
