import type { EntryCode, EntryItem, EntryTarget } from '@haoban/contracts';
import { openingLines } from '@haoban/domain';
import type { EntryCodeEntity } from './entry-code.entity.js';

interface HallFacts {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly week: readonly (readonly { readonly from: number; readonly to: number }[])[];
}
interface ItemFacts {
  readonly id: string;
  readonly name: string;
  readonly bookable: boolean;
}

/** What a poster says beside its code. */
export interface PosterFacts {
  readonly hall: HallFacts;
  readonly title: string;
  readonly subtitle: string | null;
}

export function toEntryCode(
  row: EntryCodeEntity,
  page: string,
  { hall, title, subtitle }: PosterFacts,
  picture: { readonly contentType: string; readonly image: Buffer },
): EntryCode {
  return {
    kind: row.kind,
    targetId: row.itemId ?? row.deskId ?? row.hallId,
    scene: row.scene,
    page,
    hallName: hall.name,
    title,
    subtitle: subtitle || null,
    address: hall.address,
    phone: hall.phone,
    hours: openingLines(hall.week),
    image: { contentType: picture.contentType, base64: picture.image.toString('base64') },
  };
}

export function toEntryItem({ id, name, bookable }: ItemFacts): EntryItem {
  return { id, name, bookable: Boolean(bookable) };
}

export function toEntryTarget(
  facts: Pick<EntryTarget, 'kind' | 'item' | 'deskLabel' | 'queueNames' | 'items'> & {
    readonly hall: HallFacts;
  },
): EntryTarget {
  const { hall, ...rest } = facts;
  return { ...rest, hallId: hall.id, hallName: hall.name, hallPhone: hall.phone };
}
