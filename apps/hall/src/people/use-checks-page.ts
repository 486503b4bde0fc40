import type { AuthorisationDeclare, HallAuthorisation, HallGreenEvidence } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { useAct } from '../common/use-act.js';
import { usePages } from '../common/use-pages.js';

export type CheckAsk =
  | {
      readonly kind: 'authorisation';
      readonly row: HallAuthorisation;
      readonly act: 'grant' | 'refuse' | 'end';
    }
  | { readonly kind: 'green'; readonly row: HallGreenEvidence; readonly act: 'verify' | 'refuse' }
  | { readonly kind: 'register' };

export type DeskAuthorisation = AuthorisationDeclare & { agentIdNumber: string; paper: string };

export function useChecksPage() {
  const [q, setQ] = useState('');
  const [state, setState] = useState<'pending' | 'active'>('pending');
  const authorisations = usePages(`${state} ${q}`, (cursor) =>
    client.people.listPendingAuthorisations({ state, ...(q && { q }), ...(cursor && { cursor }) }),
  );
  const green = usePages(q, (cursor) =>
    client.people.listGreenToCheck({ ...(q && { q }), ...(cursor && { cursor }) }),
  );
  const act = useAct<CheckAsk>();
  const [done, setDone] = useState<string>();

  const ask = (what: CheckAsk | undefined) => {
    setDone(undefined);
    act.ask(what);
  };
  /** @param text the paper that was seen, or the reason */
  const decide = (text: string) =>
    act.run(async () => {
      const asking = act.asking;
      if (asking?.kind === 'authorisation') {
        const authorisationId = asking.row.id;
        authorisations.replace(
          asking.act === 'end'
            ? await client.people.endAuthorisationAtDesk({ authorisationId, reason: text })
            : await client.people.verifyAuthorisation({
                authorisationId,
                ...(asking.act === 'grant'
                  ? { result: 'granted', paper: text }
                  : { result: 'refused', reason: text }),
              }),
        );
        setDone(`${asking.row.principalName} 的授权已处理。`);
      } else if (asking?.kind === 'green') {
        green.replace(
          await client.people.checkGreen({
            evidenceId: asking.row.id,
            ...(asking.act === 'verify' ? { result: 'verified' } : { result: 'refused', reason: text }),
          }),
        );
        setDone(`${asking.row.personName} 的绿色通道登记已核对。`);
      }
    });
  const register = (input: DeskAuthorisation) =>
    act.run(async () => {
      const made = await client.people.registerAuthorisationAtDesk(input);
      setDone(`已登记：${made.agentName} 可以替 ${made.principalName} 预约。`);
      authorisations.reload();
    });
  return { q, setQ, state, setState, authorisations, green, act: { ...act, ask }, decide, register, done };
}
