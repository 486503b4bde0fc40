import { View } from '@tarojs/components';
import type { CSSProperties, ReactNode } from 'react';
import { mainRole } from '../platform/a11y';
import { TopBar, useFrameClass } from '../platform/top-bar';
import { typeUnit } from '../platform/type-size';
import { preferencesStore } from '../state/preferences';
import { useStore } from '../state/store';

/** The frame of every page: type size, elder mode, and the actions that stay at the thumb. */
export function Page({
  children,
  footer,
  className = '',
}: {
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
}) {
  const { elder } = useStore(preferencesStore);
  const frame = useFrameClass(elder);
  const style = { '--px': typeUnit() } as CSSProperties;
  return (
    <View className={`page ${elder ? 'page--elder' : ''} ${frame} ${className}`} style={style}>
      <TopBar />
      <View className="page__body" {...mainRole()}>
        {children}
      </View>
      {footer ? <View className="page__footer">{footer}</View> : null}
    </View>
  );
}

export function Card({
  children,
  tone,
  flush = false,
}: {
  children: ReactNode;
  tone?: 'own' | 'called' | 'warn';
  flush?: boolean;
}) {
  return (
    <View className={`card${tone ? ` card--${tone}` : ''}${flush ? ' card--flush' : ''}`}>{children}</View>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <View className="fact">
      <View className="fact__name">{name}</View>
      <View className="fact__value">{children}</View>
    </View>
  );
}
