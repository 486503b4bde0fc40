import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { Load } from './use-load.js';
import type { Problem } from './problem.js';
import type { Tone } from './words.js';

/** A state: a word on its tint, with a sign for those who can't tell the tints apart. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  const signs: Record<Tone, string> = { good: '✓', neutral: '–', info: '●', warn: '!', called: '!!' };
  return (
    <span className={`state state-${tone}`}>
      <span aria-hidden="true">{signs[tone]}</span>
      {children}
    </span>
  );
}

export function ProblemView({ problem, retry }: { problem: Problem; retry?: () => void }) {
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={problem.text}
      description={
        problem.requestId && (
          <details>
            <summary>请求编号</summary>
            <code>{problem.requestId}</code>
          </details>
        )
      }
      action={retry && <Button onClick={retry}>再试一次</Button>}
    />
  );
}

/** The motif of an empty state: a banyan leaf, and what to do next. */
export function EmptyView({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 24 24" width="48" height="48" aria-hidden="true">
        <path d="M12 21v-9M12 18C6.5 18 4 14 4 9.5 4 6 8 3 12 3s8 3 8 6.5C20 14 17.5 18 12 18ZM12 15l-3.5-3M12 12.5l3.5-2.5" />
      </svg>
      <strong>{title}</strong>
      {children && <span>{children}</span>}
    </div>
  );
}

interface LoadViewProps<T> {
  readonly state: Load<T>;
  readonly retry?: () => void;
  readonly children: (data: T) => ReactNode;
  readonly rows?: number;
}

/** Skeleton, failure with a way on, or the thing itself. */
export function LoadView<T>({ state, retry, children, rows = 6 }: LoadViewProps<T>) {
  switch (state.status) {
    case 'loading':
      return <Skeleton active={false} title={false} paragraph={{ rows }} aria-label="正在读取" />;
    case 'error':
      return <ProblemView problem={state.problem} retry={retry} />;
    case 'ready':
      return <>{children(state.data)}</>;
  }
}
