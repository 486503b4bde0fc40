import type { EntryTarget } from '@haoban/contracts';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { api } from '../../../api/api';
import { open, replaceBy } from '../../../hooks/navigate';
import { useLoad } from '../../../hooks/use-load';
import { itemsFilterStore, noFilter } from '../../../state/items-filter';
import { changePreferences } from '../../../state/preferences';

export type Wish = 'book' | 'now';

/**
 * Where a code on the wall leads. An item's and a hall's page take this one's place at once; a window's matters are listed here,
 * and so is what to do where the code leads nowhere any more.
 */
export function useEnter() {
  const scene = sceneOf(useRouter().params.scene);
  const [wish, setWish] = useState<Wish>('book');
  const target = useLoad(scene || undefined, () => api.entryCodes.resolve({ scene }));
  const found = target.kind === 'ready' ? target.data : undefined;
  const unknown = scene === '' || (target.kind === 'error' && target.problem.code === 'ENTRY_CODE_UNKNOWN');

  useEffect(() => {
    if (!found) return;
    if (found.kind === 'hall') toItemsOf(found.hallId);
    else if (found.item) replaceBy(pageOf(found.hallId, found.item, 'book'));
  }, [found]);

  return {
    target,
    unknown,
    wish,
    setWish,
    choose: (item: EntryTarget['items'][number]) => {
      if (found) open(pageOf(found.hallId, item, wish));
    },
    toHall: () => {
      if (found) toItemsOf(found.hallId);
    },
    toItems: () => open('pages/items/index'),
    toHome: () => open('pages/home/index'),
  };
}

/** WeChat hands the scene over as it stands in an address; one that is broken is taken as it is. */
function sceneOf(raw: string | undefined): string {
  if (!raw) return '';
  try {
    return decodeURIComponent(raw).trim();
  } catch {
    return raw;
  }
}

function pageOf(hallId: string, item: { id: string; bookable: boolean }, wish: Wish): string {
  const page = item.bookable && wish === 'book' ? 'pages/booking/days/index' : 'pages/queue/take/index';
  return `${page}?itemId=${item.id}&hallId=${hallId}`;
}

/** The tab takes no query: the hall is the one that the person looks at from now on. */
function toItemsOf(hallId: string): void {
  void changePreferences({ hallId });
  itemsFilterStore.set(noFilter);
  open('pages/items/index');
}
