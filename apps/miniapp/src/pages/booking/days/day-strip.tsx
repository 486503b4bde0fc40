import { ScrollView, Text, View } from '@tarojs/components';
import type { BookableDay } from '@haoban/contracts';
import { weekdayOf } from '@haoban/domain';
import { useReveal } from '../../../platform/reveal';
import { Radio, RadioGroup } from '../../../ui/choice';
import { whichDay } from '../../../words';
import { heatOf, heatWords, wholeDay } from '../visit';

const weekdays = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

interface StripProps {
  readonly days: readonly BookableDay[];
  readonly day: string | undefined;
  readonly onPick: (day: string) => void;
}

/** The two weeks at a glance: how full each day is, in a word, a number and a colour. */
export function DayStrip({ days, day, onPick }: StripProps) {
  const reachable = days.find((each) => each.day === day) ?? days.find(({ status }) => status !== 'closed');
  const reveal = useReveal(day && `day-${day}`);
  return (
    <ScrollView scrollX className="days" enhanced showScrollbar={false} {...reveal}>
      <RadioGroup label="选择日期" className="days__strip">
        {days.map((each) => (
          <DayCell
            key={each.day}
            day={each}
            on={each.day === day}
            stop={each === reachable}
            onPick={() => onPick(each.day)}
          />
        ))}
      </RadioGroup>
    </ScrollView>
  );
}

function DayCell(props: { day: BookableDay; on: boolean; stop: boolean; onPick: () => void }) {
  const { day, on, stop, onPick } = props;
  const heat = heatOf(day);
  const nearly = whichDay(day.day);
  const short = nearly.length === 2 ? nearly : (weekdays[weekdayOf(day.day)] ?? '');
  const date = `${Number(day.day.slice(5, 7))}/${Number(day.day.slice(8))}`;
  const left = day.status === 'open' ? `余 ${day.remaining}` : (day.note ?? heatWords[heat]);
  const said = day.status === 'open' ? `${left} ${heatWords[heat]}` : left;
  return (
    <Radio
      id={`day-${day.day}`}
      className={`days__day days__day--${heat}${on ? ' days__day--on' : ''}`}
      label={`${wholeDay(day.day)} ${said}`}
      checked={on}
      disabled={heat === 'closed'}
      stop={stop}
      onChoose={onPick}
    >
      <Text className="block">{short}</Text>
      <Text className="block num strong">{date}</Text>
      {day.status === 'open' ? <Text className="days__left num">{left}</Text> : null}
      <View className="days__heat">{heatWords[heat]}</View>
    </Radio>
  );
}
