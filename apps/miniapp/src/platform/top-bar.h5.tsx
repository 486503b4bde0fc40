import { Text, View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { back, tabs } from '../hooks/navigate';
import { Icon } from '../ui/icon';
import { buttonRole } from './a11y';
import './top-bar.scss';

/** The bar that WeChat draws over each page; the tab pages need none. */
export function TopBar() {
  const { path } = useRouter();
  if (tabs.includes(path.replace(/^\//, '').split('?')[0] ?? '')) return null;
  const title = Taro.getCurrentInstance().page?.config?.navigationBarTitleText ?? '';
  return (
    <View className="top-bar">
      <View className="top-bar__back" onClick={back} {...buttonRole('返回')}>
        <Icon name="right" />
      </View>
      <Text className="top-bar__title">{title}</Text>
    </View>
  );
}
