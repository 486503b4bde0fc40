import type { AffectedBooking } from '@haoban/contracts';
import { formatDay } from '@haoban/domain';
import { ToRing } from '../bookings/booking-contact.js';
import { StateTag } from '../common/views.js';

interface Props {
  readonly bookings: readonly AffectedBooking[];
  /** May be more than are listed. */
  readonly count: number;
  readonly label: string;
  /** It has happened: those whom no message reaches are to be rung now. */
  readonly ringNow?: boolean;
}

const causes = { closed: '时段取消', regridded: '时间不变，照常办理' } as const;

/** Who is hit, by time; what happens to each is said in words. */
export function AffectedList({ bookings, count, label, ringNow = false }: Props) {
  return (
    <div className="affected" role="group" aria-label={label} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            <th>时段</th>
            <th>预约码</th>
            <th>谁</th>
            <th>事项</th>
            <th>会怎样</th>
          </tr>
        </thead>
        <tbody>
          {bookings.map((booking) => (
            <tr key={booking.bookingId}>
              <td className="number">
                {formatDay(booking.day)} {booking.startTime}
              </td>
              <td className="number">{booking.code}</td>
              <td className="number">
                {booking.name} {booking.phone}
              </td>
              <td>{booking.itemName}</td>
              <td>
                <span className="number">{causes[booking.cause]}</span>{' '}
                {booking.cause === 'closed' &&
                  !booking.reachable &&
                  (ringNow ? (
                    <ToRing bookingId={booking.bookingId} name={booking.name} />
                  ) : (
                    <StateTag tone="warn">要打电话告知</StateTag>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > bookings.length && (
        <p className="muted">
          这里列出最早的 {bookings.length} 个，共 {count} 个。
        </p>
      )}
    </div>
  );
}
