import { Input, Text, View } from '@tarojs/components';
import type { QueueStatus, Ticket } from '@haoban/contracts';
import { formatWait } from '@haoban/domain';
import { open, replaceBy } from '../../../hooks/navigate';
import { fieldLabel } from '../../../platform/a11y';
import { Button, ListRow } from '../../../ui/button';
import { Icon } from '../../../ui/icon';
import { Card, Fact, Page } from '../../../ui/page';
import { Content, Empty, Notice, ProblemNotice } from '../../../ui/states';
import { promise, ticketWord } from '../../../words';
import { useTake } from './use-take';
import './index.scss';

const nameSearch = fieldLabel('搜索要办的事');

export default function Take() {
  const form = useTake();
  return (
    <Page footer={form.itemId ? <Footer form={form} /> : undefined}>
      {form.open.map((ticket) => (
        <OpenTicket key={ticket.id} ticket={ticket} />
      ))}
      {form.itemId ? <ChosenItem form={form} /> : <ChooseItem form={form} />}
    </Page>
  );
}

type Form = ReturnType<typeof useTake>;

function OpenTicket({ ticket }: { ticket: Ticket }) {
  return (
    <Card tone="own" flush>
      <ListRow
        icon="ticket"
        title={`您已有号 ${ticket.label}`}
        note={`${ticket.itemName} · ${ticketWord(ticket.state).text}`}
        onTap={() => replaceBy(`pages/queue/ticket/index?id=${ticket.id}`)}
      />
    </Card>
  );
}

function ChosenItem({ form }: { form: Form }) {
  const { queue, place } = form;
  return (
    <Content load={form.item}>
      {(item) => (
        <>
          <Card>
            <Text className="h1">{item.name}</Text>
            <Text className="text-2">
              {place ? `${place.hallName} ${place.floor} ${place.zone}` : '这个大厅不办理该事项'}
            </Text>
          </Card>
          <Content load={form.queues}>
            {() =>
              queue ? (
                <Card tone="own">
                  <Text className="text-2">{queue.name}队列现在</Text>
                  <View className="row take__now">
                    <Text className="take__count num">{queue.waiting}</Text>
                    <Text>人在等</Text>
                  </View>
                  <Fact name="预计等候">
                    {queue.wait ? formatWait(queue.wait) : '窗口还没有开放，暂时无法估计'}
                  </Fact>
                  <Fact name="开放窗口">{queue.desksOpen} 个</Fact>
                  <Fact name="今天余号">{queue.remainingToday} 个</Fact>
                  <QueueWarning queue={queue} />
                </Card>
              ) : (
                <Empty text="没有找到对应的队列，请换一个大厅。" />
              )
            }
          </Content>
          <Card>
            <Text className="h2">出门前看一眼</Text>
            {item.materials
              .filter(({ required }) => required)
              .map(({ id, name }) => (
                <Text key={id} className="block">
                  · {name}
                </Text>
              ))}
          </Card>
        </>
      )}
    </Content>
  );
}

function QueueWarning({ queue }: { queue: QueueStatus }) {
  if (!queue.open) return <Notice tone="warn">现在不在取号时间内，您可以预约其他时间。</Notice>;
  if (!queue.remoteAllowed) return <Notice tone="warn">这个队列要本人到大厅的取号机或咨询台取号。</Notice>;
  if (queue.remainingToday === 0) return <Notice tone="warn">今天的号已取完，请预约其他时间。</Notice>;
  return null;
}

function Footer({ form }: { form: Form }) {
  const { session, queue, take } = form;
  if (session.kind !== 'signed-in') {
    return (
      <Button kind="main" act="sign-in" onTap={() => open('pages/account/sign-in/index')}>
        登录后取号
      </Button>
    );
  }
  if (!session.citizen.realName) {
    return (
      <Button kind="main" act="real-name" onTap={() => open('pages/account/real-name/index')}>
        先完成实名登记
      </Button>
    );
  }
  const possible = queue?.open === true && queue.remoteAllowed && queue.remainingToday > 0;
  return (
    <>
      <ProblemNotice problem={take.problem} />
      <Button kind="main" act="take" busy={take.busy} disabled={!possible} onTap={take.run}>
        取号
      </Button>
    </>
  );
}

function ChooseItem({ form }: { form: Form }) {
  return (
    <>
      <View className="take__search">
        <Icon name="search" />
        <Input
          className="grow field__input"
          id="search"
          value={form.q}
          maxlength={30}
          placeholder="您要办什么事？"
          ariaLabel="搜索要办的事"
          ref={nameSearch}
          onInput={({ detail }) => form.setQ(detail.value)}
        />
      </View>
      <Text className="text-2">{form.hall?.name ?? '　'}</Text>
      <Content load={form.found} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty text="没有找到相符的事项，换个说法试试。" act="清除" onTap={() => form.setQ('')} />
          ) : (
            <Card flush>
              {items.map((item) => (
                <ListRow
                  key={item.id}
                  title={item.name}
                  note={promise(item)}
                  onTap={() => open(`pages/queue/take/index?itemId=${item.id}&hallId=${form.hallId ?? ''}`)}
                />
              ))}
            </Card>
          )
        }
      </Content>
    </>
  );
}
