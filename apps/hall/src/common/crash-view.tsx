import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

const RELOAD_MS = 15_000;

/** Where a page breaks, a way on instead of an empty screen; a display, where nobody clicks, starts again by itself. */
export class CrashView extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(): void {
    if (location.pathname.startsWith('/hall/display')) setTimeout(() => location.reload(), RELOAD_MS);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="crash">
        <h1>页面出了点问题</h1>
        <p>已办的事都已保存。请重新打开；还是不行，请联系系统管理员。</p>
        <button type="button" onClick={() => location.reload()}>
          重新打开
        </button>
      </main>
    );
  }
}
