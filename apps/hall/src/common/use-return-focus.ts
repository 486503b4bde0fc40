import { useRef } from 'react';

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
