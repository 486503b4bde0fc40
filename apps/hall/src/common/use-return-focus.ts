import { useEffect, useRef, useState } from 'react';

/**
 * Gives the focus back to what opened a drawer or dialog when it is left. Antd does so itself only for those that stay mounted while
 * they are closed.
 */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null);
  return {
    remember: () => {
      opener.current = document.activeElement;
    },
    giveBack: () => {
      const { current } = opener;
      // After the dialog has let go of the focus.
      setTimeout(() => current instanceof HTMLElement && current.isConnected && current.focus());
    },
  };
}

/** The same for a drawer or dialog that is mounted only while it is open: called inside it, it needs nobody to remember. */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  const open = useRef(false);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
      setTimeout(() => {
        // Unless something else has taken the focus by then, such as the word of what was done.
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && !open.current && opener instanceof HTMLElement && opener.isConnected) opener.focus();
      });
    };
  }, [opener]);
}
