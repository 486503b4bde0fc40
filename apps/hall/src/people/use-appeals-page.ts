import type { HallAppeal } from '@haoban/contracts';
import type { AppealState } from '@haoban/domain';
import { useState } from 'react';
import { client } from '../api/client.js';
import { useAct } from '../common/use-act.js';
import { usePages } from '../common/use-pages.js';

export interface AppealDecision {
  readonly appeal: HallAppeal;
  readonly result: 'granted' | 'refused';
}

export function useAppealsPage() {
  const [state, setState] = useState<AppealState | undefined>('open');
  const pages = usePages(state ?? 'all', (cursor) =>
    client.people.listHallAppeals({ ...(state && { state }), ...(cursor && { cursor }) }),
  );
  const act = useAct<AppealDecision>();
  const decide = (reason: string) =>
    act.run(async () => {
      if (!act.asking) return;
      const { appeal, result } = act.asking;
      pages.replace(
        await client.people.decideAppeal({ appealId: appeal.id, result, ...(reason && { reason }) }),
      );
    });
  return { state, setState, pages, act, decide };
}
