import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { dialogRole, hiddenRole, useDialogFocus } from '../platform/a11y';
import { Button } from './button';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What the button at the end says; by default it only closes. */
  readonly closeText?: string;
  /** That button is what the panel is for. */
  readonly done?: boolean;
}

/** A panel from below for a choice that belongs to the page. */
export function Sheet({ open, ...rest }: SheetProps & { readonly open: boolean }) {
  return open ? <OpenSheet {...rest} /> : null;
}

function OpenSheet({ title, onClose, children, closeText = '关闭', done = false }: SheetProps) {
  const panel = useDialogFocus(onClose);
  return (
    <View className="sheet" catchMove>
      {/* For fingers; the button at the end and Escape do the same for everybody else. */}
      <View className="sheet__shade" onClick={onClose} {...hiddenRole()} />
      <View className="sheet__panel" ref={panel} {...dialogRole(title)}>
        <Text className="h1">{title}</Text>
        {children}
        <View className="gap-top">
          <Button kind={done ? 'main' : 'quiet'} act="close-sheet" onTap={onClose}>
            {closeText}
          </Button>
        </View>
      </View>
    </View>
  );
}
