import Taro, { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { api } from '../../../api/api';
import { useLoad } from '../../../hooks/use-load';

export function useSample() {
  const materialId = useRouter().params.id ?? '';
  const sample = useLoad(materialId, async () => {
    const { title, svg } = await api.guide.getSample({ materialId });
    return { title, source: `data:image/svg+xml,${encodeURIComponent(svg)}` };
  });
  const title = sample.kind === 'ready' ? sample.data.title : undefined;
  useEffect(() => {
    if (title) void Taro.setNavigationBarTitle({ title });
  }, [title]);
  return sample;
}
