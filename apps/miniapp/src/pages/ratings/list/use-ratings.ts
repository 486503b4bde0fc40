import { api } from '../../../api/api';
import { useList } from '../../../hooks/use-list';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';

export function useRatings() {
  const citizen = useCitizen();
  const invitations = useLoad(citizen?.id, async () => (await api.ratings.invitations()).items);
  const ratings = useList(citizen?.id, (cursor, limit) => api.ratings.listMine({ cursor, limit }));
  return { citizen, invitations, ratings };
}
