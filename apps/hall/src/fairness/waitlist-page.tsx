import type { HallWaitlistEntry } from '@haoban/contracts';
import { Checkbox, Select, Table } from 'antd';
import { DayInput } from '../common/day-input.js';
import { clockOf, whenOf } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { EmptyView, LoadView, StateTag } from '../common/views.js';
import { visitKindNames } from '@haoban/domain';
import { partWords, waitlistTones, waitlistWords } from './fairness-words.js';
import { useWaitlistPage } from './use-waitlist-page.js';

export default function WaitlistPage() {
  const { day, setDay, queueId, setQueueId, open, setOpen, queues, list } = useWaitlistPage();
  const now = useNow(30_000);
  return (
    <div className="page">
      <div className="page-head">
        <h1>候补</h1>
        <DayInput label="日期" value={day} onChange={setDay} />
        <Select
          aria-label="队列"
          allowClear
          placeholder="全部队列"
          style={{ width: 180 }}
          value={queueId}
          onChange={setQueueId}
          options={queues.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Checkbox checked={open} onChange={({ target }) => setOpen(target.checked)}>
          只看还在等的
        </Checkbox>
      </div>
      <p className="muted">
        按加入先后询问；让名额过去的人排到让得更少的人后面。有名额退回时，先留给候补的人，没人要才对所有人开放。
      </p>
      <LoadView state={list.state} retry={list.reload}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title="没有人候补">{open ? '这一天没有人在等名额' : '这一天没有过候补'}</EmptyView>
          ) : (
            <Table<HallWaitlistEntry>
              size="middle"
              rowKey="id"
              aria-label="候补名单"
              dataSource={items}
              pagination={false}
              scroll={{ x: 'max-content' }}
              columns={[
                {
                  title: '前面',
                  key: 'n',
                  className: 'number',
                  // Who wants another part of the day is not before one: two may have as many.
                  render: (_, { ahead }) => (ahead === null ? '—' : `${ahead} 人`),
                },
                {
                  title: '谁',
                  key: 'who',
                  render: (_, { personName, agentName }) =>
                    agentName ? `${personName}（${agentName} 代）` : personName,
                },
                { title: '手机', key: 'phone', className: 'number', render: (_, { phone }) => phone ?? '—' },
                {
                  title: '事项',
                  key: 'item',
                  render: (_, { items: visit, persons }) =>
                    visit
                      .map(({ itemName, files }) => (files > 1 ? `${itemName} ×${files}` : itemName))
                      .join('、') + (persons > 1 ? `，${persons} 人` : ''),
                },
                {
                  title: '想要',
                  key: 'wish',
                  render: (_, { part, kind, green }) =>
                    [partWords[part], visitKindNames[kind], green && '绿色通道'].filter(Boolean).join(' · '),
                },
                {
                  title: '加入',
                  key: 'joined',
                  className: 'number',
                  render: (_, { joinedAt }) => whenOf(joinedAt, now),
                },
                {
                  title: '状态',
                  key: 'state',
                  render: (_, entry) => (
                    <>
                      <StateTag tone={waitlistTones[entry.state]}>{waitlistWords[entry.state]}</StateTag>
                      {entry.offer && (
                        <p className="muted number">
                          {entry.offer.startTime}，留到 {clockOf(entry.offer.until)}
                        </p>
                      )}
                      {entry.skipped && <p className="muted">{entry.skipped.message}</p>}
                    </>
                  ),
                },
                {
                  title: '让过',
                  key: 'passed',
                  className: 'number',
                  render: (_, { passed }) => `${passed} 次`,
                },
              ]}
            />
          )
        }
      </LoadView>
    </div>
  );
}
