import Taro from '@tarojs/taro';

export const canScan = true;

/** The text of a code, undefined where the person went back. */
export async function scan(): Promise<string | undefined> {
  try {
    const { result } = await Taro.scanCode({ onlyFromCamera: false });
    return result;
  } catch {
    return undefined;
  }
}
