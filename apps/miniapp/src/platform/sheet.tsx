import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import './sheet.scss';

/** Browser only: a sheet over the page, in plain HTML, for what WeChat would show itself. */
export function openSheet<T>(
  title: string,
  content: (close: (result: T) => void) => ReactNode,
  dismissed: T,
): Promise<T> {
  const before = document.activeElement;
  const host = document.createElement('div');
  document.body.append(host);
  const root = createRoot(host);
  return new Promise((resolve) => {
    const close = (result: T) => {
      root.unmount();
      host.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(result);
    };
    root.render(
      <SheetFrame title={title} onDismiss={() => close(dismissed)}>
        {content(close)}
      </SheetFrame>,
    );
  });
}

function SheetFrame(props: { title: string; onDismiss: () => void; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus(), []);
  return (
    <div
      className="sim-sheet"
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onDismiss();
      }}
    >
      <div className="sim-sheet__shade" onClick={props.onDismiss} aria-hidden="true" />
      <div
        className="sim-sheet__panel"
        role="dialog"
        aria-modal="true"
        aria-label={props.title}
        tabIndex={-1}
        ref={frame}
      >
        <div className="sim-sheet__head">
          <h2 className="sim-sheet__title">{props.title}</h2>
          <button type="button" className="sim-sheet__button sim-sheet__close" onClick={props.onDismiss}>
            关闭
          </button>
        </div>
        {props.children}
      </div>
    </div>
  );
}
