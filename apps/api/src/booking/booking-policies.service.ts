import type { BookingSettings } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { bookingSettings } from './booking-settings.js';

/** The numbers of the booking rules, by hall. */
@Injectable()
export class BookingPolicies {
  forHall(hallId: string): Promise<BookingSettings> {
    void hallId;
    return Promise.resolve(bookingSettings);
  }
}
