import { Text, View } from '@tarojs/components';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/page';
import { BookingProblem } from '../booking-problem';
import { wholeDay } from '../visit';
import type { useOffers } from './use-offers';

/** What the hall proposes where it has to close at the booked time. */
export function OffersCard(props: { offers: ReturnType<typeof useOffers>; onOtherTime: () => void }) {
  const { offers, warning, take } = props.offers;
  if (!offers) return null;
  const { closed, items } = offers;
  return (
    <Card tone="warn">
      <Text className="h2">{closed ? '大厅这个时间不开放了，请改个时间' : '可以改到这些相近的时间'}</Text>
      <Text className="text-2">
        {items.length > 0 ? '点一下就改好，预约码不变。' : '相近的时间都约满了，请自己选一个时间。'}
        {closed ? '不改的话，到时会取消，不算爽约。' : '不改的话，原来的时间仍然有效。'}
        {warning}
      </Text>
      <View className="stack gap-top">
        {items.map(({ slotId, day, startTime, remaining }) => (
          <Button
            key={slotId}
            act={`offer-${slotId}`}
            icon="clock"
            busy={take.busy}
            onTap={() => take.run(slotId)}
          >
            改到 {wholeDay(day)} {startTime}（余 {remaining}）
          </Button>
        ))}
        <Button kind="quiet" act="other-time" onTap={props.onOtherTime}>
          自己选时间
        </Button>
      </View>
      <BookingProblem problem={take.problem} hallId="" />
    </Card>
  );
}
