import { useDidShow } from '@tarojs/taro';
import { api } from '../../api/api';
import { confirmed } from '../../hooks/navigate';
import { useAction } from '../../hooks/use-action';
import { useLoad } from '../../hooks/use-load';
import { useSession } from '../../hooks/use-session';
import { keepCitizen } from '../../state/session';
import { signOut } from '../../state/sign-in';

export function useMine() {
  const session = useSession();
  const citizenId = session.kind === 'signed-in' ? session.citizen.id : undefined;
  const unread = useLoad(citizenId, async () => (await api.notifications.listInbox({ limit: 1 })).unread);
  useDidShow(() => {
    if (citizenId) void api.identity.me().then(keepCitizen, () => undefined);
  });
  const leave = useAction(async () => {
    if (await confirmed('退出登录', '这部手机将不再显示您的预约、排队号和办件。', '退出')) await signOut();
  });
  return { session, unread: unread.kind === 'ready' ? unread.data : 0, leave };
}
