import Taro from '@tarojs/taro';

/** The length of one design pixel of type: grows with the type size that the person set in WeChat (16 is usual). */
export function typeUnit(): string {
  try {
    // In pixels; missing in Taro's types, see developers.weixin.qq.com, wx.getAppBaseInfo.
    const { fontSizeSetting } = Taro.getAppBaseInfo() as { fontSizeSetting?: number };
    return `${fontSizeSetting ? Math.min(2, Math.max(1, fontSizeSetting / 16)) : 1}px`;
  } catch {
    return '1px';
  }
}
