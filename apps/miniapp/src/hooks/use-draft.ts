import { useEffect, useRef, useState } from 'react';
import { storage } from '../platform/storage';

/** A form's content that survives leaving the page. `clear` after it was sent. */
export function useDraft<T extends object>(name: string, empty: T) {
  const [value, setValue] = useState(empty);
  const touched = useRef(false);
  const key = `draft:${name}`;
  useEffect(() => {
    void storage.get<T>(key).then((kept) => {
      if (kept && !touched.current) setValue({ ...empty, ...kept });
    });
  }, [key]);
  return {
    value,
    change(part: Partial<T>) {
      touched.current = true;
      setValue((now) => {
        const next = { ...now, ...part };
        void storage.set(key, next);
        return next;
      });
    },
    clear() {
      void storage.remove(key);
    },
  };
}
