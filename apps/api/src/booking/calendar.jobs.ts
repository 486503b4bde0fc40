import { Injectable } from '@nestjs/common';
import { Repeat } from '../outbox/job.js';
import { Disruptions } from './disruptions.service.js';

@Injectable()
export class CalendarJobs {
  constructor(private readonly disruptions: Disruptions) {}

  @Repeat('booking.settle-disruptions', { everyMs: 60_000 })
  async settle(): Promise<void> {
    await this.disruptions.settle();
  }
}
