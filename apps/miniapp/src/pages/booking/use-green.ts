import { api } from '../../api/api';
import { useLoad } from '../../hooks/use-load';
import { useCitizen } from '../../hooks/use-session';
import { greenPage } from './next-step';

/** Whether green places may be taken, for oneself or for whom one books; asked again when the person comes back from declaring. */
export function useGreen(forWhom: string | undefined, asked: boolean) {
  const citizen = useCitizen();
  const key = citizen?.realName && asked ? `${citizen.id} ${forWhom}` : undefined;
  const found = useLoad(key, () => api.people.getGreen(forWhom ? { authorisationId: forWhom } : {}));
  return {
    profile: key && found.kind === 'ready' ? found.data : undefined,
    problem: key && found.kind === 'error' ? found.problem : undefined,
    retry: () => void found.reload(),
    /** Where that person's papers are declared. */
    page: greenPage(forWhom),
  };
}
