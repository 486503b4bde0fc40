import Taro from '@tarojs/taro';

export function vibrate(): void {
  void Taro.vibrateLong().catch(() => undefined);
}
