import type { SlotRelease, SlotReturn } from '@haoban/contracts';
import { Button, Select, Table } from 'antd';
import { AskModal } from '../common/ask-modal.js';
import { DayInput } from '../common/day-input.js';
import { whenOf } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { EmptyView, LoadView, StateTag } from '../common/views.js';
import { visitKindNames } from '@haoban/domain';
import { useReleasesPage } from './use-releases-page.js';

export default function ReleasesPage() {
  const model = useReleasesPage();
  const { day, setDay, queueId, setQueueId, queues, list, act } = model;
  return (
    <div className="page">
      <div className="page-head">
        <h1>放号</h1>
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
      </div>
      <LoadView state={list.state} retry={list.reload} rows={10}>
        {({ rules, slots, returns }) => (
          <>
            <ul className="muted">
              {rules.map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
            <h2>退回的名额</h2>
            <Returns returns={returns} ask={act.ask} />
            <h2>各时段的放号安排</h2>
            <Releases slots={slots} />
          </>
        )}
      </LoadView>
      {act.asking && (
        <AskModal
          title={`现在放出 ${act.asking.queueName} ${act.asking.startTime} 的 ${act.asking.places} 个名额？`}
          okText="现在放出"
          label="原因（留在审计记录里）"
          requiredText="请写明原因"
          busy={act.busy}
          problem={act.problem}
          onOk={(reason) => void model.reopen(reason)}
          onCancel={() => act.ask(undefined)}
        >
          <p className="muted">先留给候补的人，没人要才对所有人开放；退回的人不会再约到。放出后不能收回。</p>
        </AskModal>
      )}
    </div>
  );
}

function Returns({ returns, ask }: { returns: readonly SlotReturn[]; ask: (one: SlotReturn) => void }) {
  const now = useNow(30_000);
  if (returns.length === 0)
    return <EmptyView title="没有退回的名额">有人取消预约后，名额会在这里等着重新放出</EmptyView>;
  return (
    <Table<SlotReturn>
      size="middle"
      rowKey="id"
      aria-label="退回的名额"
      dataSource={[...returns]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '队列', dataIndex: 'queueName' },
        { title: '时段', dataIndex: 'startTime', className: 'number' },
        { title: '方式', key: 'kind', render: (_, { kind }) => visitKindNames[kind] },
        { title: '名额', dataIndex: 'places', className: 'number' },
        { title: '谁退回的', dataIndex: 'personName' },
        {
          title: '退回',
          key: 'at',
          className: 'number',
          render: (_, { returnedAt }) => whenOf(returnedAt, now),
        },
        {
          title: '放出',
          key: 'reopen',
          className: 'number',
          render: (_, { reopenAt, reopenedAt, wentTo }) =>
            reopenedAt ? (
              <StateTag tone="good">
                {whenOf(reopenedAt, now)} {wentTo === 'waitlist' ? '给了候补的人' : '已对所有人开放'}
              </StateTag>
            ) : (
              <StateTag tone="warn">{whenOf(reopenAt, now)}</StateTag>
            ),
        },
        {
          title: '操作',
          key: 'act',
          render: (_, one) =>
            one.reopenedAt === null && (
              <Button
                size="small"
                onClick={() => ask(one)}
                aria-label={`现在放出 ${one.queueName} ${one.startTime} 的名额`}
              >
                现在放出
              </Button>
            ),
        },
      ]}
    />
  );
}

function Releases({ slots }: { slots: readonly SlotRelease[] }) {
  const now = useNow(30_000);
  if (slots.length === 0) return <EmptyView title="这一天没有时段">换一天，或到“日历”里安排</EmptyView>;
  return (
    <Table<SlotRelease>
      size="small"
      rowKey="slotId"
      aria-label="放号安排"
      dataSource={[...slots]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '队列', dataIndex: 'queueName' },
        { title: '时段', dataIndex: 'startTime', className: 'number' },
        { title: '方式', key: 'kind', render: (_, { kind }) => visitKindNames[kind] },
        {
          title: '已放 / 公开名额',
          key: 'released',
          className: 'number',
          render: (_, { released, capacity }) => `${released} / ${capacity}`,
        },
        { title: '已约', dataIndex: 'taken', className: 'number' },
        { title: '等待放出', dataIndex: 'heldBack', className: 'number' },
        {
          title: '放号时间',
          key: 'moments',
          render: (_, { moments }) => (
            <ul className="moments">
              {moments.map(({ at, total }) => (
                <li key={at} className="number">
                  {whenOf(at, now)} 起共 {total} 个
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
