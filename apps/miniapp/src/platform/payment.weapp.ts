import Taro from '@tarojs/taro';
import type { RequestPayment } from './types';

export const requestPayment: RequestPayment = async ({
  timeStamp,
  nonceStr,
  package: prepay,
  signType,
  paySign,
}) => {
  try {
    await Taro.requestPayment({ timeStamp, nonceStr, package: prepay, signType, paySign });
    return { kind: 'done' };
  } catch (error) {
    const message = messageOf(error);
    if (message.includes('cancel')) return { kind: 'cancelled' };
    return { kind: 'failed', text: '微信支付没有完成，没有扣款，请稍后再试。' };
  }
};

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg) : '';
}
