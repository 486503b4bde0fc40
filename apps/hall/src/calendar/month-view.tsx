import { dayOf, type LocalDay } from '@haoban/domain';
import { Button } from 'antd';
import { serverNow } from '../api/server-clock.js';
import { ProblemView } from '../common/views.js';
import { dayName, dayWords, whyOf, type DayFacts } from './day-model.js';
import { DayPanel, type DayActs } from './day-panel.js';
import { MonthGrid } from './month-grid.js';
import { addMonths, firstDayOf, monthName, monthOf } from './month-model.js';
import { useMonth } from './use-month.js';
import type { QueueCalendar } from './use-calendar-page.js';

interface Props {
  readonly calendar: QueueCalendar;
  readonly day: LocalDay;
  readonly chooseDay: (day: LocalDay) => void;
  readonly acts: DayActs;
}

export function MonthView({ calendar, day, chooseDay, acts }: Props) {
  const today = dayOf(serverNow());
  const month = monthOf(day);
  const { byDay, problem, retry } = useMonth(calendar, month);
  const turn = (months: number) => chooseDay(firstDayOf(addMonths(month, months)));
  return (
    <div className="month-view">
      <section aria-label="月历">
        <div className="section-head">
          <h2 aria-live="polite">{monthName(month)}</h2>
          <Button onClick={() => turn(-1)}>上月</Button>
          <Button onClick={() => chooseDay(today)}>今天</Button>
          <Button onClick={() => turn(1)}>下月</Button>
        </div>
        {problem && <ProblemView problem={problem} retry={retry} />}
        <MonthGrid
          label={`${calendar.queueName} ${monthName(month)}`}
          month={month}
          today={today}
          chosen={day}
          choose={chooseDay}
          nameOf={(each) => dayName(each, byDay.get(each)?.facts, today)}
        >
          {(each) => <DayCell day={each} today={today} facts={byDay.get(each)?.facts} />}
        </MonthGrid>
        <p className="muted">方向键换一天，Page Up / Page Down 换月，Home / End 到周一和周日。</p>
      </section>
      <DayPanel calendar={calendar} day={day} today={today} found={byDay.get(day)} acts={acts} />
    </div>
  );
}

function DayCell({ day, today, facts }: { day: LocalDay; today: LocalDay; facts: DayFacts | undefined }) {
  return (
    <span className={`cell ${facts ? `cell-${facts.state}` : ''}`} aria-hidden="true">
      <span className="cell-head">
        <b>{Number(day.slice(8))}</b>
        {day === today && <em>今天</em>}
        {facts && facts.state !== 'open' && facts.state !== 'none' && <i>{dayWords[facts.state]}</i>}
      </span>
      {facts && facts.slots > 0 && (
        <span className="cell-facts">
          <span>{facts.slots} 个时段</span>
          <span>余 {facts.left}</span>
        </span>
      )}
      {facts?.slots === 0 && <small>{whyOf(facts) || dayWords[facts.state]}</small>}
    </span>
  );
}
