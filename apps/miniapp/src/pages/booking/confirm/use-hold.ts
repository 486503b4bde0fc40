import { ApiError } from '@haoban/client';
import type { Booking, Slot } from '@haoban/contracts';
import { routes } from '@haoban/contracts/routes';
import { useUnload } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { serverNow } from '../../../api/server-clock';
import { useAction } from '../../../hooks/use-action';
import { useParting } from '../../../platform/parting';
import { accessToken } from '../../../state/session';
import { noteLeaving } from '../leaving';
import { visitBody, visitQuery } from '../visit';
import type { Visit } from '../visit';

interface HoldQuestion {
  readonly itemId: string;
  readonly hallId: string;
  readonly day: string;
  readonly visit: Visit;
  /** The time that was chosen, once it is known. */
  readonly slot: Slot | undefined;
  /** Whose hold it will be; undefined before the person may hold anything. */
  readonly holder: string | undefined;
}

/**
 * Keeps the chosen time for the person while the page is filled: taken when the page opens, given back when it is left. A time that
 * has just gone is replaced by the nearest of the day, and the page says so.
 */
export function useHold(question: HoldQuestion) {
  const { itemId, hallId, day, visit, holder } = question;
  /** What was granted. It is left out of the list of what can be booked while this very hold takes its last place. */
  const [granted, setGranted] = useState<Slot>();
  const [moved, setMoved] = useState<string>();
  /** With the person it was asked for: from the moment that another is chosen it is not what the page is about. */
  const [kept, setKept] = useState<{ readonly booking: Booking; readonly wanted: string | undefined }>();
  const [over, setOver] = useState(false);
  const requestId = useRequestId();
  const slot = granted ?? question.slot;
  const wanted = holder && slot && `${holder} ${visit.forWhom}`;
  const held = kept?.wanted === wanted ? kept?.booking : undefined;
  const left = useRef(false);
  const open = useRef<string | undefined>(undefined);
  const release = (bookingId: string) => noteLeaving(api.booking.release({ bookingId }));

  const take = useAction(async () => {
    setMoved(undefined);
    if (slot) await holdOrNearest(slot);
  });

  async function holdOrNearest(wished: Slot): Promise<void> {
    const lost: string[] = [];
    let refusal: unknown;
    for (let target: Slot | undefined = wished; target; target = await nearest(wished, lost)) {
      try {
        await hold(target);
        if (target !== wished)
          setMoved(`${wished.startTime} 刚刚约满了，为您找到最近的 ${target.startTime}。`);
        return;
      } catch (error) {
        // An earlier hold stays until another is granted, and is given back where the page is left before.
        setKept(undefined);
        // Of a time that was only proposed the person need not hear why it can't be had.
        if (!isGone(error) && !(lost.length > 0 && isGivenBack(error))) throw error;
        refusal ??= error;
        lost.push(target.id);
      }
    }
    throw refusal;
  }

  async function hold(target: Slot): Promise<void> {
    const content = { itemId, slotId: target.id, ...visitBody(visit) };
    const booking = await api.booking.hold({ requestId: requestId.for(content), ...content });
    // Whoever holds again after the time ran out means a new hold.
    requestId.done();
    if (left.current) return release(booking.id);
    open.current = booking.id;
    setGranted(target);
    setKept({ booking, wanted });
    setOver(!isKept(booking));
  }

  async function nearest(wished: Slot, lost: readonly string[]): Promise<Slot | undefined> {
    const { items } = await api.booking.listSlots({ itemId, hallId, day, ...visitQuery(visit) });
    const at = Date.parse(wished.start);
    return items
      .filter(({ id, remaining }) => !lost.includes(id) && remaining > 0)
      .sort((a, b) => Math.abs(Date.parse(a.start) - at) - Math.abs(Date.parse(b.start) - at))[0];
  }

  const { run } = take;
  useEffect(() => {
    if (wanted) run();
  }, [wanted, run]);

  useUnload(() => {
    left.current = true;
    if (open.current) release(open.current);
  });

  useParting(() =>
    open.current
      ? {
          path: routes.booking.release.path.replace(':bookingId', open.current),
          token: accessToken(),
        }
      : undefined,
  );

  return {
    slot,
    moved,
    held,
    /** The time ran out; `again` asks for the same one anew. */
    over,
    take,
    again: () => take.run(),
    ranOut: () => setOver(true),
    /** It became a booking: nothing is to be given back any more. */
    keep: () => (open.current = undefined),
  };
}

function isKept({ state, holdUntil }: Booking): boolean {
  return state === 'held' && holdUntil !== null && Date.parse(holdUntil) > serverNow().getTime();
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && ['SLOT_FULL', 'SLOT_IN_PAST', 'SLOT_CLOSED'].includes(error.code);
}

function isGivenBack(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'SLOT_GIVEN_BACK';
}
