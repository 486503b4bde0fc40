import type { CalendarException } from '@haoban/contracts';
import { formatDay, type LocalDay } from '@haoban/domain';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { ToRing } from '../bookings/booking-contact.js';
import { whenOf } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { useNow } from '../common/use-now.js';
import { EmptyView, StateTag } from '../common/views.js';
import type { DayActs } from './day-panel.js';
import { exceptionTimes, exceptionTitle } from './exception-words.js';
import { useAffected } from './use-exceptions.js';
import type { QueueCalendar } from './use-calendar-page.js';

interface Props {
  readonly calendar: QueueCalendar;
  readonly today: LocalDay;
  readonly round: number;
  readonly acts: DayActs;
}

/** The days that are not like others, and the people who still have to answer because of them. */
export function ExceptionsView({ calendar, today, round, acts }: Props) {
  return (
    <>
      <section aria-label="特殊日期">
        <div className="section-head">
          <h2>停办和单独安排</h2>
          <Button danger onClick={() => acts.close(today)}>
            停办
          </Button>
          <Button onClick={() => acts.plan(today)}>单独安排一天</Button>
        </div>
        {calendar.exceptions.length === 0 ? (
          <EmptyView title="今天以后没有特殊安排">停办、节假日加开都可以在这里添加</EmptyView>
        ) : (
          <ExceptionTable exceptions={calendar.exceptions} remove={acts.remove} />
        )}
      </section>
      <Affected round={round} />
    </>
  );
}

interface TableProps {
  readonly exceptions: readonly CalendarException[];
  readonly remove: DayActs['remove'];
}

function ExceptionTable({ exceptions, remove }: TableProps) {
  const now = useNow(60_000);
  return (
    <table className="lines" aria-label="停办和单独安排">
      <thead>
        <tr>
          <th>日期</th>
          <th>安排</th>
          <th>时间</th>
          <th>范围</th>
          <th>原因</th>
          <th>受影响的预约</th>
          <th>谁</th>
          <th>操作</th>
        </tr>
      </thead>
      <tbody>
        {exceptions.map((exception) => (
          <tr key={exception.id}>
            <td className="number">{formatDay(exception.day)}</td>
            <td>
              <StateTag tone={exception.kind === 'closure' ? 'called' : 'info'}>
                {exception.kind === 'closure' ? '停办' : '单独安排'}
              </StateTag>
            </td>
            <td>{exceptionTimes(exception)}</td>
            <td>{exception.queueName ?? '整个大厅'}</td>
            <td>{exception.reason}</td>
            <td>
              {exception.affected === 0
                ? '没有'
                : `${exception.affected} 个，${exception.unanswered} 个待答复`}
            </td>
            <td>
              {exception.createdBy}
              <small className="muted"> {whenOf(exception.createdAt, now)}</small>
            </td>
            <td>
              <Button
                size="small"
                aria-label={`取消 ${exceptionTitle(exception)}`}
                onClick={() => remove(exception)}
              >
                取消
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Affected({ round }: { round: number }) {
  const [unreachable, setUnreachable] = useState(false);
  const pages = useAffected(unreachable, round);
  const now = useNow(60_000);
  return (
    <section className="later" aria-label="待答复的预约">
      <div className="section-head">
        <h2>待答复的预约</h2>
        <Checkbox checked={unreachable} onChange={(event) => setUnreachable(event.target.checked)}>
          只看要打电话的
        </Checkbox>
      </div>
      <PagedTable
        pages={pages}
        label="待答复的预约"
        empty={<EmptyView title="没有人在等答复">停办或调整后，还没改约的市民会出现在这里</EmptyView>}
        columns={[
          {
            title: '时段',
            key: 'time',
            className: 'number',
            render: (_, { day, startTime }) => `${formatDay(day)} ${startTime}`,
          },
          { title: '预约码', dataIndex: 'code', className: 'number' },
          {
            title: '谁',
            key: 'who',
            className: 'number',
            render: (_, { name, phone }) => `${name} ${phone ?? ''}`,
          },
          { title: '事项', dataIndex: 'itemName' },
          { title: '队列', dataIndex: 'queueName' },
          { title: '原因', dataIndex: 'reason' },
          {
            title: '告知',
            key: 'told',
            render: (_, { bookingId, name, reachable, toldAt }) =>
              reachable ? (
                <span className="number">{whenOf(toldAt, now)} 已发消息</span>
              ) : (
                <ToRing bookingId={bookingId} name={name} />
              ),
          },
          {
            title: '最晚答复',
            key: 'until',
            className: 'number',
            render: (_, { answerUntil }) => whenOf(answerUntil, now),
          },
        ]}
      />
    </section>
  );
}
