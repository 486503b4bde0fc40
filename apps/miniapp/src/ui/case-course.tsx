import { Text, View } from '@tarojs/components';
import type { PublicCase } from '@haoban/contracts';
import { formatDuration } from '@haoban/domain';
import { caseWord, when } from '../words';
import { Card } from './page';
import { Badge } from './states';
import { Progress, Timeline } from './timeline';

type Course = Pick<
  PublicCase,
  'itemName' | 'caseNo' | 'state' | 'stateText' | 'result' | 'deadline' | 'stages' | 'timeline'
>;

/** The promise and the stages of a case, the same with and without sign-in. */
export function CaseCourse({ it }: { it: Course }) {
  const word = caseWord(it);
  return (
    <>
      <Card>
        <View className="row row--between row--top">
          <Text className="h1 title-grow">{it.itemName}</Text>
          <Badge tone={word.tone} icon={word.icon}>
            {word.text}
          </Badge>
        </View>
        <View className="row">
          <Text className="text-3">办件编号</Text>
          <Text className="text-3 num">{it.caseNo}</Text>
        </View>
        <DeadlineText deadline={it.deadline} />
      </Card>
      <Card>
        <Timeline
          events={it.stages.map(({ key, name, state, at }) => ({
            key,
            title: name,
            state,
            when: at ? when(at) : state === 'current' ? '进行中' : undefined,
          }))}
        />
      </Card>
      <Card>
        <Text className="h2">经过</Text>
        <View className="gap-top">
          <Timeline
            events={[...it.timeline].reverse().map(({ at, title, text }, index) => ({
              key: `${at}${index}`,
              title,
              text,
              when: when(at),
            }))}
          />
        </View>
      </Card>
    </>
  );
}

function DeadlineText({ deadline }: { deadline: PublicCase['deadline'] }) {
  const { state, dueAt, promised, progress, remainingText } = deadline;
  switch (state) {
    case 'running':
      return (
        <View className="gap-top">
          <Text className="block">预计 {when(dueAt)} 前办结</Text>
          <Progress share={progress} label={remainingText} />
        </View>
      );
    case 'overdue':
      return (
        <View className="gap-top">
          <Text className="block">应在 {when(dueAt)} 前办结</Text>
          <Progress share={1} tone="overdue" label={`${remainingText}。请拨打 12345 反映，我们会督办。`} />
        </View>
      );
    case 'stopped':
      return (
        <View className="gap-top">
          <Progress share={progress} tone="stopped" label={`计时已暂停，${remainingText}`} />
        </View>
      );
    case 'met':
      return <Text className="text-2 gap-top">承诺 {formatDuration(promised)}内办结，已按时完成。</Text>;
  }
}
