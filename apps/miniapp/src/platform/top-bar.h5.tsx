import { Text, View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { back, tabs } from '../hooks/navigate';
import { Icon } from '../ui/icon';
import { buttonRole } from './a11y';
import './top-bar.scss';

/** The bar that WeChat draws over each page; the tab pages need none. */
export function TopBar() {
  if (useIsTab()) return null;
  const title = Taro.getCurrentInstance().page?.config?.navigationBarTitleText ?? '';
  return (
    <View className="top-bar" {...{ role: 'banner' }}>
      <View className="top-bar__back" onClick={back} {...buttonRole('返回')}>
        <Icon name="right" />
      </View>
      <Text className="top-bar__title">{title}</Text>
    </View>
  );
}

/** The frame's own class: Taro's tab bar takes its height from the window. `ownTabs`: ours stands in its place. */
export function useFrameClass(ownTabs: boolean): string {
  return useIsTab() && !ownTabs ? 'page--over-tabs' : '';
}

function useIsTab(): boolean {
  const { path } = useRouter();
  return tabs.includes(path.replace(/^\//, '').split('?')[0] ?? '');
}
