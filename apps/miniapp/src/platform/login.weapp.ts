import Taro from '@tarojs/taro';
import type { Login } from './types';

export const login: Login = async () => {
  try {
    const { code } = await Taro.login();
    return { kind: 'code', code };
  } catch {
    return { kind: 'unavailable', text: '微信登录没有响应，请检查网络后再试。' };
  }
};
