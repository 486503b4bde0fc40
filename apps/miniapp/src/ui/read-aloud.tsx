import { useEffect, useState } from 'react';
import { speech } from '../platform/speech';
import { preferencesStore } from '../state/preferences';
import { useStore } from '../state/store';
import { Button } from './button';

/** Part of the elder mode: says a page's main words. Nothing shows where the phone has no voice for it. */
export function ReadAloud({ text }: { text: string }) {
  const { elder } = useStore(preferencesStore);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => speech.stop(), []);
  if (!elder || !speech.available) return null;
  return (
    <Button
      icon="sound"
      act="read-aloud"
      onTap={() => {
        if (speaking) {
          speech.stop();
          setSpeaking(false);
          return;
        }
        setSpeaking(true);
        void speech.say(text).finally(() => setSpeaking(false));
      }}
    >
      {speaking ? '停止朗读' : '读给我听'}
    </Button>
  );
}
