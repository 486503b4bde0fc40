import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Hall } from '@haoban/contracts';
import { open } from '../../hooks/navigate';
import { buttonRole } from '../../platform/a11y';
import { itemsFilterStore, noFilter } from '../../state/items-filter';
import { preferencesStore } from '../../state/preferences';
import { setElderMode } from '../../state/sign-in';
import { useStore } from '../../state/store';
import { Button, Chip, ListRow } from '../../ui/button';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon';
import { Card, Page } from '../../ui/page';
import { Sheet } from '../../ui/sheet';
import { Content, Skeleton } from '../../ui/states';
import { ReadAloud } from '../../ui/read-aloud';
import { ElderTabs } from '../../ui/elder-tabs';
import { promise } from '../../words';
import { MatterCard } from './matter-card';
import { useHome } from './use-home';
import './index.scss';

export default function Home() {
  const { session, halls, hall, choose, matter, items, unread } = useHome();
  const { elder } = useStore(preferencesStore);
  const [choosing, setChoosing] = useState(false);
  return (
    <Page footer={elder ? <ElderTabs now="home" /> : undefined}>
      <View className="row row--between">
        <View className="home__hall" onClick={() => setChoosing(true)} {...buttonRole()}>
          <Icon name="place" small />
          <Text>{hall ? hall.name : '选择大厅'}</Text>
          <Icon name="down" small />
        </View>
        <Chip on={elder} id="act-elder" onTap={() => void setElderMode(!elder)}>
          长辈版
        </Chip>
      </View>

      {session.kind === 'unknown' ? <Skeleton /> : null}
      {session.kind === 'signed-out' ? (
        <Card tone="own">
          <Text className="h1">您好，想办什么事？</Text>
          <Text className="text-2">登录后可以预约、取号、查进度，办好的证照还能寄到家。</Text>
          <View className="gap-top">
            <Button kind="main" act="sign-in" onTap={() => open('pages/account/sign-in/index')}>
              登录
            </Button>
          </View>
        </Card>
      ) : null}
      {session.kind === 'signed-in' ? (
        <Content load={matter}>
          {(now) => (now.kind === 'nothing' ? null : <MatterCard matter={now} />)}
        </Content>
      ) : null}

      <View className="home__entries">
        <Entry
          icon="calendar"
          text="预约"
          page="pages/items/index"
          before={() => itemsFilterStore.set({ ...noFilter, bookable: true })}
        />
        <Entry icon="ticket" text="取号" page="pages/queue/take/index" />
        <Entry icon="search" text="查进度" page="pages/cases/look-up/index" />
        <Entry icon="truck" text="寄证照" page="pages/progress/index" />
      </View>

      {session.kind === 'signed-in' && unread > 0 ? (
        <Card flush>
          <ListRow
            icon="bell"
            title="消息"
            end={`${unread} 条未读`}
            onTap={() => open('pages/inbox/list/index')}
            id="act-inbox"
          />
        </Card>
      ) : null}

      {elder ? (
        <ReadAloud text={`好办。您可以预约、取号、查进度、寄证照。${hall ? openText(hall) : ''}`} />
      ) : (
        <View>
          <Text className="h2 home__section">热门事项</Text>
          <Content load={items} lines={6}>
            {(found) => (
              <Card flush>
                {found.map((item) => (
                  <ListRow
                    key={item.id}
                    title={item.name}
                    note={promise(item)}
                    onTap={() => open(`pages/guide/detail/index?id=${item.id}`)}
                  />
                ))}
              </Card>
            )}
          </Content>
        </View>
      )}

      {hall ? (
        <Card>
          <Text className="strong block">{hall.name}</Text>
          <Text className="text-2">{openText(hall)}</Text>
          <Text className="text-2">{hall.address}</Text>
          <Text className="text-2">{hall.transport}</Text>
        </Card>
      ) : null}

      <Sheet title="选择大厅" open={choosing} onClose={() => setChoosing(false)}>
        <Content load={halls}>
          {(all) =>
            all.map((each) => (
              <ListRow
                key={each.id}
                title={each.name}
                note={`${each.serves === 'residents' ? '个人办事为主' : '企业办事为主'} · ${openText(each)}`}
                end={each.id === hall?.id ? '当前' : undefined}
                onTap={() => {
                  choose(each.id);
                  setChoosing(false);
                }}
              />
            ))
          }
        </Content>
      </Sheet>
    </Page>
  );
}

function Entry(props: { icon: IconName; text: string; page: string; before?: () => void }) {
  const { icon, text, page, before } = props;
  const go = () => {
    before?.();
    open(page);
  };
  return (
    <View className="home__entry" onClick={go} {...buttonRole()}>
      <Icon name={icon} />
      <Text>{text}</Text>
    </View>
  );
}

function openText({ today }: Hall): string {
  if (!today.open) return '今天不开放';
  return `今天 ${today.periods.map(({ from, to }) => `${from}–${to}`).join('，')}`;
}
