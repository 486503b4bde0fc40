import { useEffect, useState } from 'react';
import { serverNow } from '../api/server-clock.js';
import { hear, nothingSaid, said, spoken, type Announcements, type Calling } from './announcements.js';
import { speak } from './speak.js';

/** Long enough to be read from the back row, also where nothing can be heard. */
export const SHOWN_AT_LEAST_MS = 6_000;

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export function useAnnouncer(calling: readonly Calling[] | undefined) {
  const [state, setState] = useState<Announcements>(nothingSaid);
  const [voice, setVoice] = useState<'on' | 'blocked'>('on');

  useEffect(() => {
    if (calling) setState((before) => hear(before, calling, serverNow()));
  }, [calling]);

  const { showing } = state;
  useEffect(() => {
    if (!showing) return undefined;
    let wanted = true;
    const voiced = speak(spoken(showing)).then((how) => {
      if (wanted && how !== 'mute') setVoice(how === 'blocked' ? 'blocked' : 'on');
    });
    void Promise.all([voiced, pause(SHOWN_AT_LEAST_MS)]).then(() => wanted && setState(said));
    return () => void (wanted = false);
  }, [showing]);

  const enableVoice = () => {
    setVoice('on');
    void speak('语音已开启');
  };
  return { state, voice, enableVoice };
}
