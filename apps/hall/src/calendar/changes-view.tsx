import { Radio } from 'antd';
import { useState } from 'react';
import { whenOf } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { useNow } from '../common/use-now.js';
import { EmptyView } from '../common/views.js';
import { changeWords } from './exception-words.js';
import { useChanges } from './use-exceptions.js';

interface Props {
  readonly queue: { readonly id: string; readonly name: string };
}

/** Who changed what, from what to what, and why. */
export function ChangesView({ queue }: Props) {
  const [all, setAll] = useState(false);
  const pages = useChanges(all ? undefined : queue.id);
  const now = useNow(60_000);
  return (
    <section aria-label="变更记录">
      <div className="section-head">
        <h2>变更记录</h2>
        <Radio.Group
          aria-label="范围"
          value={all}
          onChange={(event) => setAll(event.target.value as boolean)}
          options={[
            { value: false, label: queue.name },
            { value: true, label: '整个大厅' },
          ]}
        />
      </div>
      <PagedTable
        pages={pages}
        label="变更记录"
        empty={<EmptyView title="还没有改动">改了规则、停办或单独安排后，这里会记下来</EmptyView>}
        columns={[
          { title: '时间', key: 'at', className: 'number', render: (_, { at }) => whenOf(at, now) },
          { title: '谁', dataIndex: 'staffName', className: 'number' },
          {
            title: '改了什么',
            key: 'action',
            className: 'number',
            render: (_, { action }) => changeWords[action],
          },
          { title: '范围', key: 'queue', render: (_, { queueName }) => queueName ?? '整个大厅' },
          {
            title: '从',
            key: 'before',
            render: (_, { before }) => <Sentences lines={before} none="没有" />,
          },
          { title: '到', key: 'after', render: (_, { after }) => <Sentences lines={after} none="没有" /> },
          {
            title: '原因',
            key: 'reason',
            render: (_, { reason }) => <p className="change-reason">{reason}</p>,
          },
          {
            title: '受影响',
            key: 'affected',
            className: 'number',
            render: (_, { affected }) => (affected > 0 ? `${affected} 个预约` : '—'),
          },
        ]}
      />
    </section>
  );
}

function Sentences({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return <span className="muted">{none}</span>;
  return (
    <ul className="sentences">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
