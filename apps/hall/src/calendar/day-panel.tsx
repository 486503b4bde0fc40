import type { CalendarException } from '@haoban/contracts';
import { formatDay, type LocalDay } from '@haoban/domain';
import { Button, Skeleton } from 'antd';
import { StateTag } from '../common/views.js';
import { dayTones, dayWords, exceptionsOf, leftIn } from './day-model.js';
import { exceptionTimes } from './exception-words.js';
import { kindWords } from './rule-words.js';
import type { QueueCalendar } from './use-calendar-page.js';
import type { MonthDay } from './use-month.js';

export interface DayActs {
  readonly close: (day: LocalDay) => void;
  readonly plan: (day: LocalDay) => void;
  readonly remove: (exception: CalendarException) => void;
}

interface Props {
  readonly calendar: QueueCalendar;
  readonly day: LocalDay;
  readonly today: LocalDay;
  readonly found: MonthDay | undefined;
  readonly acts: DayActs;
}

/** The day in focus: what it offers and why, and what can be done about it. */
export function DayPanel({ calendar, day, today, found, acts }: Props) {
  const exceptions = exceptionsOf(calendar.exceptions, day);
  const past = day < today;
  return (
    <section className="day-panel" aria-label={`${formatDay(day)} 的安排`}>
      <div className="section-head">
        <h2>{formatDay(day)}</h2>
        {found && <StateTag tone={dayTones[found.facts.state]}>{dayWords[found.facts.state]}</StateTag>}
      </div>
      {!found && <Skeleton active={false} title={false} paragraph={{ rows: 5 }} />}
      {found && <DayFactsView found={found} explained={exceptions.length > 0} />}
      {exceptions.map((exception) => (
        <div key={exception.id} className="day-exception">
          <p>
            <b>
              {exception.kind === 'closure' ? '停办' : '单独安排'} {exceptionTimes(exception)}
            </b>{' '}
            {exception.queueName ?? '整个大厅'}
            <span>{exception.reason}</span>
            <small className="muted">
              {exception.createdBy}
              {exception.affected > 0 &&
                ` · 影响 ${exception.affected} 个预约，${exception.unanswered} 个待答复`}
            </small>
          </p>
          {!past && (
            <Button size="small" onClick={() => acts.remove(exception)}>
              取消{exception.kind === 'closure' ? '停办' : '单独安排'}
            </Button>
          )}
        </div>
      ))}
      {past ? (
        <p className="muted">这一天已经过去，不能再调整。</p>
      ) : (
        <div className="day-acts">
          <Button danger onClick={() => acts.close(day)}>
            停办
          </Button>
          <Button onClick={() => acts.plan(day)}>单独安排</Button>
        </div>
      )}
      {found && found.plan.slots.length > 0 && <SlotTable found={found} />}
    </section>
  );
}

interface FactsProps {
  readonly found: MonthDay;
  /** The exceptions below say why. */
  readonly explained: boolean;
}

function DayFactsView({ found: { facts }, explained }: FactsProps) {
  return (
    <p>
      {facts.slots > 0 ? (
        <>
          <b>{facts.slots}</b> 个时段，<b>{facts.places}</b> 个名额，余 <b>{facts.left}</b>
        </>
      ) : (
        '这一天没有放号。'
      )}
      {!explained && facts.note && <span className="muted"> {facts.note}</span>}
    </p>
  );
}

function SlotTable({ found }: { found: MonthDay }) {
  const several = new Set(found.plan.slots.map(({ kind }) => kind)).size > 1;
  return (
    <table className="lines" aria-label="时段">
      <thead>
        <tr>
          <th>时段</th>
          {several && <th>方式</th>}
          <th>公开</th>
          <th>绿色</th>
          <th>共</th>
          <th>已约</th>
          <th>余</th>
        </tr>
      </thead>
      <tbody>
        {found.plan.slots.map((slot) => (
          <tr key={`${slot.start} ${slot.kind}`}>
            <td className="number">
              {slot.start}–{slot.end}
            </td>
            {several && <td>{kindWords[slot.kind]}</td>}
            <td>{slot.public}</td>
            <td>{slot.green}</td>
            <td>{slot.internal}</td>
            <td>{slot.taken}</td>
            <td>{leftIn(slot)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
