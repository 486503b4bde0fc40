import { client } from '../api/client.js';
import { useLoad } from '../common/use-load.js';

export function useHalls() {
  return useLoad('halls', () => client.guide.listHalls());
}
