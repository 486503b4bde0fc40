import { bookingEndpoints } from './booking.js';
import { calendarEndpoints } from './calendar.js';
import { casesEndpoints } from './cases.js';
import { deliveryEndpoints } from './delivery.js';
import { entryCodesEndpoints } from './entry-codes.js';
import { guideEndpoints } from './guide.js';
import { hallBookingsEndpoints } from './hall-bookings.js';
import { identityEndpoints } from './identity.js';
import { metaEndpoints } from './meta.js';
import { notificationsEndpoints } from './notifications.js';
import { paymentEndpoints } from './payment.js';
import { peopleEndpoints } from './people.js';
import { queueEndpoints } from './queue.js';
import { ratingsEndpoints } from './ratings.js';
import { supervisionEndpoints } from './supervision.js';
import { waitlistEndpoints } from './waitlist.js';

/** The whole API in one table: routes, validation, audiences, typed client, OpenAPI and tests all come from here. */
export const endpoints = {
  identity: identityEndpoints,
  guide: guideEndpoints,
  booking: bookingEndpoints,
  waitlist: waitlistEndpoints,
  hallBookings: hallBookingsEndpoints,
  calendar: calendarEndpoints,
  people: peopleEndpoints,
  queue: queueEndpoints,
  entryCodes: entryCodesEndpoints,
  cases: casesEndpoints,
  payment: paymentEndpoints,
  delivery: deliveryEndpoints,
  ratings: ratingsEndpoints,
  notifications: notificationsEndpoints,
  supervision: supervisionEndpoints,
  meta: metaEndpoints,
};

export type Endpoints = typeof endpoints;
