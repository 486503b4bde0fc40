import { Text, View } from '@tarojs/components';

export interface TimelineEvent {
  readonly key: string;
  readonly title: string;
  readonly when?: string | undefined;
  readonly text?: string | null;
  readonly state?: 'done' | 'current' | 'ahead';
}

export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <View className="timeline">
      {events.map(({ key, title, when, text, state = 'done' }) => (
        <View key={key} className={`timeline__event timeline__event--${state}`}>
          <View className="timeline__head">
            <Text className={state === 'current' ? 'strong' : ''}>{title}</Text>
            {when ? <Text className="text-2 num">{when}</Text> : null}
          </View>
          {text ? <Text className="text-2">{text}</Text> : null}
        </View>
      ))}
    </View>
  );
}

export function Progress({
  share,
  tone,
  label,
}: {
  share: number;
  tone?: 'overdue' | 'stopped';
  label: string;
}) {
  return (
    <View>
      <View className={`progress${tone ? ` progress--${tone}` : ''}`}>
        <View
          className="progress__done"
          style={{ width: `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%` }}
        />
      </View>
      <Text className={tone === 'overdue' ? 'block strong' : 'text-2'}>{label}</Text>
    </View>
  );
}
