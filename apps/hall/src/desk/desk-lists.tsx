import type { DeskTicket, DeskView } from '@haoban/contracts';
import { Tabs } from 'antd';
import { useState } from 'react';
import { BookingList } from '../bookings/booking-list.js';
import { CaseList } from '../cases/case-list.js';
import { ActionButton } from '../common/action-button.js';
import { minutesSince } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { EmptyView, StateTag } from '../common/views.js';
import { cameHow, personOf } from './desk-model.js';
import type { DeskModel } from './use-desk.js';

const tabs = ['waiting', 'missed', 'bookings', 'cases'] as const;
type Tab = (typeof tabs)[number];

interface Props {
  readonly desk: DeskModel;
  readonly view: DeskView;
  /** Counts what was done to bookings from here, so that their list is read again. */
  readonly bookingActs: number;
}

export function DeskLists({ desk, view, bookingActs }: Props) {
  const [tab, setTab] = useState<Tab>('waiting');
  const { dialog, setDialog } = desk;
  useShortcuts(
    Object.fromEntries(tabs.map((name, index) => [String(index + 1), () => setTab(name)])),
    dialog === undefined,
  );
  return (
    <section className="desk-lists" aria-label="队列、预约与办件">
      <Tabs
        activeKey={tab}
        onChange={(key) => setTab(key as Tab)}
        destroyOnHidden
        animated={false}
        items={[
          {
            key: 'waiting',
            label: <TabLabel hotkey="1">等候 {view.waiting.length}</TabLabel>,
            children: <Waiting desk={desk} view={view} />,
          },
          {
            key: 'missed',
            label: <TabLabel hotkey="2">过号 {view.missed.length}</TabLabel>,
            children: <Missed desk={desk} view={view} />,
          },
          {
            key: 'bookings',
            label: <TabLabel hotkey="3">今日预约</TabLabel>,
            children: (
              <BookingList
                queueIds={view.desk.queueIds}
                acts={bookingActs}
                open={({ id }) => setDialog({ kind: 'booking', bookingId: id })}
              />
            ),
          },
          {
            key: 'cases',
            label: <TabLabel hotkey="4">今日办件</TabLabel>,
            children: (
              <CaseList filter={{ today: true }} open={({ id }) => setDialog({ kind: 'case', caseId: id })} />
            ),
          },
        ]}
      />
    </section>
  );
}

function TabLabel({ hotkey, children }: { hotkey: string; children: React.ReactNode }) {
  return (
    <>
      {children} <kbd aria-hidden="true">{hotkey}</kbd>
    </>
  );
}

function Waiting({ desk, view }: { desk: DeskModel; view: DeskView }) {
  const now = useNow(15_000);
  if (view.waiting.length === 0) {
    return <EmptyView title="没有人等候">有群众没带手机？按 F9 现场发号。</EmptyView>;
  }
  return (
    <table className="lines">
      <thead>
        <tr>
          <th>号</th>
          <th>姓名</th>
          <th>怎么来的</th>
          <th>事项</th>
          <th>为什么在这个位置</th>
          <th>已等</th>
          <th>操作</th>
        </tr>
      </thead>
      <tbody>
        {view.waiting.map((ticket) => (
          <tr key={ticket.id}>
            <td>
              <b>{ticket.label}</b>
            </td>
            <td>{personOf(ticket)}</td>
            <td className="number">{cameHow(ticket)}</td>
            <td>
              {ticket.itemName} {ticket.priority && <StateTag tone="warn">{ticket.priority}</StateTag>}
            </td>
            <td className="muted">{ticket.reason}</td>
            <td className="number">{minutesSince(ticket.createdAt, now)} 分</td>
            <td>
              <ActionButton
                size="small"
                disabled={!desk.acts.has('callTicket')}
                onClick={() => desk.setDialog({ kind: 'call', ticket })}
              >
                叫 {ticket.label}
              </ActionButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Missed({ desk, view }: { desk: DeskModel; view: DeskView }) {
  if (view.missed.length === 0) return <EmptyView title="今天没有过号" />;
  return (
    <table className="lines">
      <thead>
        <tr>
          <th>号</th>
          <th>姓名</th>
          <th>事项</th>
          <th>呼叫</th>
          <th>操作</th>
        </tr>
      </thead>
      <tbody>
        {view.missed.map((ticket: DeskTicket) => (
          <tr key={ticket.id}>
            <td>
              <b>{ticket.label}</b>
            </td>
            <td>{personOf(ticket)}</td>
            <td>{ticket.itemName}</td>
            <td className="number">{ticket.calledCount} 次</td>
            <td>
              <ActionButton
                size="small"
                onClick={() => desk.requeue(ticket)}
                aria-label={`${ticket.label} 重新排队`}
              >
                重新排队
              </ActionButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
