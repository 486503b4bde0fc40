import Taro from '@tarojs/taro';
import type { LiveConnection, OpenSocket } from './types';

export const openSocket: OpenSocket = (path, handlers) => {
  let closed = false;
  let task: Taro.SocketTask | undefined;
  const finish = () => {
    if (closed) return;
    closed = true;
    handlers.onClose();
  };
  void Taro.connectSocket({ url: HAOBAN_API.replace(/^http/, 'ws') + path })
    .then((opened) => {
      if (closed) return opened.close({});
      task = opened;
      opened.onOpen(() => handlers.onOpen());
      opened.onMessage(({ data }) => handlers.onMessage(String(data)));
      opened.onClose(finish);
      opened.onError(finish);
    })
    .catch(finish);
  return {
    send: (data) => task?.send({ data, fail: finish }),
    close: () => {
      closed = true;
      task?.close({});
    },
  } satisfies LiveConnection;
};
