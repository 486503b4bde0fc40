import { Button, type ButtonProps } from 'antd';

interface Props extends ButtonProps {
  /** The key that does the same, as it stands on the keyboard. */
  readonly hotkey?: string;
}

/** A button with its key on it. A mouse click leaves no focus behind, so the space bar stays the page's. */
export function ActionButton({ hotkey, children, ...props }: Props) {
  return (
    <Button {...props} onMouseDown={(event) => event.preventDefault()} aria-keyshortcuts={ariaKey(hotkey)}>
      <span>{children}</span>
      {hotkey && <kbd aria-hidden="true">{hotkey}</kbd>}
    </Button>
  );
}

function ariaKey(hotkey: string | undefined): string | undefined {
  return hotkey === '空格' ? 'Space' : hotkey?.replace('Ctrl', 'Control');
}
