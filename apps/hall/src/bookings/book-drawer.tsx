import '../styles/bookings.css';
import '../styles/forms.css';
import type { HallBookingRow } from '@haoban/contracts';
import { App, Drawer, Input, Radio } from 'antd';
import { ActionButton } from '../common/action-button.js';
import { Field } from '../common/field.js';
import { useFocusBack } from '../common/use-return-focus.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { ProblemView, StateTag } from '../common/views.js';
import { timeOf } from './book-model.js';
import { BookPerson } from './book-person.js';
import { BookVisit } from './book-visit.js';
import { BookedCard } from './booked-card.js';
import { TimeChoice } from './time-choice.js';
import { useBook, type BookModel, type StaffChannel } from './use-book.js';

interface Props {
  readonly channel: StaffChannel;
  readonly close: () => void;
  readonly booked: (booking: HallBookingRow) => void;
}

/** Books for whoever stands at the desk or is on the telephone; Tab goes through it in the order in which one asks. */
export function BookDrawer({ channel, close, booked }: Props) {
  const model = useBook(channel, booked);
  useFocusBack();
  const { modal } = App.useApp();
  // The browser's own meaning of the key that opened this would be a search in the page.
  useShortcuts({ F3: undefined });
  const leave = () => {
    if (!model.begun) return close();
    void modal.confirm({
      title: '不约了？',
      content: '还没有约上，填好的内容不会保存。',
      okText: '不约了',
      okButtonProps: { danger: true },
      cancelText: '接着填',
      onOk: close,
    });
  };
  return (
    <Drawer
      open
      size={1120}
      title="代群众预约"
      onClose={leave}
      footer={model.done ? null : <BookFooter model={model} leave={leave} />}
    >
      {model.done ? (
        <BookedCard booking={model.done} next={model.next} close={close} />
      ) : (
        <BookFields model={model} />
      )}
    </Drawer>
  );
}

const channels: { value: StaffChannel; label: string }[] = [
  { value: 'call', label: '来电' },
  { value: 'desk', label: '在窗口' },
];

function BookFields({ model }: { model: BookModel }) {
  const { channel, setChannel, item, times, faults } = model;
  return (
    <div
      className="book"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) model.book();
      }}
    >
      <div className="book-fields">
        <Radio.Group
          aria-label="群众怎么来的"
          optionType="button"
          buttonStyle="solid"
          options={channels}
          value={channel}
          onChange={(event) => setChannel(event.target.value as StaffChannel)}
        />
        <BookPerson model={model} />
        <BookVisit model={model} />
      </div>
      <TimeChoice times={times} ready={item !== undefined} fault={faults.slot} />
    </div>
  );
}

/** What will be booked, and what stands against it, always in sight. */
function BookFooter({ model, leave }: { model: BookModel; leave: () => void }) {
  const { problem, needsManager, override, setOverride, times, item, busy, faults } = model;
  const missing = Object.values(faults);
  return (
    <div
      className="book-foot"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) model.book();
      }}
    >
      {problem && <ProblemView problem={problem} />}
      {needsManager && (
        <StateTag tone="warn">超出次数或暂停预约的，可以请大厅经理写明原因后代约，或请群众现场取号</StateTag>
      )}
      {override !== undefined && (
        <Field label="破例原因（大厅经理，会留下记录；不填就按规则办）">
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              value={override}
              onChange={(event) => setOverride(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="book-line">
        <span className="book-sum" role="status">
          {missing.length > 0 ? (
            <span className="field-fault">还差：{missing.join('；')}</span>
          ) : (
            item &&
            times.slot &&
            times.day && (
              <>
                <b>{timeOf({ day: times.day, ...times.slot })}</b> {item.name}
              </>
            )
          )}
        </span>
        <ActionButton hotkey="Esc" onClick={leave}>
          返回
        </ActionButton>
        <ActionButton hotkey="Ctrl+Enter" type="primary" loading={busy} onClick={model.book}>
          确认预约
        </ActionButton>
      </div>
    </div>
  );
}
