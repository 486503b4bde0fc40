import { Text, View } from '@tarojs/components';
import { open } from '../../../hooks/navigate';
import { statusRole } from '../../../platform/a11y';
import { Button } from '../../../ui/button';
import { ChoiceChips } from '../../../ui/choice';
import { Card } from '../../../ui/page';
import { Notice } from '../../../ui/states';
import { BookingProblem } from '../booking-problem';
import { wholeDay } from '../visit';
import { useWaitlist } from './use-waitlist';
import type { Part, WaitFor } from './use-waitlist';

const parts: readonly { value: Part; text: string }[] = [
  { value: 'any', text: '全天都行' },
  { value: 'morning', text: '上午' },
  { value: 'afternoon', text: '下午' },
];

const partWords: Record<Part, string> = { any: '', morning: '上午', afternoon: '下午' };

/** For a day, or a part of it, whose times are gone. */
export function WaitlistCard(props: WaitFor & { offerMinutes: number | undefined }) {
  const { part, setPart, join, joined } = useWaitlist(props);
  return (
    <Card>
      <Text className="h2">
        {wholeDay(props.day)} {partWords[props.full]}约满了，可以排候补
      </Text>
      <Text className="text-2">
        有人取消时，按排队先后通知您，名额为您留
        {props.offerMinutes ? ` ${props.offerMinutes} 分钟` : '一会儿'}。排候补不收费，随时可以退出。
      </Text>
      {joined ? (
        <View className="gap-top" {...statusRole()}>
          <Notice tone="good">
            已排上候补{joined.lineText ? `，${joined.lineText}` : ''}。轮到您时会发消息，请留意。
          </Notice>
          <View className="gap-top">
            <Button act="my-waitlist" onTap={() => open('pages/booking/waitlist/index')}>
              看我的候补
            </Button>
          </View>
        </View>
      ) : (
        <>
          {props.full === 'any' ? (
            <View className="gap-top">
              <ChoiceChips label="什么时候方便" name="part" choices={parts} value={part} onChange={setPart} />
            </View>
          ) : null}
          <BookingProblem problem={join.problem} hallId={props.hallId} forWhom={props.visit.forWhom} />
          <View className="gap-top">
            <Button act="join-waitlist" busy={join.busy} onTap={join.run}>
              {props.full === 'any' ? '排候补' : `排${partWords[props.full]}的候补`}
            </Button>
          </View>
        </>
      )}
    </Card>
  );
}
