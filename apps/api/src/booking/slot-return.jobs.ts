import { Injectable, Logger } from '@nestjs/common';
import { Repeat } from '../outbox/job.js';
import { WaitlistOffers } from './waitlist-offers.service.js';
import { WaitlistSettling } from './waitlist-settling.service.js';

@Injectable()
export class SlotReturnJobs {
  private readonly logger = new Logger(SlotReturnJobs.name);

  constructor(
    private readonly offers: WaitlistOffers,
    private readonly settling: WaitlistSettling,
  ) {}

  /** Every second: a place that is due goes to the waitlist, or to all where nobody wants it. */
  @Repeat('booking.reopen-places', { everyMs: 1_000 })
  async reopenPlaces(): Promise<void> {
    await this.settling.settleOffers();
    for (const { queueId, day } of await this.offers.busyDays()) {
      try {
        await this.offers.serve(queueId, day);
      } catch (error) {
        // One queue must not hold up the others; it is tried again a second later.
        this.logger.error({ err: error, queueId, day, msg: 'A waitlist could not be served' });
      }
    }
    await this.settling.markWaited();
  }

  @Repeat('booking.end-waiting', { everyMs: 10_000 })
  endWaiting(): Promise<void> {
    return this.settling.endStale();
  }
}
