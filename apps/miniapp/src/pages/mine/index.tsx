import { Text, View } from '@tarojs/components';
import { open } from '../../hooks/navigate';
import { preferencesStore } from '../../state/preferences';
import { setElderMode } from '../../state/sign-in';
import { useStore } from '../../state/store';
import { Button, Chip, ListRow } from '../../ui/button';
import { ElderTabs } from '../../ui/elder-tabs';
import { Card, Page } from '../../ui/page';
import { Skeleton } from '../../ui/states';
import { useMine } from './use-mine';

export default function Mine() {
  const { session, unread, leave } = useMine();
  const { elder } = useStore(preferencesStore);
  return (
    <Page footer={elder ? <ElderTabs now="mine" /> : undefined}>
      {session.kind === 'unknown' ? <Skeleton /> : null}
      {session.kind === 'signed-out' ? (
        <Card tone="own">
          <Text className="h1">您还没有登录</Text>
          <Text className="text-2">登录后可以看到自己的预约、排队号、办件和寄递。</Text>
          <View className="gap-top">
            <Button kind="main" act="sign-in" onTap={() => open('pages/account/sign-in/index')}>
              登录
            </Button>
          </View>
        </Card>
      ) : null}
      {session.kind === 'signed-in' ? (
        <>
          <Card tone="own">
            <Text className="h1">{session.citizen.realName?.nameMasked ?? '您好'}</Text>
            <Text className="text-2">
              {session.citizen.realName
                ? session.citizen.realName.idNumberMasked
                : '还没有实名登记，预约和取号前需要完成'}
            </Text>
          </Card>
          <Card flush>
            <ListRow
              icon="user"
              title="实名登记"
              end={session.citizen.realName ? '已完成' : '去登记'}
              onTap={() => open('pages/account/real-name/index')}
              id="act-real-name"
            />
            <ListRow
              icon="phone"
              title="联系手机"
              end={session.citizen.phoneMasked ?? '去登记'}
              onTap={() => open('pages/account/phone/index')}
              id="act-phone"
            />
            <ListRow
              icon="user"
              title="家人和单位授权"
              note="替父母、孩子或单位预约"
              onTap={() => open('pages/account/family/index')}
              id="act-family"
            />
            <ListRow
              icon="shield"
              title="绿色通道"
              note="老人、残疾人、孕妇、重病"
              onTap={() => open('pages/account/green/index')}
              id="act-green"
            />
            <ListRow
              icon="clock"
              title="我的候补"
              onTap={() => open('pages/booking/waitlist/index')}
              id="act-waitlist"
            />
            <ListRow
              icon="bell"
              title="消息"
              end={unread > 0 ? `${unread} 条未读` : undefined}
              onTap={() => open('pages/inbox/list/index')}
              id="act-inbox"
            />
            <ListRow
              icon="star"
              title="我的评价"
              onTap={() => open('pages/ratings/list/index')}
              id="act-ratings"
            />
          </Card>
        </>
      ) : null}
      <Card flush>
        <ListRow
          icon="type"
          title="长辈版"
          note="字更大，内容更少，可以朗读"
          end={
            <Chip on={elder} id="act-elder" onTap={() => void setElderMode(!elder)}>
              {elder ? '已开启' : '开启'}
            </Chip>
          }
        />
        <ListRow icon="shield" title="用户协议和隐私政策" onTap={() => open('pages/account/privacy/index')} />
        <ListRow icon="hall" title="关于和大厅信息" onTap={() => open('pages/account/about/index')} />
      </Card>
      {session.kind === 'signed-in' ? (
        <Button kind="quiet" act="sign-out" busy={leave.busy} onTap={leave.run}>
          退出登录
        </Button>
      ) : null}
    </Page>
  );
}
