import type { MixedList } from 'typeorm';
import { CreateOutbox1790000000000 } from './migrations/1790000000000-create-outbox.js';
import { CreateIdentity1790000001000 } from './migrations/1790000001000-create-identity.js';
import { CreateGuide1790000002000 } from './migrations/1790000002000-create-guide.js';
import { CreateBooking1790000003000 } from './migrations/1790000003000-create-booking.js';
import { CreateQueue1790000004000 } from './migrations/1790000004000-create-queue.js';
import { CreateCases1790000005000 } from './migrations/1790000005000-create-cases.js';
import { CreatePayment1790000006000 } from './migrations/1790000006000-create-payment.js';
import { CreateDelivery1790000007000 } from './migrations/1790000007000-create-delivery.js';
import { CreateRatings1790000008000 } from './migrations/1790000008000-create-ratings.js';
import { CreateNotifications1790000009000 } from './migrations/1790000009000-create-notifications.js';
import { OutboxDone1790000010000 } from './migrations/1790000010000-outbox-done.js';
import { BookingInFull1790000011000 } from './migrations/1790000011000-booking-in-full.js';
import { CreateEntryCodes1790000012000 } from './migrations/1790000012000-create-entry-codes.js';
import { CreateCalendar1790000013000 } from './migrations/1790000013000-create-calendar.js';
import { CreatePeople1790000014000 } from './migrations/1790000014000-create-people.js';
import { CreateWaitlist1790000016000 } from './migrations/1790000016000-create-waitlist.js';
import { ReturnByAccount1790000017000 } from './migrations/1790000017000-return-by-account.js';

/** In the order of their timestamps. Listed by hand, so that a build or a bundler can't lose one. */
export const migrations: MixedList<new () => object> = [
  CreateOutbox1790000000000,
  CreateIdentity1790000001000,
  CreateGuide1790000002000,
  CreateBooking1790000003000,
  CreateQueue1790000004000,
  CreateCases1790000005000,
  CreatePayment1790000006000,
  CreateDelivery1790000007000,
  CreateRatings1790000008000,
  CreateNotifications1790000009000,
  OutboxDone1790000010000,
  BookingInFull1790000011000,
  CreateEntryCodes1790000012000,
  CreateCalendar1790000013000,
  CreatePeople1790000014000,
  CreateWaitlist1790000016000,
  ReturnByAccount1790000017000,
];
