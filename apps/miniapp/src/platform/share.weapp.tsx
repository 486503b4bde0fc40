import { Button } from '@tarojs/components';
import type { ReactNode } from 'react';

/** Opens WeChat's share sheet with the page's share card (useShareAppMessage). */
export function ShareButton({ children }: { title: string; children: ReactNode }) {
  return (
    <Button className="button button--quiet" openType="share">
      {children}
    </Button>
  );
}
