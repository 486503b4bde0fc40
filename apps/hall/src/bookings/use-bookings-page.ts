import type { HallBookingRow } from '@haoban/contracts';
import { dayOf, type BookingState, type VisitKind } from '@haoban/domain';
import type { InputRef } from 'antd';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useHallQueues } from '../common/use-hall-queues.js';
import { usePages } from '../common/use-pages.js';
import { useStaff } from '../session/use-session.js';
import type { DayRange } from './use-day-range.js';
import { useExport } from './use-export.js';

export interface BookingsFilter {
  /** Undefined as long as nobody has chosen: today and all days that are ahead. */
  readonly days: DayRange | undefined;
  readonly q: string;
  readonly queueId: string | undefined;
  readonly state: BookingState | undefined;
  readonly kind: VisitKind | undefined;
}

export type BookingsDialog = { readonly kind: 'book' } | { readonly kind: 'booking'; readonly id: string };

/** A search opens sealed names, some thousands at a time: so often it goes on by itself before the first find. */
const EMPTY_PAGES = 20;

export function useBookingsPage() {
  const { role } = useStaff();
  const queues = useHallQueues();
  const [filter, setFilter] = useState(everything);
  // Not kept: a browser whose clock is wrong learns the day with the first answer.
  const today = dayOf(serverNow());
  const [dialog, setDialog] = useState<BookingsDialog>();
  const asked = toInput(filter);
  const pages = usePages<HallBookingRow>(JSON.stringify(asked), async (first) => {
    let cursor = first;
    for (let tries = 1; ; tries++) {
      const page = await client.hallBookings.list({ ...asked, ...(cursor && { cursor }) });
      if (page.items.length > 0 || !page.nextCursor || tries === EMPTY_PAGES) return page;
      cursor = page.nextCursor;
    }
  });
  const exporting = useExport();
  const searchField = useRef<InputRef>(null);

  return {
    filter,
    change: (part: Partial<BookingsFilter>) => setFilter((before) => ({ ...before, ...part })),
    today,
    days: filter.days ?? { from: today },
    queues,
    pages,
    searchField,
    toSearch: () => searchField.current?.focus({ cursor: 'all' }),
    dialog,
    setDialog,
    changed: (booking: HallBookingRow) => pages.replace(booking),
    booked: () => pages.reload(),
    mayExport: role === 'manager',
    exporting,
    exportAll: () => void exporting.run(asked),
  };
}

export type BookingsPageModel = ReturnType<typeof useBookingsPage>;

const everything: BookingsFilter = {
  days: undefined,
  q: '',
  queueId: undefined,
  state: undefined,
  kind: undefined,
};

function toInput({ days, q, queueId, state, kind }: BookingsFilter) {
  return {
    ...days,
    ...(q && { q }),
    ...(queueId && { queueId }),
    ...(state && { states: state }),
    ...(kind && { kind }),
  };
}
