import type { Authorisation } from '@haoban/contracts';
import { api } from '../api/api';
import { useLoad } from './use-load';
import { useCitizen } from './use-session';

export interface Principal {
  readonly id: string;
  readonly kind: Authorisation['kind'];
  readonly name: string;
  readonly relationText: string;
}

/** Those for whom this person may act today. */
export function usePrincipals(): readonly Principal[] {
  const citizen = useCitizen();
  const found = useLoad(citizen?.realName ? citizen.id : undefined, () => api.people.listAuthorisations());
  if (found.kind !== 'ready') return [];
  return found.data.asAgent
    .filter(({ usable }) => usable)
    .map(({ id, kind, principalName, relationText }) => ({ id, kind, name: principalName, relationText }));
}
