import type { BookableDay, Booking, Item } from '@haoban/contracts';
import { formatDay } from '@haoban/domain';
import { whichDay } from '../../words';

export type VisitKind = Booking['kind'];

/** What one visit is for, as the pages of booking hand it on in their addresses. */
export interface Visit {
  readonly kind: VisitKind;
  /** Of the main item. */
  readonly files: number;
  readonly also: readonly { readonly itemId: string; readonly files: number }[];
  readonly persons: number;
  readonly green: boolean;
  /** The authorisation by which it is for somebody else. */
  readonly forWhom: string | undefined;
}

export const plainVisit: Visit = {
  kind: 'window',
  files: 1,
  also: [],
  persons: 1,
  green: false,
  forWhom: undefined,
};

type Params = Readonly<Record<string, string | undefined>>;

export function visitOf(params: Params): Visit {
  return {
    kind: isKind(params.kind) ? params.kind : plainVisit.kind,
    files: count(params.files),
    also: (params.also ?? '')
      .split(',')
      .filter(Boolean)
      .map((each) => {
        const [itemId = '', files] = each.split('*');
        return { itemId, files: count(files) };
      }),
    persons: count(params.persons),
    green: params.green === '1',
    forWhom: params.for || undefined,
  };
}

/** As part of an address; only what differs from an ordinary visit. */
export function visitParams(visit: Visit): string {
  const { kind, files, persons, green, forWhom } = visit;
  const parts = [
    kind !== plainVisit.kind ? `kind=${kind}` : '',
    files > 1 ? `files=${files}` : '',
    visit.also.length > 0 ? `also=${alsoText(visit)}` : '',
    persons > 1 ? `persons=${persons}` : '',
    green ? 'green=1' : '',
    forWhom ? `for=${forWhom}` : '',
  ];
  return parts
    .filter(Boolean)
    .map((part) => `&${part}`)
    .join('');
}

/** As the lists of days and times ask for it. */
export function visitQuery(visit: Visit) {
  const { kind, files, persons, green } = visit;
  return {
    kind,
    files,
    persons,
    audience: green ? ('green' as const) : ('public' as const),
    ...(visit.also.length > 0 ? { also: alsoText(visit) } : {}),
  };
}

/** As a hold and the waitlist take it. */
export function visitBody({ files, also, persons, green, forWhom }: Visit) {
  return {
    files,
    also: also.map(({ itemId, files }) => ({ itemId, files })),
    persons,
    green,
    ...(forWhom ? { authorisationId: forWhom } : {}),
  };
}

export function visitOfBooking({ kind, items, persons, contingent }: Booking): Visit {
  const [main, ...also] = items;
  return {
    ...plainVisit,
    kind,
    files: main?.files ?? 1,
    also: also.map(({ itemId, files }) => ({ itemId, files })),
    persons,
    green: contingent === 'green',
  };
}

function alsoText({ also }: Visit): string {
  return also.map(({ itemId, files }) => (files > 1 ? `${itemId}*${files}` : itemId)).join(',');
}

function count(text: string | undefined): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 1 ? value : 1;
}

interface KindWords {
  readonly name: string;
  /** What will happen. */
  readonly about: string;
}

export const kindWords: Record<VisitKind, KindWords> = {
  window: { name: '到窗口', about: '到大厅窗口办理。' },
  phone: { name: '电话', about: '到时间工作人员给您打电话，请保持电话畅通。' },
  video: { name: '视频', about: '到时间工作人员和您视频通话，请在安静、有网络的地方等候。' },
  home: { name: '上门', about: '工作人员到您家里办理，请留好详细地址。' },
  after_hours: { name: '延时窗口', about: '下班以后的窗口服务，方便上班的人。' },
  agent: { name: '帮办代办', about: '由帮办人员陪您办理，或替您跑腿。' },
};

export function isKind(text: string | undefined): text is VisitKind {
  return text !== undefined && Object.hasOwn(kindWords, text);
}

/** How long the visit takes at a hall, as far as its items are done there. */
export function visitMinutes(items: readonly Item[], visit: Visit, hallId: string): number {
  const files = new Map(visit.also.map((each) => [each.itemId, each.files]));
  return items.reduce((sum, item, at) => {
    const place = item.places.find((each) => each.hallId === hallId);
    if (!place) return sum;
    return sum + place.slotMinutes * place.slotsNeeded * (at === 0 ? visit.files : (files.get(item.id) ?? 1));
  }, 0);
}

export type Heat = 'plenty' | 'some' | 'few' | 'full' | 'closed';

export const heatWords: Record<Heat, string> = {
  plenty: '较空',
  some: '适中',
  few: '紧张',
  full: '约满',
  closed: '不开放',
};

/** How full a day is: from 60 % of its places free it is quiet; under a quarter, or with two places, nearly full. */
export function heatOf({ status, remaining, capacity }: BookableDay): Heat {
  if (status !== 'open') return status;
  if (remaining <= 2) return 'few';
  const free = remaining / Math.max(1, capacity);
  if (free >= 0.6) return 'plenty';
  return free >= 0.25 ? 'some' : 'few';
}

/** '今天 7月14日 周二': for those who hear a day and those who compare two. */
export function wholeDay(day: string): string {
  const [short, full] = [whichDay(day), formatDay(day)];
  return short === full ? full : `${short} ${full}`;
}
