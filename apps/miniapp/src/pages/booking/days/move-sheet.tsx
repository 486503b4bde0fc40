import { Text, View } from '@tarojs/components';
import type { Booking } from '@haoban/contracts';
import type { Action } from '../../../hooks/use-action';
import { Button } from '../../../ui/button';
import { Card, Fact } from '../../../ui/page';
import { Sheet } from '../../../ui/sheet';
import { Notice } from '../../../ui/states';
import { when } from '../../../words';
import { BookingProblem } from '../booking-problem';
import { wholeDay } from '../visit';
import type { Picked } from './use-days';

interface MoveProps {
  readonly old: Booking;
  readonly warning: string | undefined;
  readonly day: string;
  readonly slot: Picked;
  readonly hallName: string;
  readonly act: Action<[string]>;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The old and the new time side by side, and one confirmation. */
export function MoveSheet({ old, warning, day, slot, hallName, act, open, onClose }: MoveProps) {
  const elsewhere = hallName !== old.hallName;
  return (
    <Sheet title="改时间" open={open} onClose={onClose} closeText="先不改">
      <Card>
        <Fact name="原来">
          <Text className="block">{when(old.start)}</Text>
          {elsewhere ? <Text className="text-2">{old.hallName}</Text> : null}
        </Fact>
        <Fact name="改到">
          <Text className="block strong">
            {wholeDay(day)} {slot.startTime}
          </Text>
          {elsewhere ? <Text className="text-2">{hallName}</Text> : null}
        </Fact>
      </Card>
      <Text className="text-2">预约码不变。改成了，原来的时间才让给别人。</Text>
      {warning ? <Notice tone="warn">{warning}</Notice> : null}
      {act.problem ? (
        <>
          <BookingProblem problem={act.problem} hallId={old.hallId} />
          {act.problem.code ? (
            <NotMoved old={old} />
          ) : (
            <Notice tone="info">网络恢复后再点一次就好，不会改两次。</Notice>
          )}
        </>
      ) : null}
      <View className="gap-top">
        <Button kind="main" act="confirm-move" busy={act.busy} onTap={() => act.run(slot.id)}>
          确认改到 {wholeDay(day)} {slot.startTime}
        </Button>
      </View>
    </Sheet>
  );
}

export function NotMoved({ old }: { old: Booking }) {
  return <Notice tone="info">没有改成，您原来 {when(old.start)} 的预约还在。</Notice>;
}
