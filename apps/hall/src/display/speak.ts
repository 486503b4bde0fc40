const LONGEST_MS = 15_000;

export type Spoken = 'spoken' | 'blocked' | 'mute';

/** Says it in Chinese and resolves when it is over; `blocked` where the browser wants a touch first, `mute` without a voice. */
export function speak(text: string): Promise<Spoken> {
  const synthesis = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  if (!synthesis || typeof SpeechSynthesisUtterance === 'undefined') return Promise.resolve('mute');
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    const voice = synthesis.getVoices().find(({ lang }) => /^zh([-_]|$)/i.test(lang));
    utterance.lang = 'zh-CN';
    utterance.rate = 0.9;
    if (voice) utterance.voice = voice;
    // Some engines never report the end.
    const timer = setTimeout(() => finish('mute'), LONGEST_MS);
    const finish = (how: Spoken) => {
      clearTimeout(timer);
      resolve(how);
    };
    utterance.onend = () => finish('spoken');
    utterance.onerror = ({ error }) => finish(error === 'not-allowed' ? 'blocked' : 'mute');
    try {
      synthesis.speak(utterance);
    } catch {
      finish('mute');
    }
  });
}
