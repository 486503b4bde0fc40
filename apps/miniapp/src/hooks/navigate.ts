import Taro from '@tarojs/taro';
import { ask } from '../platform/ask';

export const tabs: readonly string[] = ['home', 'items', 'progress', 'mine'].map(
  (name) => `pages/${name}/index`,
);

/** `pages/cases/detail/index?id=…`, as messages and buttons name a page. */
export function open(page: string): void {
  const path = page.replace(/^\//, '');
  if (tabs.includes(path.split('?')[0] ?? '')) void Taro.switchTab({ url: `/${path}` });
  else void Taro.navigateTo({ url: `/${path}` });
}

export function replaceBy(page: string): void {
  void Taro.redirectTo({ url: `/${page}` });
}

/** Back to where the person came from; a page that was opened by its address has nothing behind it. */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.switchTab({ url: '/pages/home/index' });
}

/** Asks before something that can't be undone; `title` names the act and its object. */
export function confirmed(title: string, text: string, act: string): Promise<boolean> {
  return ask({ title, text, act });
}

export function say(text: string): void {
  void Taro.showToast({ title: text, icon: 'none', duration: 2500 });
}
