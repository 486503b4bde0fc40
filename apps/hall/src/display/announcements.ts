import type { Display } from '@haoban/contracts';

export type Calling = Display['calling'][number];

/** One thing to be said: the first call of a ticket, or a recall. */
export interface Announcement {
  readonly key: string;
  readonly ticketId: string;
  readonly label: string;
  readonly deskNumber: number;
}

/**
 * What was said and what is still to be said. A call is never overwritten: however many come at once, each waits for its turn.
 * `known` holds how often each ticket was called when it was last seen.
 */
export interface Announcements {
  readonly known: ReadonlyMap<string, number>;
  readonly waiting: readonly Announcement[];
  readonly showing: Announcement | undefined;
}

export const nothingSaid: Announcements = { known: new Map(), waiting: [], showing: undefined };

/** A call older than this, seen for the first time, is no news: its person has come, or will be recalled. */
const NEWS_MS = 60_000;
/** After a restart only what was called a moment ago is said again. */
const FIRST_NEWS_MS = 15_000;

/** Takes a snapshot in: new calls and recalls line up in the order in which they were called. */
export function hear(state: Announcements, calling: readonly Calling[], now: Date): Announcements {
  const first = state.known.size === 0;
  const news = calling
    .filter(({ ticketId, calledCount }) => calledCount > (state.known.get(ticketId) ?? 0))
    .filter(({ calledAt }) => now.getTime() - Date.parse(calledAt) < (first ? FIRST_NEWS_MS : NEWS_MS))
    .sort((a, b) => Date.parse(a.calledAt) - Date.parse(b.calledAt))
    .map(({ ticketId, label, deskNumber, calledCount }) => ({
      key: `${ticketId}:${calledCount}`,
      ticketId,
      label,
      deskNumber,
    }));
  const known = new Map(calling.map(({ ticketId, calledCount }) => [ticketId, calledCount]));
  // Who left the list keeps being known, or a ticket that comes back into it would be called again.
  for (const [ticketId, count] of [...state.known].slice(-500)) {
    known.set(ticketId, Math.max(count, known.get(ticketId) ?? 0));
  }
  return next({ ...state, known, waiting: [...state.waiting, ...news] });
}

/** The one on the screen has been shown long enough. */
export function said(state: Announcements): Announcements {
  return next({ ...state, showing: undefined });
}

function next(state: Announcements): Announcements {
  if (state.showing || state.waiting.length === 0) return state;
  const [showing, ...waiting] = state.waiting;
  return { ...state, showing, waiting };
}

export interface CallLine {
  readonly key: string;
  readonly label: string;
  readonly deskNumber: number;
  readonly announced: boolean;
}

/** Who went to the desk a moment ago stays readable for those who walk with them. */
const SERVED_SHOWN_MS = 90_000;

/** The lines on the wall: the one being said, then who was called and has not come, then who has just come. */
export function callLines(
  state: Announcements,
  calling: readonly Calling[],
  now: Date,
  most: number,
): CallLine[] {
  const waiting = new Set(state.waiting.map(({ ticketId }) => ticketId));
  const shown = state.showing;
  const others = calling
    .filter(({ ticketId }) => ticketId !== shown?.ticketId && !waiting.has(ticketId))
    .filter(
      ({ state: at, calledAt }) =>
        at === 'called' || (at === 'serving' && now.getTime() - Date.parse(calledAt) < SERVED_SHOWN_MS),
    )
    .sort(
      (a, b) =>
        Number(b.state === 'called') - Number(a.state === 'called') ||
        Date.parse(b.calledAt) - Date.parse(a.calledAt),
    )
    .map(({ ticketId, label, deskNumber }) => ({ key: ticketId, label, deskNumber, announced: false }));
  const lines = shown
    ? [{ key: shown.key, label: shown.label, deskNumber: shown.deskNumber, announced: true }, ...others]
    : others;
  return lines.slice(0, most);
}

/** '请 A 0 3 8 号，到 3 号窗口': figures apart, or the voice says thirty-eight. */
export function spoken({ label, deskNumber }: Pick<Announcement, 'label' | 'deskNumber'>): string {
  return `请 ${[...label].join(' ')} 号，到 ${deskNumber} 号窗口`;
}
