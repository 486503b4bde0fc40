import type { WaitlistEntry } from '@haoban/contracts';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { useAction } from '../../../hooks/use-action';
import { useSubscription } from '../../../hooks/use-subscription';
import { visitBody } from '../visit';
import type { Visit } from '../visit';

export type Part = WaitlistEntry['part'];

/** Asks to be told when a place of a full day comes free. */
export function useWaitlist(at: { itemId: string; hallId: string; day: string; visit: Visit }) {
  const { itemId, hallId, day, visit } = at;
  const [part, setPart] = useState<Part>('any');
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
