import type { ScalpingAct, ScalpingSignal } from '@haoban/contracts';
import { Select, Table } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.js';
import { whenOf } from '../common/format.js';
import { useLoad } from '../common/use-load.js';
import { useNow } from '../common/use-now.js';
import { EmptyView, LoadView } from '../common/views.js';
import { signalWords } from './fairness-words.js';

export default function SignalsPage() {
  const [days, setDays] = useState(30);
  const { state, reload } = useLoad(String(days), () => client.waitlist.signals({ days }));
  const now = useNow(60_000);
  return (
    <div className="page">
      <div className="page-head">
        <h1>防倒号</h1>
        <Select
          aria-label="时间范围"
          style={{ width: 140 }}
          value={days}
          onChange={setDays}
          options={[7, 30, 90].map((value) => ({ value, label: `最近 ${value} 天` }))}
        />
      </div>
      <p className="muted">
        这里只是值得留意的迹象，不是证据；系统不会因此拒绝任何人。点开一行看背后的记录。
      </p>
      <LoadView state={state} retry={reload}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title="没有可疑的迹象">频繁取消、转手约走、替多人占号时会列在这里</EmptyView>
          ) : (
            <Table<ScalpingSignal>
              size="middle"
              rowKey={({ kind, personName, lastAt }) => `${kind} ${personName} ${lastAt}`}
              aria-label="疑似倒号的迹象"
              dataSource={items}
              pagination={false}
              scroll={{ x: 'max-content' }}
              expandable={{
                expandRowByClick: true,
                expandedRowRender: ({ acts }) => <Acts acts={acts} now={now} />,
              }}
              columns={[
                { title: '迹象', key: 'kind', render: (_, { kind }) => signalWords[kind] },
                { title: '说明', dataIndex: 'text' },
                { title: '谁', dataIndex: 'personName' },
                {
                  title: '证件号',
                  key: 'id',
                  className: 'number',
                  render: (_, { idNumber }) => idNumber ?? '—',
                },
                { title: '次数', dataIndex: 'count', className: 'number' },
                {
                  title: '最近',
                  key: 'last',
                  className: 'number',
                  render: (_, { lastAt }) => whenOf(lastAt, now),
                },
              ]}
            />
          )
        }
      </LoadView>
    </div>
  );
}

function Acts({ acts, now }: { acts: readonly ScalpingAct[]; now: Date }) {
  return (
    <ol className="timeline" aria-label="背后的记录">
      {acts.map((act, index) => (
        <li key={`${act.at} ${index}`}>
          <span className="muted number">{whenOf(act.at, now)}</span>
          <span>
            <b>{act.what}</b>
            <small>
              {[
                act.itemName,
                act.queueName,
                act.start && whenOf(act.start, now),
                act.code && `预约码 ${act.code}`,
                act.otherName && `对方 ${act.otherName}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
}
