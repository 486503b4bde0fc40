import '../styles/calendar.css';
import '../styles/forms.css';
import { Select, Tabs } from 'antd';
import { useState } from 'react';
import { OutcomeAlert } from '../common/outcome-alert.js';
import { useReturnFocus } from '../common/use-return-focus.js';
import { LoadView, ProblemView } from '../common/views.js';
import { AffectedList } from './affected-list.js';
import { ChangesView } from './changes-view.js';
import { ClosureDrawer } from './closure-drawer.js';
import type { DayActs } from './day-panel.js';
import { ExceptionsView } from './exceptions-view.js';
import { MonthView } from './month-view.js';
import { OverrideDrawer } from './override-drawer.js';
import { RemoveException } from './remove-exception.js';
import { RulesView } from './rules-view.js';
import { useCalendarPage, type QueueCalendar } from './use-calendar-page.js';
import type { Outcome } from './use-closure.js';
import { useRemoveException } from './use-exceptions.js';

type Page = ReturnType<typeof useCalendarPage>;

export default function CalendarPage() {
  const page = useCalendarPage();
  const { queues, queueId, chooseQueue, calendar } = page;
  return (
    <div className="page">
      <div className="page-head">
        <h1>日历</h1>
        <Select
          aria-label="队列"
          style={{ width: 220 }}
          value={queueId}
          onChange={chooseQueue}
          options={queues.items.map(({ id, name, prefix }) => ({ value: id, label: `${prefix} ${name}` }))}
        />
      </div>
      {queues.state.status === 'error' && (
        <ProblemView problem={queues.state.problem} retry={queues.reload} />
      )}
      {queues.state.status !== 'error' && (
        <LoadView state={calendar.state} retry={calendar.reload} rows={12}>
          {(found) => <QueueView key={found.queueId} calendar={found} page={page} />}
        </LoadView>
      )}
    </div>
  );
}

function QueueView({ calendar, page }: { calendar: QueueCalendar; page: Page }) {
  const { today, day } = page;
  const { reload } = page.calendar;
  const queue = { id: calendar.queueId, name: calendar.queueName };
  const [doing, setDoing] = useState<{ what: 'close' | 'plan'; day: string }>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [round, setRound] = useState(0);
  // Who still has to answer is asked anew along with the calendar: a saved rule hits people as a closure does.
  const reloadAll = () => {
    setRound((before) => before + 1);
    reload();
  };
  const done = (next: Outcome) => {
    setDoing(undefined);
    setOutcome(next);
    reloadAll();
  };
  const removal = useRemoveException(done);
  const focus = useReturnFocus();
  const open = (act: () => void) => {
    focus.remember();
    act();
  };
  const acts: DayActs = {
    close: (which) => open(() => setDoing({ what: 'close', day: which })),
    plan: (which) => open(() => setDoing({ what: 'plan', day: which })),
    remove: (exception) => open(() => removal.choose(exception)),
  };
  const options = doing && { today, day: doing.day, done };
  const close = () => {
    setDoing(undefined);
    focus.giveBack();
  };
  const keep = () => {
    removal.choose(undefined);
    focus.giveBack();
  };
  return (
    <>
      {outcome && <OutcomeView outcome={outcome} close={() => setOutcome(undefined)} />}
      <Tabs
        activeKey={page.tab}
        onChange={page.chooseTab}
        items={[
          {
            key: 'month',
            label: '月历',
            children: <MonthView calendar={calendar} day={day} chooseDay={page.chooseDay} acts={acts} />,
          },
          {
            key: 'rules',
            label: '放号规则',
            children: <RulesView calendar={calendar} today={today} reload={reloadAll} />,
          },
          {
            key: 'exceptions',
            label: '特殊日期',
            children: <ExceptionsView calendar={calendar} today={today} round={round} acts={acts} />,
          },
          {
            key: 'changes',
            label: '变更记录',
            children: <ChangesView queue={queue} />,
            destroyOnHidden: true,
          },
        ]}
      />
      {options && doing.what === 'close' && <ClosureDrawer options={{ ...options, queue }} close={close} />}
      {options && doing.what === 'plan' && (
        <OverrideDrawer options={{ ...options, calendar }} close={close} />
      )}
      <RemoveException model={removal} keep={keep} />
    </>
  );
}

function OutcomeView({ outcome, close }: { outcome: Outcome; close: () => void }) {
  return (
    <OutcomeAlert
      type={outcome.ringCount > 0 ? 'warning' : 'success'}
      closable={{ onClose: close, 'aria-label': '关闭提示' }}
      title={outcome.text}
      description={
        outcome.ringCount > 0 && (
          <>
            <p>{outcome.ringCount} 人收不到消息，请打电话告知：</p>
            <AffectedList
              bookings={outcome.toRing}
              count={outcome.ringCount}
              label="要打电话告知的预约"
              ringNow
            />
          </>
        )
      }
    />
  );
}
