import { ScrollView, Text, View } from '@tarojs/components';
import type { BookableDay, Slot } from '@haoban/contracts';
import { weekdayOf } from '@haoban/domain';
import { buttonRole } from '../../../platform/a11y';
import { Button } from '../../../ui/button';
import { Card, Page } from '../../../ui/page';
import { Content, Empty, Fold } from '../../../ui/states';
import { whichDay } from '../../../words';
import { useDays } from './use-days';
import './index.scss';

export default function Days() {
  const form = useDays();
  const place = form.item.kind === 'ready' ? form.item.data : undefined;
  return (
    <Page
      footer={
        <Button kind="main" act="go-on" disabled={!form.slot} onTap={form.goOn}>
          {form.slot && form.day ? `预约 ${whichDay(form.day)} ${form.slot.startTime}` : '请选择时间'}
        </Button>
      }
    >
      <Text className="h1">{place?.name ?? '　'}</Text>
      <Content load={form.days} lines={3}>
        {({ items, rules }) => (
          <>
            <ScrollView scrollX className="days" enhanced showScrollbar={false}>
              <View className="days__strip">
                {items.map((each) => (
                  <DayCell
                    key={each.day}
                    day={each}
                    on={each.day === form.day}
                    onTap={() => form.pickDay(each.day)}
                  />
                ))}
              </View>
            </ScrollView>
            {form.soonest ? (
              <Text className="text-2">
                最快 {whichDay(form.soonest)}
                {form.emptiest && form.emptiest !== form.soonest ? ` · 最空 ${whichDay(form.emptiest)}` : ''}
              </Text>
            ) : (
              <Empty text="这两周的时段都约满了，您可以到大厅现场取号，或明天再来看看。" />
            )}
            {form.day ? (
              <Content load={form.slots} lines={6}>
                {({ morning, afternoon }) => (
                  <Card>
                    <SlotGroup title="上午" slots={morning} form={form} />
                    <SlotGroup title="下午" slots={afternoon} form={form} />
                    {morning.length + afternoon.length === 0 ? (
                      <Text className="text-2">这一天没有可以预约的时段，请换一天。</Text>
                    ) : null}
                  </Card>
                )}
              </Content>
            ) : null}
            <Card>
              <Fold title="预约须知">
                {rules.map((rule) => (
                  <Text key={rule} className="text-2">
                    · {rule}
                  </Text>
                ))}
              </Fold>
            </Card>
          </>
        )}
      </Content>
    </Page>
  );
}

const weekdays = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

function DayCell({ day, on, onTap }: { day: BookableDay; on: boolean; onTap: () => void }) {
  const label = whichDay(day.day);
  const short = label.length === 2 ? label : (weekdays[weekdayOf(day.day)] ?? '');
  const date = `${Number(day.day.slice(5, 7))}/${Number(day.day.slice(8))}`;
  const state = day.status === 'open' ? `余 ${day.remaining}` : day.status === 'full' ? '约满' : '不开放';
  const closed = day.status !== 'open';
  return (
    <View
      className={`days__day${on ? ' days__day--on' : ''}${closed ? ' days__day--closed' : ''}`}
      id={`day-${day.day}`}
      onClick={() => {
        if (!closed) onTap();
      }}
      {...buttonRole(`${short} ${date} ${state}`)}
    >
      <Text className="block">{short}</Text>
      <Text className="block num strong">{date}</Text>
      <Text className="days__state num">{state}</Text>
    </View>
  );
}

function SlotGroup(props: { title: string; slots: readonly Slot[]; form: ReturnType<typeof useDays> }) {
  const { title, slots, form } = props;
  if (slots.length === 0) return null;
  return (
    <View>
      <Text className="h2">{title}</Text>
      <View className="slots">
        {slots.map((slot) => {
          const full = slot.remaining === 0;
          const on = form.slot?.id === slot.id;
          const left = full ? '满' : on ? '已选' : `余 ${slot.remaining}`;
          return (
            <View
              key={slot.id}
              id={`slot-${slot.id}`}
              className={`slot${on ? ' slot--on' : ''}${full ? ' slot--full' : ''}`}
              onClick={() => {
                if (!full) form.pickSlot(slot);
              }}
              {...buttonRole(`${slot.startTime} ${left}`)}
            >
              <Text className="slot__time num">{slot.startTime}</Text>
              <Text className="slot__left num">{left}</Text>
            </View>
          );
        })}
      </View>
    </View>
  );
}
