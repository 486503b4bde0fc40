import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { buttonRole } from '../platform/a11y';
import { Button } from './button';

/** A panel from below for a choice that belongs to the page. */
export function Sheet(props: { title: string; open: boolean; onClose: () => void; children: ReactNode }) {
  if (!props.open) return null;
  return (
    <View className="sheet" catchMove>
      <View className="sheet__shade" onClick={props.onClose} {...buttonRole('关闭')} />
      <View className="sheet__panel">
        <Text className="h1">{props.title}</Text>
        {props.children}
        <View className="gap-top">
          <Button kind="quiet" onTap={props.onClose}>
            关闭
          </Button>
        </View>
      </View>
    </View>
  );
}
