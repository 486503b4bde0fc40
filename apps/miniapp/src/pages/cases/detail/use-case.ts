import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { api } from '../../../api/api';
import { live } from '../../../api/live';
import { confirmed, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';
import { useSubscription } from '../../../hooks/use-subscription';

export function useCase() {
  const caseId = useRouter().params.id ?? '';
  const citizen = useCitizen();
  const load = useLoad(citizen && caseId, () => api.cases.getMine({ caseId }));
  const data = load.kind === 'ready' ? load.data : undefined;
  const subscription = useSubscription(['case_progress', 'case_closed', 'delivery_progress']);
  const { reload } = load;
  const citizenId = citizen?.id;
  useEffect(() => {
    if (!citizenId) return;
    return live.watch(`case:${caseId}`, () => void reload());
  }, [citizenId, caseId, reload]);

  const withdraw = useAction(async () => {
    if (!data) return;
    const agreed = await confirmed(
      `撤回“${data.itemName}”`,
      '撤回后这次申请不再办理，需要时要重新提交材料。',
      '撤回申请',
    );
    if (!agreed) return;
    load.replace(await api.cases.withdraw({ caseId }));
    say('已撤回申请');
  });
  const follow = useAction(async () => {
    await subscription.ask();
    say('有进展会通知您');
  });
  return { citizen, load, withdraw, follow };
}
