import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { buttonRole, radioGroupRole, radioRole } from '../platform/a11y';
import { Icon } from './icon';
import './choice.scss';

/** One of a few, drawn by the page. */
export function Radio(props: {
  readonly className: string;
  /** All that it says: what is drawn inside is not read beside it. */
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly stop: boolean;
  readonly onChoose: () => void;
  readonly id?: string;
  readonly children: ReactNode;
}) {
  const { className, label, checked, disabled = false, stop, onChoose, id, children } = props;
  return (
    <View
      className={className}
      onClick={() => {
        if (!disabled) onChoose();
      }}
      {...(id ? { id } : {})}
      {...radioRole({ label, checked, disabled, stop })}
    >
      {children}
    </View>
  );
}

export function RadioGroup(props: { label: string; className?: string; children: ReactNode }) {
  return (
    <View className={props.className ?? ''} {...radioGroupRole(props.label)}>
      {props.children}
    </View>
  );
}

export interface Choice<T> {
  readonly value: T;
  readonly text: string;
  readonly note?: string | undefined;
}

/** A few named choices as chips. */
export function ChoiceChips<T extends string>(props: {
  readonly label: string;
  /** The beginning of each chip's id. */
  readonly name: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  const { label, name, choices, value, onChange } = props;
  return (
    <RadioGroup label={label} className="chips">
      {choices.map((each, at) => {
        const on = each.value === value;
        const stop = on || (at === 0 && !choices.some((other) => other.value === value));
        return (
          <Radio
            key={each.value}
            id={`${name}-${each.value}`}
            className={`chip${on ? ' chip--on' : ''}`}
            label={each.text}
            checked={on}
            stop={stop}
            onChoose={() => onChange(each.value)}
          >
            {on ? <Icon name="check" small /> : null}
            {each.text}
          </Radio>
        );
      })}
    </RadioGroup>
  );
}

/** The same one below the other, each with a line about it. */
export function ChoiceRows<T extends string>(props: {
  readonly label: string;
  readonly name: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  const { label, name, choices, value, onChange } = props;
  return (
    <RadioGroup label={label}>
      {choices.map((each, at) => {
        const on = each.value === value;
        const stop = on || (at === 0 && !choices.some((other) => other.value === value));
        return (
          <Radio
            key={each.value}
            id={`${name}-${each.value}`}
            className={`choice${on ? ' choice--on' : ''}`}
            label={each.note ? `${each.text}，${each.note}` : each.text}
            checked={on}
            stop={stop}
            onChoose={() => onChange(each.value)}
          >
            <View className="choice__dot" />
            <View className="grow">
              <View>{each.text}</View>
              {each.note ? <View className="text-2">{each.note}</View> : null}
            </View>
          </Radio>
        );
      })}
    </RadioGroup>
  );
}

/** A small number, changed by one. */
export function Stepper(props: {
  readonly name: string;
  /** What is counted, such as 件数. */
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly most: number;
  readonly onChange: (value: number) => void;
}) {
  const { name, label, value, unit, most, onChange } = props;
  const step = (by: 1 | -1, text: string) => {
    const next = value + by;
    const off = next < 1 || next > most;
    return (
      <View
        className={`stepper__step${off ? ' stepper__step--off' : ''}`}
        id={`${name}-${by > 0 ? 'more' : 'less'}`}
        onClick={() => {
          if (!off) onChange(next);
        }}
        {...buttonRole(`${label}${text}`, off)}
      >
        {by > 0 ? '＋' : '－'}
      </View>
    );
  };
  return (
    <View className="stepper">
      {step(-1, '减一')}
      <View className="stepper__value num">
        {value} {unit}
      </View>
      {step(1, '加一')}
    </View>
  );
}
