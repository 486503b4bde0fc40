import type { OpenSocket } from './types';

export const openSocket: OpenSocket = (path, handlers) => {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  let closed = false;
  const finish = () => {
    if (closed) return;
    closed = true;
    handlers.onClose();
  };
  socket.onopen = () => handlers.onOpen();
  socket.onmessage = ({ data }) => handlers.onMessage(String(data));
  socket.onclose = finish;
  socket.onerror = finish;
  return {
    send: (text) => socket.send(text),
    close: () => {
      closed = true;
      socket.close();
    },
  };
};
