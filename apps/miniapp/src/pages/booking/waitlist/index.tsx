import { Text, View } from '@tarojs/components';
import { isInHall } from '@haoban/domain';
import type { WaitlistEntry } from '@haoban/contracts';
import { open } from '../../../hooks/navigate';
import { Button } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { Badge, Content, Empty, Notice, ProblemNotice, SignInWall, Skeleton } from '../../../ui/states';
import type { StateWord } from '../../../words';
import { whichDay } from '../../../words';
import { HoldClock } from '../hold-clock';
import { kindWords } from '../visit';
import { useWaitlist } from './use-waitlist';

type Model = ReturnType<typeof useWaitlist>;

export default function Waitlist() {
  const model = useWaitlist();
  const { citizen, entries, leave, decline, accept } = model;
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看您的候补。" />
      </Page>
    );
  }
  return (
    <Page>
      <ProblemNotice problem={accept.problem ?? decline.problem ?? leave.problem ?? entries.more.problem} />
      <Content load={entries} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              text="没有候补。想约的日子满了时，可以在选时间的页面点“排候补”，有人退号会先问您。"
              act="去选事项"
              onTap={() => open('pages/items/index')}
            />
          ) : (
            items.map((entry) => <Entry key={entry.id} entry={entry} model={model} />)
          )
        }
      </Content>
      {entries.more.busy ? <Skeleton lines={2} /> : null}
    </Page>
  );
}

const words: Record<WaitlistEntry['state'], StateWord> = {
  waiting: { text: '等候名额', tone: 'info', icon: 'clock' },
  offered: { text: '有名额了', tone: 'called', icon: 'bell' },
  booked: { text: '已约到', tone: 'good', icon: 'check' },
  left: { text: '已退出', tone: 'plain', icon: 'close' },
  ended: { text: '已结束', tone: 'plain', icon: 'close' },
};
const endings: Record<NonNullable<WaitlistEntry['endReason']>, string> = {
  day_over: '这一天已经过去，没有等到名额。',
  day_closed: '大厅调整了办理时间，这天不再放号。请另选一天。',
  booked_otherwise: '您已约到这一天的这件事。',
};
const parts: Record<WaitlistEntry['part'], string> = { any: '全天都行', morning: '上午', afternoon: '下午' };

function Entry({ entry, model }: { entry: WaitlistEntry; model: Model }) {
  const { leave, decline, accept, remind, entries } = model;
  const word = words[entry.state];
  const may = (action: WaitlistEntry['actions'][number]) => entry.actions.includes(action);
  return (
    <Card {...(entry.offer ? { tone: 'called' as const } : {})}>
      <View className="row row--between">
        <Text className="h2">
          {whichDay(entry.day)} {entry.offer ? entry.offer.startTime : parts[entry.part]}
        </Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
      </View>
      <Fact name="事项">{entry.items.map(({ itemName }) => itemName).join('、') || entry.itemName}</Fact>
      <Fact name="大厅">{entry.hallName}</Fact>
      {entry.kind === 'window' ? null : <Fact name="方式">{kindWords[entry.kind].name}</Fact>}
      {entry.forName ? <Fact name="替谁">{entry.forName}</Fact> : null}
      {entry.lineText ? <Text className="block strong">{entry.lineText}</Text> : null}
      {entry.endReason ? <Text className="text-2 block">{endings[entry.endReason]}</Text> : null}
      {entry.skipped && entry.state === 'waiting' ? (
        <Notice tone="warn">{entry.skipped.message}</Notice>
      ) : null}
      {entry.offer ? <HoldClock until={entry.offer.until} onEnd={() => void entries.reload()} /> : null}
      <View className="stack gap-top">
        {entry.offer && may('accept') ? (
          <Button kind="main" act={`accept-${entry.id}`} busy={accept.busy} onTap={() => accept.run(entry)}>
            {isInHall(entry.kind)
              ? `就约 ${entry.offer.startTime}`
              : `填联系方式，约 ${entry.offer.startTime}`}
          </Button>
        ) : null}
        {may('decline') ? (
          <Button act={`decline-${entry.id}`} busy={decline.busy} onTap={() => decline.run(entry)}>
            不合适，给别人
          </Button>
        ) : null}
        {entry.state === 'waiting' && entry.passed > 0 ? (
          <Button icon="bell" act={`remind-${entry.id}`} busy={remind.busy} onTap={remind.run}>
            下次轮到我时发消息
          </Button>
        ) : null}
        {may('leave') ? (
          <Button kind="quiet" act={`leave-${entry.id}`} busy={leave.busy} onTap={() => leave.run(entry)}>
            退出候补
          </Button>
        ) : null}
        {entry.bookingId && entry.state === 'booked' ? (
          <Button
            act={`open-${entry.id}`}
            onTap={() => open(`pages/booking/detail/index?id=${entry.bookingId ?? ''}`)}
          >
            看我的预约
          </Button>
        ) : null}
      </View>
    </Card>
  );
}
