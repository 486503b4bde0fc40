import type { CaseOpen, DeskTicket } from '@haoban/contracts';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { useItem } from './use-item.js';
import { useTicks } from './use-ticks.js';

export type Applicant = NonNullable<CaseOpen['applicant']>;

export function useOpenCase(ticket: DeskTicket, opened: (caseId: string) => void) {
  const item = useItem(ticket.itemId);
  const { ticked, tickAll } = useTicks(ticket.id);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const requestId = useRef<string>(undefined);
  const missing = item?.materials.filter(({ id, required }) => required && !ticked.has(id)) ?? [];

  const open = async (applicant: Applicant | undefined) => {
    if (busy || missing.length > 0) return;
    setBusy(true);
    setProblem(undefined);
    requestId.current ??= newRequestId();
    try {
      const made = await client.cases.open({
        requestId: requestId.current,
        ticketId: ticket.id,
        receivedMaterialIds: [...ticked],
        ...(applicant && { applicant }),
      });
      opened(made.id);
    } catch (error) {
      if (!isUnanswered(error)) requestId.current = undefined;
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    item,
    missing,
    problem,
    busy,
    open,
    // Optional papers are ticked one by one: what was not handed in must not be on record.
    tickAll: () => tickAll((item?.materials ?? []).filter(({ required }) => required).map(({ id }) => id)),
    needsApplicant: ticket.citizenName === null,
  };
}
