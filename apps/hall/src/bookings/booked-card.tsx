import type { HallBookingRow } from '@haoban/contracts';
import { visitKindNames } from '@haoban/domain';
import { ActionButton } from '../common/action-button.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { itemsText, spelled, timeOf } from './book-model.js';
import { BookingSlip } from './booking-slip.js';
import { whatToDo } from './what-to-do.js';

interface Props {
  readonly booking: HallBookingRow;
  readonly next: () => void;
  readonly close: () => void;
}

/** What the clerk reads aloud, or gives on paper. */
export function BookedCard({ booking, next, close }: Props) {
  useShortcuts({ P: () => window.print(), N: next });
  const { code, citizenName, phone, kind, place, queueName } = booking;
  return (
    <div className="booked" role="status">
      <p>约好了，请把预约码念给 {citizenName}</p>
      <strong className="booked-code" aria-label={`预约码 ${spelled(code)}`}>
        {spelled(code)}
      </strong>
      <p className="booked-time">{timeOf(booking)}</p>
      <p>
        {itemsText(booking.items)}
        {booking.persons > 1 && `，${booking.persons} 人`}
      </p>
      <p>
        {kind === 'window' ? '' : `${visitKindNames[kind]}办理 · `}
        {[place, queueName].filter(Boolean).join(' · ')}
      </p>
      <p className="muted">
        {whatToDo(booking)}
        {phone ? ` 联系电话 ${phone}。` : ' 没有留电话，请提醒他记下预约码。'}
      </p>
      <div className="desk-actions">
        <ActionButton hotkey="P" onClick={() => window.print()}>
          打印小条
        </ActionButton>
        <ActionButton hotkey="N" onClick={next}>
          再约一个
        </ActionButton>
        <ActionButton hotkey="Enter" type="primary" autoFocus onClick={close}>
          好了
        </ActionButton>
      </div>
      <BookingSlip booking={booking} />
    </div>
  );
}
