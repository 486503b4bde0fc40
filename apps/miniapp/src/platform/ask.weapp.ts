import Taro from '@tarojs/taro';
import type { Ask } from './types';

export const ask: Ask = async ({ title, text, act }) => {
  const { confirm } = await Taro.showModal({
    title,
    content: text,
    confirmText: act,
    cancelText: '再想想',
    confirmColor: '#b3261e',
  });
  return confirm;
};
