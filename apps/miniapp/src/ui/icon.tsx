import { View } from '@tarojs/components';

/** The names of styles/icons.scss. */
export type IconName =
  | 'home'
  | 'list'
  | 'clock'
  | 'user'
  | 'bell'
  | 'calendar'
  | 'ticket'
  | 'search'
  | 'truck'
  | 'star'
  | 'right'
  | 'down'
  | 'check'
  | 'alert'
  | 'info'
  | 'phone'
  | 'place'
  | 'sound'
  | 'type'
  | 'file'
  | 'wallet'
  | 'close'
  | 'refresh'
  | 'shield'
  | 'hall'
  | 'pause'
  | 'bolt'
  | 'walk';

export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return <View className={`icon icon--${name}${small ? ' icon--small' : ''}`} />;
}
