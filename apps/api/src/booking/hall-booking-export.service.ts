import { dayOf } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { bookingsXlsx } from './hall-booking-export.js';
import type { HallBookingFilter } from './hall-booking-query.js';
import { HallBookingsService } from './hall-bookings.service.js';

const MAX_ROWS = 10_000;
/** A search by name opens every row of the days: so many are enough for a year of a busy hall. */
const MAX_SCANNED = 200_000;
const BATCH = 500;

@Injectable()
export class HallBookingExportService {
  constructor(
    private readonly bookings: HallBookingsService,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** What the list shows under the same filter, masked alike. @throws AppError EXPORT_TOO_LARGE */
  async exportXlsx(
    actor: StaffActor,
    filter: HallBookingFilter,
  ): Promise<{ fileName: string; base64: string; rows: number }> {
    const { hallId } = actor;
    if (!hallId) throw new AppError('FORBIDDEN');
    const { found, goOn } = await this.bookings.scan(hallId, filter, null, {
      want: MAX_ROWS,
      look: MAX_SCANNED,
    });
    if (goOn) throw new AppError('EXPORT_TOO_LARGE', { maxRows: MAX_ROWS });
    const rows = [];
    for (let start = 0; start < found.length; start += BATCH)
      rows.push(...(await this.bookings.toRows(found.slice(start, start + BATCH))));
    const file = await bookingsXlsx(rows);
    const { q, ...asked } = filter;
    await this.transactions.run((em) =>
      this.audit.record(em, actor, {
        action: 'booking.export',
        subjectKind: 'hall',
        subjectId: hallId,
        // What was searched for may be a name: that somebody was searched for is enough.
        after: { ...asked, searched: q !== undefined, rows: rows.length },
      }),
    );
    const fileName = `预约-${dayOf(this.clock.now())}.xlsx`;
    return { fileName, base64: file.toString('base64'), rows: rows.length };
  }
}
