import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { buttonRole, checkboxRole, toggleRole } from '../platform/a11y';
import { Icon } from './icon';
import type { IconName } from './icon';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onTap: () => void;
  readonly kind?: 'main' | 'plain' | 'danger' | 'quiet';
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly icon?: IconName;
  /** For tests and for the weapp host: what the button does. */
  readonly act?: string;
}

/** A view, not WeChat's button: that one is only needed for what WeChat opens (platform/phone, platform/share). */
export function Button({
  children,
  onTap,
  kind = 'plain',
  busy = false,
  disabled = false,
  icon,
  act,
}: ButtonProps) {
  const off = busy || disabled;
  return (
    <View
      className={`button button--${kind}${busy ? ' button--busy' : disabled ? ' button--off' : ''}`}
      hoverClass={off ? 'none' : 'button--pressed'}
      onClick={() => {
        if (!off) onTap();
      }}
      {...(act ? { id: `act-${act}` } : {})}
      {...buttonRole(undefined, off)}
    >
      {icon ? <Icon name={icon} small /> : null}
      {busy ? '请稍候…' : children}
    </View>
  );
}

/** A choice among a few: a filter, a tag, a level. */
export function Chip(props: {
  children: ReactNode;
  on: boolean;
  onTap: () => void;
  disabled?: boolean;
  id?: string;
}) {
  const { children, on, onTap, disabled = false, id } = props;
  return (
    <View
      className={`chip${on ? ' chip--on' : ''}${disabled ? ' chip--off' : ''}`}
      onClick={() => {
        if (!disabled) onTap();
      }}
      {...(id ? { id } : {})}
      {...toggleRole(on, disabled)}
    >
      {on ? <Icon name="check" small /> : null}
      {children}
    </View>
  );
}

export function ListRow(props: {
  title: ReactNode;
  note?: ReactNode;
  end?: ReactNode;
  icon?: IconName;
  onTap?: () => void;
  id?: string;
}) {
  const { title, note, end, icon, onTap, id } = props;
  return (
    <View
      className="list-row"
      {...(id ? { id } : {})}
      {...(onTap ? { onClick: onTap, ...buttonRole() } : {})}
    >
      {icon ? <Icon name={icon} /> : null}
      <View className="list-row__text">
        <View className="list-row__title">{title}</View>
        {note ? <View className="list-row__note">{note}</View> : null}
      </View>
      {end ? <View className="list-row__end">{end}</View> : null}
      {onTap ? <Icon name="right" small /> : null}
    </View>
  );
}

export function Tick({
  on,
  onChange,
  children,
  id,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
  id?: string;
}) {
  return (
    <View
      className={`tick${on ? ' tick--on' : ''}`}
      onClick={() => onChange(!on)}
      {...(id ? { id } : {})}
      {...checkboxRole(on)}
    >
      <View className="tick__box">{on ? <Icon name="check" small /> : null}</View>
      <View className="grow">{children}</View>
    </View>
  );
}
