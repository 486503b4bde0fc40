import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '../api/problem';
import { open } from '../hooks/navigate';
import type { Loaded } from '../hooks/use-load';
import { foldRole, liveRole } from '../platform/a11y';
import { Button } from './button';
import { Icon } from './icon';
import type { IconName } from './icon';

export type Tone = 'good' | 'called' | 'warn' | 'info' | 'plain';

/** A state: always a word and an icon, never colour alone. */
export function Badge({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <View className={`badge badge--${tone}`}>
      {icon ? <Icon name={icon} small /> : null}
      <Text>{children}</Text>
    </View>
  );
}

export function Notice({
  tone,
  children,
}: {
  tone: 'error' | 'warn' | 'info' | 'good';
  children: ReactNode;
}) {
  const icon = tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'alert';
  return (
    <View className={`notice notice--${tone}`} {...(tone === 'error' ? liveRole() : {})}>
      <Icon name={icon} />
      <View className="grow">{children}</View>
    </View>
  );
}

export function Skeleton({ lines = 4, card = true }: { lines?: number; card?: boolean }) {
  const widths = ['60%', '92%', '78%', '45%'];
  const bars = Array.from({ length: lines }, (_, at) => (
    <View key={at} className="skeleton" style={{ width: widths[at % widths.length] }} />
  ));
  return <View className={card ? 'card' : ''}>{bars}</View>;
}

export function Empty({ text, act, onTap }: { text: string; act?: string; onTap?: () => void }) {
  return (
    <View className="empty">
      <View className="leaf" />
      <Text>{text}</Text>
      {act && onTap ? <Button onTap={onTap}>{act}</Button> : null}
    </View>
  );
}

export function Fold({
  title,
  children,
  startOpen = false,
}: {
  title: string;
  children: ReactNode;
  startOpen?: boolean;
}) {
  const [isOpen, setOpen] = useState(startOpen);
  return (
    <View className={isOpen ? 'fold fold--open' : 'fold'}>
      <View className="fold__head" onClick={() => setOpen(!isOpen)} {...foldRole(isOpen)}>
        <Text className="grow">{title}</Text>
        <Icon name="down" small />
      </View>
      {isOpen ? <View>{children}</View> : null}
    </View>
  );
}

/** What went wrong beside a form or a button, with the next step where one is known. */
export function ProblemNotice({ problem }: { problem: Problem | undefined }) {
  if (!problem) return null;
  return (
    <Notice tone="error">
      <Text className="block">{problem.text}</Text>
      <NextStep problem={problem} />
      {problem.requestId ? (
        <Fold title="需要帮助？">
          <Text className="text-2">请把这个编号告诉工作人员：{problem.requestId}</Text>
        </Fold>
      ) : null}
    </Notice>
  );
}

function NextStep({ problem }: { problem: Problem }) {
  if (problem.signIn) return <Button onTap={() => open('pages/account/sign-in/index')}>去登录</Button>;
  if (problem.code === 'REAL_NAME_REQUIRED') {
    return <Button onTap={() => open('pages/account/real-name/index')}>去实名登记</Button>;
  }
  return null;
}

export function ErrorBox({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return (
    <View className="empty">
      <View className="leaf" />
      <View {...liveRole()}>
        <Text>{problem.text}</Text>
      </View>
      {problem.signIn ? (
        <Button kind="main" onTap={() => open('pages/account/sign-in/index')}>
          去登录
        </Button>
      ) : (
        <Button icon="refresh" onTap={onRetry}>
          重试
        </Button>
      )}
      {problem.requestId ? <Text className="text-3">求助编号：{problem.requestId}</Text> : null}
    </View>
  );
}

/** Skeleton, error with a retry, or the content. */
export function Content<T>({
  load,
  lines,
  children,
}: {
  load: Loaded<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  switch (load.kind) {
    case 'loading':
      return <Skeleton {...(lines === undefined ? {} : { lines })} />;
    case 'error':
      return <ErrorBox problem={load.problem} onRetry={() => void load.reload()} />;
    case 'ready':
      return <>{children(load.data)}</>;
  }
}

/** For pages that show a person's own records. */
export function SignInWall({ text }: { text: string }) {
  return (
    <View className="empty">
      <View className="leaf" />
      <Text>{text}</Text>
      <Button kind="main" act="sign-in" onTap={() => open('pages/account/sign-in/index')}>
        登录
      </Button>
    </View>
  );
}
