import { api } from '../../api/api';
import { useLoad } from '../../hooks/use-load';
import { useCitizen } from '../../hooks/use-session';

export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly relationText: string;
}

/** Those for whom this person may book today. */
export function usePrincipals(asked = true): readonly Principal[] {
  const citizen = useCitizen();
  const found = useLoad(citizen?.realName && asked ? citizen.id : undefined, () =>
    api.people.listAuthorisations(),
  );
  if (found.kind !== 'ready') return [];
  return found.data.asAgent
    .filter(({ usable }) => usable)
    .map(({ id, principalName, relationText }) => ({ id, name: principalName, relationText }));
}

/** Whether green places may be taken, for oneself or for whom one books. */
export function useGreen(forWhom: string | undefined, asked: boolean) {
  const citizen = useCitizen();
  const found = useLoad(citizen?.realName && asked ? `green ${forWhom}` : undefined, () =>
    api.people.getGreen(forWhom ? { authorisationId: forWhom } : {}),
  );
  return found.kind === 'ready' ? found.data : undefined;
}
