import type { Speech } from './types';

const voice = typeof window === 'undefined' ? undefined : window.speechSynthesis;

export const speech: Speech = {
  available: voice !== undefined,
  say(text) {
    if (!voice) return Promise.resolve();
    voice.cancel();
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = 'zh-CN';
      utterance.rate = 0.9;
      utterance.onend = () => resolve();
      utterance.onerror = () => resolve();
      voice.speak(utterance);
    });
  },
  stop() {
    voice?.cancel();
  },
};
