import Taro from '@tarojs/taro';
import type { Storage } from './types';

const PREFIX = 'hb:';

/** Asynchronous only: some containers have no sync storage, and none of it blocks the start. */
export const storage: Storage = {
  async get<T>(key: string) {
    try {
      const { data } = await Taro.getStorage<T>({ key: PREFIX + key });
      return data;
    } catch {
      // Absent and unreadable are alike: the caller starts afresh.
      return undefined;
    }
  },
  async set(key, value) {
    try {
      await Taro.setStorage({ key: PREFIX + key, data: value });
    } catch {
      // A full or forbidden storage (private browsing) costs comfort, not function.
    }
  },
  async remove(key) {
    try {
      await Taro.removeStorage({ key: PREFIX + key });
    } catch {
      // Was not there.
    }
  },
};
