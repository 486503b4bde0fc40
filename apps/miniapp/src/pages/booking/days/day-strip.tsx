import { ScrollView, Text, View } from '@tarojs/components';
import type { BookableDay } from '@haoban/contracts';
import { monthsInView, weekdayOf } from '@haoban/domain';
import { Fragment, useState } from 'react';
import { hiddenRole } from '../../../platform/a11y';
import { useReveal } from '../../../platform/reveal';
import { ChoiceChips, Radio, RadioGroup } from '../../../ui/choice';
import { whichDay } from '../../../words';
import { heatOf, heatWords, wholeDay } from '../visit';

const weekdays = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

interface StripProps {
  readonly days: readonly BookableDay[];
  readonly day: string | undefined;
  readonly onPick: (day: string) => void;
}

/** The days at a glance: how full each is, in a word, a number and a colour. Where they are many, a month at a time. */
export function DayStrip({ days, day, onPick }: StripProps) {
  const [turned, setTurned] = useState<{ of: string | undefined; month: string }>();
  // Whoever chooses a day, also by a suggestion, looks at its month.
  const { pages, shown } = monthsInView(days, day, turned && turned.of === day ? turned.month : undefined);
  const inView = shown.flatMap((month) => month.days);
  const chosen = inView.find((each) => each.day === day);
  const reachable = chosen ?? inView.find(({ status }) => status !== 'closed');
  const reveal = useReveal(chosen && `day-${chosen.day}`);
  const first = shown[0]?.month ?? '';
  return (
    <>
      {pages.length > 0 ? (
        <ChoiceChips
          label="选择月份"
          name="month"
          value={first}
          choices={pages.map(({ month, name }) => ({ value: month, text: name }))}
          onChange={(month) => setTurned({ of: day, month })}
        />
      ) : null}
      <ScrollView key={first} scrollX className="days" enhanced showScrollbar={false} {...reveal}>
        <RadioGroup label="选择日期" className="days__strip">
          {shown.map(({ month, name, days: ofMonth }) => (
            <Fragment key={month}>
              {month === first ? null : (
                <View className="days__month" {...hiddenRole()}>
                  {name}
                </View>
              )}
              {ofMonth.map((each) => (
                <DayCell
                  key={each.day}
                  day={each}
                  on={each.day === day}
                  stop={each === reachable}
                  onPick={() => onPick(each.day)}
                />
              ))}
            </Fragment>
          ))}
        </RadioGroup>
      </ScrollView>
    </>
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
      <View className="days__heat">{day.opensAt ? '待开放' : heatWords[heat]}</View>
    </Radio>
  );
}
