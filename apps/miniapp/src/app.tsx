import '@haoban/design/tokens.css';
import type { PropsWithChildren } from 'react';
import { useLaunch } from '@tarojs/taro';
import { setUpKeyboard } from './platform/a11y';
import { restorePreferences } from './state/preferences';
import { restoreSession } from './state/session';
import './styles/app.scss';

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    setUpKeyboard();
    void restorePreferences();
    void restoreSession();
  });
  return children;
}
