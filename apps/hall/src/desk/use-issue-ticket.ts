import type { DeskTicket, ItemSummary } from '@haoban/contracts';
import type { PriorityEvidence } from '@haoban/domain';
import { useEffect, useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { useItemSearch } from '../common/use-item-search.js';

/** As many as the dialog has room for. */
const SHOWN = 8;

export function useIssueTicket(issued: () => void) {
  const search = useItemSearch({ limit: SHOWN });
  const { items, searching } = search;
  const [awaited, setAwaited] = useState(false);
  const [item, setItem] = useState<ItemSummary>();
  const [priority, setPriority] = useState<PriorityEvidence>();
  const [ticket, setTicket] = useState<DeskTicket>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const requestId = useRef<string>(undefined);

  // Whoever types fast presses Enter before the answer is here: then it takes the first of that answer, never one of an older list.
  useEffect(() => {
    if (!awaited || searching) return;
    setAwaited(false);
    setItem(items[0]);
  }, [awaited, searching, items]);
  const pick = (at: number) => {
    if (searching) setAwaited(true);
    else setItem(items[at]);
  };
  const type = (text: string) => {
    setAwaited(false);
    setProblem(undefined);
    setItem(undefined);
    search.setQ(text);
  };

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
    setPriority(undefined);
    type('');
  };
  return {
    q: search.q,
    type,
    items,
    searching,
    pick,
    item,
    setItem,
    priority,
    setPriority,
    ticket,
    problem: problem ?? search.problem,
    busy,
    issue: () => void issue(),
    again,
  };
}
