import { useSubscription } from '../../hooks/use-subscription';

/** What whoever has just taken a place is to hear of it, whichever way the place came. */
export const useBookedSubscription = () =>
  useSubscription(['booking_confirmed', 'booking_reminder', 'booking_closed']);

/** One accept is one message: whoever stays in line after an offer needs another for the next. */
export const useWaitingSubscription = () => useSubscription(['waitlist_offered']);
