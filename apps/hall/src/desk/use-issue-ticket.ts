import type { DeskTicket, ItemSummary } from '@haoban/contracts';
import type { PriorityEvidence } from '@haoban/domain';
import { useEffect, useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { useStaff } from '../session/use-session.js';

const TYPING_MS = 180;

export function useIssueTicket(issued: () => void) {
  const { hallId } = useStaff();
  const [q, setQ] = useState('');
  const [items, setItems] = useState<ItemSummary[]>([]);
  const [item, setItem] = useState<ItemSummary>();
  const [priority, setPriority] = useState<PriorityEvidence>();
  const [ticket, setTicket] = useState<DeskTicket>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const requestId = useRef<string>(undefined);

  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      client.guide
        .listItems({ ...(q.trim() && { q: q.trim() }), ...(hallId && { hallId }), limit: 8 })
        .then((found) => wanted && setItems(found.items))
        .catch((error: unknown) => wanted && setProblem(toProblem(error)));
    }, TYPING_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q, hallId]);

  const issue = async () => {
    if (!item || busy) return;
    setBusy(true);
    setProblem(undefined);
    requestId.current ??= newRequestId();
    try {
      setTicket(
        await client.queue.issueTicket({
          requestId: requestId.current,
          itemId: item.id,
          ...(priority && { priority }),
        }),
      );
      requestId.current = undefined;
      issued();
    } catch (error) {
      if (!isUnanswered(error)) requestId.current = undefined;
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };

  const again = () => {
    setTicket(undefined);
    setItem(undefined);
    setPriority(undefined);
    setQ('');
  };
  return {
    q,
    setQ,
    items,
    item,
    setItem,
    priority,
    setPriority,
    ticket,
    problem,
    busy,
    issue: () => void issue(),
    again,
  };
}
