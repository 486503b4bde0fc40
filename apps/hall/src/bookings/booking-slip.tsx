import type { HallBookingRow } from '@haoban/contracts';
import { createPortal } from 'react-dom';
import { itemsText, spelled, timeOf } from './book-model.js';
import { whatToDo } from './what-to-do.js';

/** On paper only, and alone on it. */
export function BookingSlip({ booking }: { booking: HallBookingRow }) {
  const { code, citizenName, hallName, place, queueName } = booking;
  return createPortal(
    <div className="slip">
      <h1>{hallName} 预约</h1>
      <p className="slip-code">{spelled(code)}</p>
      <p className="slip-time">{timeOf(booking)}</p>
      <p>{itemsText(booking.items)}</p>
      <p>{[place, queueName].filter(Boolean).join(' · ')}</p>
      <p>{citizenName}</p>
      <p>{whatToDo(booking)}来不了请提前打电话取消，把名额留给别人。</p>
    </div>,
    document.body,
  );
}
