import { Text, View } from '@tarojs/components';
import type { Slot } from '@haoban/contracts';
import { Radio, RadioGroup } from '../../../ui/choice';
import type { Picked } from './use-days';

interface GridProps {
  readonly groups: readonly { readonly title: string; readonly slots: readonly Slot[] }[];
  readonly picked: Picked | undefined;
  readonly onPick: (slot: Slot) => void;
}

/** The times of one day with the places that are left; a full one can be read, not chosen. */
export function SlotGrid({ groups, picked, onPick }: GridProps) {
  const all = groups.flatMap(({ slots }) => slots);
  const reachable =
    all.find(({ id }) => id === picked?.id) ?? all.find(({ remaining }) => remaining > 0) ?? all[0];
  return (
    <RadioGroup label="选择时间">
      {groups
        .filter(({ slots }) => slots.length > 0)
        .map(({ title, slots }) => (
          <View key={title} className="slots__part">
            <Text className="h2">{title}</Text>
            <View className="slots">
              {slots.map((slot) => (
                <SlotCell
                  key={slot.id}
                  slot={slot}
                  on={slot.id === picked?.id}
                  stop={slot === reachable}
                  onPick={() => onPick(slot)}
                />
              ))}
            </View>
          </View>
        ))}
    </RadioGroup>
  );
}

function SlotCell(props: { slot: Slot; on: boolean; stop: boolean; onPick: () => void }) {
  const { slot, on, stop, onPick } = props;
  const full = slot.remaining === 0;
  const left = full ? '满' : `余 ${slot.remaining}`;
  return (
    <Radio
      id={`slot-${slot.id}`}
      className={`slot${on ? ' slot--on' : ''}${full ? ' slot--full' : ''}`}
      label={`${slot.startTime} ${left}`}
      checked={on}
      disabled={full}
      stop={stop}
      onChoose={onPick}
    >
      <Text className="slot__time num">{slot.startTime}</Text>
      <Text className="slot__left num">{on ? '已选' : left}</Text>
    </Radio>
  );
}
