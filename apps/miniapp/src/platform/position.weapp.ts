import Taro from '@tarojs/taro';
import type { FindPosition } from './types';

/** To a few hundred metres, which is all that the order of the halls needs (app.config.ts asks for no more). */
export const findPosition: FindPosition = async () => {
  try {
    const { latitude, longitude } = await Taro.getFuzzyLocation({ type: 'wgs84' });
    return { latitude, longitude };
  } catch {
    return undefined;
  }
};
