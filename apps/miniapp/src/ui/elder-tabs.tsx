import { Text, View } from '@tarojs/components';
import Taro, { useDidShow } from '@tarojs/taro';
import { useEffect } from 'react';
import { buttonRole } from '../platform/a11y';
import { Icon } from './icon';
import type { IconName } from './icon';
import './elder-tabs.scss';

const tabs = [
  { name: 'home', text: '首页', icon: 'home' },
  { name: 'items', text: '办事', icon: 'list' },
  { name: 'progress', text: '进度', icon: 'clock' },
  { name: 'mine', text: '我的', icon: 'user' },
] as const satisfies readonly { name: string; text: string; icon: IconName }[];

/** The system's tab bar can't grow: in elder mode ours stands in its place. */
export function ElderTabs({ now }: { now: (typeof tabs)[number]['name'] }) {
  const hide = () => void Taro.hideTabBar({ animation: false }).catch(() => undefined);
  useDidShow(hide);
  useEffect(() => {
    hide();
    return () => void Taro.showTabBar({ animation: false }).catch(() => undefined);
  }, []);
  return (
    <View className="elder-tabs">
      {tabs.map(({ name, text, icon }) => (
        <View
          key={name}
          className={`elder-tabs__tab${name === now ? ' elder-tabs__tab--on' : ''}`}
          onClick={() => {
            if (name !== now) void Taro.switchTab({ url: `/pages/${name}/index` });
          }}
          {...buttonRole(text)}
        >
          <Icon name={icon} />
          <Text>{text}</Text>
        </View>
      ))}
    </View>
  );
}
