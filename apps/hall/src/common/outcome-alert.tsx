import { Alert, type AlertProps } from 'antd';
import { useEffect, useRef } from 'react';

/** What an act came to. It takes the focus, for the button that did it is often gone, and with it the place of who works by keyboard. */
export function OutcomeAlert({ title, ...props }: AlertProps & { readonly title: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [title]);
  return (
    <div ref={box} tabIndex={-1} className="outcome">
      <Alert showIcon role="status" title={title} {...props} />
    </div>
  );
}
