import { Text, View } from '@tarojs/components';
import { statusRole } from '../../platform/a11y';
import { Icon } from '../../ui/icon';
import { minutesAndSeconds, useCountdown } from './use-countdown';
import './hold-clock.scss';

const SOON_SECONDS = 60;

/** How long a place is still kept. Said aloud twice, a minute before the end and at the end, not every second. */
export function HoldClock({ until, onEnd }: { until: string; onEnd: () => void }) {
  const left = useCountdown(until, onEnd);
  const soon = left <= SOON_SECONDS;
  const said = left === 0 ? '保留的时间到了' : soon ? '保留的时间还剩不到 1 分钟，请尽快确认' : '';
  return (
    <View className={`hold${soon ? ' hold--soon' : ''}`}>
      <Icon name="clock" small />
      <View className="grow">
        <Text className="hold__left" id="hold-left">
          为您保留 <Text className="num">{minutesAndSeconds(left)}</Text>
        </Text>
        {soon && left > 0 ? <Text className="hold__soon">快到时间了</Text> : null}
      </View>
      <View className="only-said" {...statusRole()}>
        {said}
      </View>
    </View>
  );
}
