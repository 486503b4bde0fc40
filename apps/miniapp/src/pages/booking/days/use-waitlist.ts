import type { WaitlistEntry } from '@haoban/contracts';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { useAction } from '../../../hooks/use-action';
import { useSubscription } from '../../../hooks/use-subscription';
import { visitBody } from '../visit';
import type { Visit } from '../visit';

export type Part = WaitlistEntry['part'];

export interface WaitFor {
  readonly itemId: string;
  readonly hallId: string;
  readonly day: string;
  readonly visit: Visit;
  /** What is full: the day, or a part of it. */
  readonly full: Part;
}

/** Asks to be told when a place of a full day, or of its full part, comes free. */
export function useWaitlist({ itemId, hallId, day, visit, full }: WaitFor) {
  const [part, setPart] = useState<Part>(full);
  const [joined, setJoined] = useState<WaitlistEntry>();
  const requestId = useRequestId();
  const subscription = useSubscription(['waitlist_offered', 'booking_closed']);
  const join = useAction(async () => {
    await subscription.ask();
    const content = { itemId, hallId, day, part, kind: visit.kind, ...visitBody(visit) };
    setJoined(await api.waitlist.join({ requestId: requestId.for(content), ...content }));
    requestId.done();
  });
  return { part, setPart, join, joined };
}
