import Taro from '@tarojs/taro';
import type { ChooseAddress } from './types';

export const canChooseAddress = true;

export const chooseAddress: ChooseAddress = async () => {
  try {
    const chosen = await Taro.chooseAddress();
    return {
      name: chosen.userName,
      phone: chosen.telNumber,
      province: chosen.provinceName,
      city: chosen.cityName,
      county: chosen.countyName,
      detail: chosen.detailInfo,
    };
  } catch {
    // Closed, or not allowed: the form on the page remains.
    return undefined;
  }
};
