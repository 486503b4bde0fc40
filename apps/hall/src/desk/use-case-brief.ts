import { useEffect, useRef } from 'react';
import { client } from '../api/client.js';
import { useLoad } from '../common/use-load.js';

/** The case of the ticket at the desk. @param round changes when it may have gone on, as after its drawer was closed */
export function useCaseBrief(caseId: string, round: unknown) {
  const { state, reload } = useLoad(caseId, () => client.cases.getOfHall({ caseId }));
  const before = useRef(round);
  useEffect(() => {
    if (before.current !== round) reload();
    before.current = round;
  }, [reload, round]);
  return { state, reload };
}
