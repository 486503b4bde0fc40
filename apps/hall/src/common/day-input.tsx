import { addDays, dayOf } from '@haoban/domain';
import { Button, Input, Space } from 'antd';
import { serverNow } from '../api/server-clock.js';

interface Props {
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly label: string;
}

/** A day with its neighbours one key away; the browser's own field, which every keyboard and screen reader knows. */
export function DayInput({ value, onChange, label }: Props) {
  return (
    <Space.Compact>
      <Button aria-label="前一天" onClick={() => onChange(addDays(value, -1))}>
        ‹
      </Button>
      <Input
        type="date"
        aria-label={label}
        value={value}
        style={{ width: 150, height: 32 }}
        onChange={({ target }) => target.value && onChange(target.value)}
      />
      <Button aria-label="后一天" onClick={() => onChange(addDays(value, 1))}>
        ›
      </Button>
      <Button onClick={() => onChange(dayOf(serverNow()))}>今天</Button>
    </Space.Compact>
  );
}
