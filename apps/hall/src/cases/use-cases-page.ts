import type { CaseState } from '@haoban/domain';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { CaseFilter } from './use-case-list.js';

/** Filter and open case stand in the address, so that a reload and the back key keep them. */
export function useCasesPage() {
  const [params, setParams] = useSearchParams();
  const [round, setRound] = useState(0);
  const q = params.get('q') ?? '';
  const state = (params.get('state') ?? undefined) as CaseState | undefined;
  const filter: CaseFilter = { round, ...(q && { q }), ...(state && { state }) };
  const set = (name: string, value: string | undefined) =>
    setParams(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: name !== 'case' },
    );
  return {
    filter,
    openId: params.get('case') ?? undefined,
    search: (value: string) => set('q', value.trim()),
    choose: (value: CaseState | undefined) => set('state', value),
    open: (id: string | undefined) => set('case', id),
    again: () => setRound((before) => before + 1),
  };
}
