import type { Hall } from '@haoban/contracts';
import { api } from '../api/api';
import { changePreferences, preferencesStore } from '../state/preferences';
import { useStore } from '../state/store';
import { useLoad } from './use-load';
import type { Loaded } from './use-load';

/** The halls of the city and the one that the person looks at: the last chosen, else the first. */
export function useHalls(): {
  halls: Loaded<readonly Hall[]>;
  hall: Hall | undefined;
  choose: (hallId: string) => void;
} {
  const { hallId } = useStore(preferencesStore);
  const halls = useLoad<readonly Hall[]>('halls', async () => (await api.guide.listHalls()).items);
  const all = halls.kind === 'ready' ? halls.data : [];
  return {
    halls,
    hall: all.find(({ id }) => id === hallId) ?? all[0],
    choose: (id) => void changePreferences({ hallId: id }),
  };
}
