import type { HallBookingRow } from '@haoban/contracts';
import { Button, Drawer, Input } from 'antd';
import { ActionButton } from '../common/action-button.js';
import { Field } from '../common/field.js';
import { useFocusBack } from '../common/use-return-focus.js';
import { ProblemView } from '../common/views.js';
import { itemsText } from './book-model.js';
import { TimeChoice } from './time-choice.js';
import { reasonLabel } from './told-words.js';
import { useMoveBooking } from './use-move-booking.js';

interface Props {
  readonly booking: HallBookingRow;
  readonly close: () => void;
  readonly moved: (after: HallBookingRow) => void;
}

const usual = ['本人来电要求', '窗口临时停办', '材料未齐，改日再来', '大厅统一调整'];

export function MoveBooking({ booking, close, moved }: Props) {
  const model = useMoveBooking(booking, moved);
  useFocusBack();
  const { times, before, after, reason, setReason, faults, problem, ask } = model;
  return (
    <Drawer
      open
      size={760}
      title={`改时间 · ${booking.citizenName} ${booking.code}`}
      onClose={close}
      footer={
        <div className="book-foot">
          {problem && <ProblemView problem={problem} />}
          <div className="book-line">
            <span className="book-sum" role="status">
              {(faults.slot ?? faults.reason) ? (
                <span className="field-fault">
                  还差：{[faults.slot, faults.reason].filter(Boolean).join('；')}
                </span>
              ) : null}
            </span>
            <ActionButton hotkey="Esc" onClick={close}>
              返回
            </ActionButton>
            <ActionButton hotkey="Ctrl+Enter" type="primary" onClick={ask}>
              改时间
            </ActionButton>
          </div>
        </div>
      }
    >
      <div
        className="book-part"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) ask();
        }}
      >
        <p>{itemsText(booking.items)}</p>
        <dl className="before-after">
          <dt>原来</dt>
          <dd className="number">{before}</dd>
          <dt>改到</dt>
          <dd className="number" aria-live="polite">
            {after ? <b>{after}</b> : <span className="muted">请在下面选择</span>}
          </dd>
        </dl>
        <TimeChoice times={times} ready current={booking.slotId} fault={faults.slot} />
        <Field label={reasonLabel(booking)} fault={faults.reason}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <div className="book-usual" role="group" aria-label="常用原因">
          {usual.map((text) => (
            <Button key={text} size="small" onClick={() => setReason(text)}>
              {text}
            </Button>
          ))}
        </div>
      </div>
    </Drawer>
  );
}
