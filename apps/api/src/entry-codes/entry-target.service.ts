import type { EntryItem, EntryKind, EntryTarget } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueService } from '../queue/queue.service.js';
import type { EntryCodeEntity } from './entry-code.entity.js';
import { toEntryItem, toEntryTarget, type PosterFacts } from './entry-code.mapper.js';

export type TargetIds = Pick<EntryCodeEntity, 'kind' | 'hallId' | 'itemId' | 'deskId'>;

/** What a code stands for: the names for its poster, and where it leads whoever scans it. */
@Injectable()
export class EntryTargetService {
  constructor(
    private readonly guide: GuideService,
    private readonly queue: QueueService,
  ) {}

  /**
   * Something of the manager's own hall that may have a code.
   * @throws AppError NOT_FOUND outside it, HALL_NOT_FOUND, ITEM_NOT_FOUND, ITEM_NOT_OFFERED
   */
  async choose(actor: StaffActor, kind: EntryKind, targetId: string): Promise<TargetIds & PosterFacts> {
    const { hallId } = actor;
    if (!hallId) throw new AppError('NOT_FOUND');
    const hall = await this.guide.getHall(hallId);
    switch (kind) {
      case 'hall':
        if (targetId !== hallId) throw new AppError('NOT_FOUND');
        return { kind, hallId, itemId: null, deskId: null, hall, title: hall.name, subtitle: null };
      case 'item': {
        const { item, place } = await this.guide.getPlace(targetId, hallId);
        const subtitle = [place.floor, place.zone].filter(Boolean).join(' ');
        return { kind, hallId, itemId: item.id, deskId: null, hall, title: item.name, subtitle };
      }
      case 'window': {
        const desk = await this.queue.getDesk(targetId);
        if (desk.hallId !== hallId) throw new AppError('NOT_FOUND');
        const names = await this.queueNames(desk.queueIds);
        const subtitle = names.join('、') || null;
        return { kind, hallId, itemId: null, deskId: desk.id, hall, title: desk.label, subtitle };
      }
    }
  }

  /** Of a row that may be years old: what is gone since is left out. @throws AppError ENTRY_CODE_UNKNOWN without its hall */
  async resolve({ kind, hallId, itemId, deskId }: TargetIds): Promise<EntryTarget> {
    const catalogue = await this.guide.catalogue();
    const hall = catalogue.halls.get(hallId);
    if (!hall) throw new AppError('ENTRY_CODE_UNKNOWN');
    const item = itemId ? await this.itemAt(itemId, hallId) : null;
    const desk = deskId ? await this.queue.findDesk(deskId) : undefined;
    return toEntryTarget({
      kind,
      hall,
      item,
      deskLabel: desk?.label ?? null,
      queueNames: await this.queueNames(desk?.queueIds ?? []),
      items: await this.itemsOf(desk?.queueIds ?? []),
    });
  }

  private async itemAt(itemId: string, hallId: string): Promise<EntryItem | null> {
    const { items, places } = await this.guide.catalogue();
    const item = items.get(itemId);
    const offered = places.get(itemId)?.some((place) => place.hallId === hallId);
    return item && offered ? toEntryItem(item) : null;
  }

  private async itemsOf(queueIds: readonly string[]): Promise<EntryItem[]> {
    const { items, places } = await this.guide.catalogue();
    return [...items.values()]
      .filter((item) => places.get(item.id)?.some(({ queueId }) => queueIds.includes(queueId)))
      .map(toEntryItem);
  }

  private async queueNames(queueIds: readonly string[]): Promise<string[]> {
    const { queues } = await this.guide.catalogue();
    return queueIds.flatMap((queueId) => queues.get(queueId)?.name ?? []);
  }
}
