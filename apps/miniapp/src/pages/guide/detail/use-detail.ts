import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { api } from '../../../api/api';
import { useHalls } from '../../../hooks/use-halls';
import { useLoad } from '../../../hooks/use-load';

export function useDetail() {
  const itemId = useRouter().params.id ?? '';
  const item = useLoad(itemId, () => api.guide.getItem({ itemId }));
  const { hall } = useHalls();
  const places = item.kind === 'ready' ? item.data.places : [];
  // The chosen hall if it does this, else the first that does.
  const place = places.find(({ hallId }) => hallId === hall?.id) ?? places[0];
  useShareAppMessage(() => ({
    title: item.kind === 'ready' ? `${item.data.name}：要带什么、要多久` : '办事指南',
    path: `/pages/guide/detail/index?id=${itemId}`,
  }));
  return { item, place };
}
