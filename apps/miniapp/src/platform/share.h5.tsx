import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { ReactNode } from 'react';
import { buttonRole } from './a11y';

/** The browser's share sheet where it has one, else the address is copied. */
export function ShareButton({ title, children }: { title: string; children: ReactNode }) {
  const share = async () => {
    const url = window.location.href;
    if (typeof navigator.share === 'function') {
      await navigator.share({ title, url }).catch(() => undefined);
      return;
    }
    await Taro.setClipboardData({ data: `${title} ${url}` });
  };
  return (
    <View className="button button--quiet" onClick={() => void share()} {...buttonRole()}>
      {children}
    </View>
  );
}
