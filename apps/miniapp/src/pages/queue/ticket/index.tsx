import { Text, View } from '@tarojs/components';
import type { Material, Ticket } from '@haoban/contracts';
import { addMinutes, formatWait } from '@haoban/domain';
import { useState } from 'react';
import { serverNow } from '../../../api/server-clock';
import { open } from '../../../hooks/navigate';
import { liveRole } from '../../../platform/a11y';
import { ShareButton } from '../../../platform/share';
import { Button, Tick } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { ReadAloud } from '../../../ui/read-aloud';
import { Badge, Content, Fold, ProblemNotice, SignInWall } from '../../../ui/states';
import { clock, ticketWord, when } from '../../../words';
import { useTicket } from './use-ticket';
import './index.scss';

export default function TicketPage() {
  const { citizen, ticket, materials, leave, rejoin } = useTicket();
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看您的号。" />
      </Page>
    );
  }
  const data = ticket.kind === 'ready' ? ticket.data : undefined;
  if (data?.state === 'called') return <Called ticket={data} />;
  return (
    <Page
      footer={
        data ? (
          <>
            <ProblemNotice problem={leave.problem ?? rejoin.problem} />
            {data.actions.includes('rejoin') ? (
              <Button kind="main" act="rejoin" busy={rejoin.busy} onTap={rejoin.run}>
                重新排队
              </Button>
            ) : null}
            {data.actions.includes('rate') ? (
              <Button
                kind="main"
                act="rate"
                onTap={() => open(`pages/ratings/give/index?subject=visit&id=${data.id}`)}
              >
                评价这次服务
              </Button>
            ) : null}
            {data.caseId ? (
              <Button act="open-case" onTap={() => open(`pages/cases/detail/index?id=${data.caseId}`)}>
                看办件进度
              </Button>
            ) : null}
          </>
        ) : undefined
      }
    >
      <Content load={ticket} lines={8}>
        {(it) => (
          <>
            <Standing ticket={it} />
            {it.state === 'waiting' && materials.length > 0 ? <Packing materials={materials} /> : null}
            <Card>
              <Fact name="事项">{it.itemName}</Fact>
              <Fact name="大厅">{it.hallName}</Fact>
              <Fact name="队列">{it.queueName}</Fact>
              <Fact name="取号">{when(it.createdAt)}</Fact>
            </Card>
            <ShareButton title={`${it.hallName} ${it.label} 号`}>转给家人看</ShareButton>
            {it.actions.includes('leave') ? (
              <Button kind="danger" act="leave" busy={leave.busy} onTap={leave.run}>
                放弃排队
              </Button>
            ) : null}
          </>
        )}
      </Content>
    </Page>
  );
}

/** Read at arm's length in a crowd: number, window, nothing else. */
function Called({ ticket }: { ticket: Ticket }) {
  // '13 号不动产登记窗口': the number is what one looks for.
  const [, number, rest] = /^(\d+\s*号窗?口?)(.*)$/.exec(ticket.deskLabel ?? '') ?? [];
  const window = number ?? ticket.deskLabel ?? '窗口';
  return (
    <Page className="called">
      <View className="called__body" id="called" {...liveRole()}>
        <Text className="called__label num">{ticket.label}</Text>
        <Text className="called__please">请到</Text>
        <Text className="called__desk num">{window}</Text>
        {rest ? <Text className="called__please">{rest}</Text> : null}
        <Text className="called__note">
          {ticket.calledCount > 1 ? `第 ${ticket.calledCount} 次叫号 · ` : ''}
          {ticket.queueName}
        </Text>
        <Text className="called__note">请带好身份证和材料，几分钟内未到会过号。</Text>
        <ReadAloud text={`请 ${ticket.label} 号到${ticket.deskLabel ?? '窗口'}`} />
      </View>
    </Page>
  );
}

function Standing({ ticket }: { ticket: Ticket }) {
  const word = ticketWord(ticket.state);
  return (
    <Card tone={ticket.state === 'missed' ? 'warn' : 'own'}>
      <View className="ticket" id="standing">
        <Text className="ticket__label num">{ticket.label}</Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
        <StandingText ticket={ticket} />
        {ticket.reason ? (
          <Fold title="为什么是这个顺序？">
            <Text className="text-2">{ticket.reason}</Text>
          </Fold>
        ) : null}
      </View>
    </Card>
  );
}

function StandingText({ ticket }: { ticket: Ticket }) {
  const { ahead, wait } = ticket;
  switch (ticket.state) {
    case 'waiting':
      return (
        <>
          <Text className="ticket__ahead">{ahead === 0 ? '下一位就是您' : `前面还有 ${ahead ?? 0} 人`}</Text>
          <Text className="text-2">{wait ? <Wait {...wait} /> : '窗口还没有开放，暂时无法估计'}</Text>
        </>
      );
    case 'serving':
      return <Text className="ticket__ahead">正在 {ticket.deskLabel ?? '窗口'} 办理</Text>;
    case 'missed':
      return <Text className="block">叫号时您没有到窗口。可以重新排队，不用从队尾排起。</Text>;
    case 'done':
      return <Text className="block">已办完{ticket.endedAt ? `，${when(ticket.endedAt)}` : ''}。</Text>;
    case 'left':
      return <Text className="block">您已放弃这个号，需要时请重新取号。</Text>;
    case 'called':
      return null;
  }
}

function Wait(range: NonNullable<Ticket['wait']>) {
  const { lowMinutes, highMinutes } = range;
  return (
    <>
      <Text className="num">{formatWait(range)}</Text>
      {highMinutes > 0 ? (
        <>
          ，预计{' '}
          <Text className="num">
            {expected(lowMinutes)}–{expected(highMinutes)}
          </Text>{' '}
          叫到
        </>
      ) : null}
    </>
  );
}

function expected(minutes: number): string {
  return clock(addMinutes(serverNow(), minutes).toISOString());
}

function Packing({ materials }: { materials: readonly Material[] }) {
  const [packed, setPacked] = useState<readonly string[]>([]);
  return (
    <Card>
      <Text className="h2">带齐了吗？</Text>
      {materials
        .filter(({ required }) => required)
        .map(({ id, name }) => (
          <Tick
            key={id}
            on={packed.includes(id)}
            onChange={(on) => setPacked(on ? [...packed, id] : packed.filter((each) => each !== id))}
          >
            {name}
          </Tick>
        ))}
    </Card>
  );
}
