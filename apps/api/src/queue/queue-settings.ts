import { defaultQueueSettings, type BookingSettings, type QueueSettings } from '@haoban/domain';

/** The calling rule; one for the whole city until halls ask for their own, but for how late a booking keeps its rank. */
export function queueSettingsOf({ checkIn }: BookingSettings): QueueSettings {
  return { ...defaultQueueSettings, graceMinutes: checkIn.graceMinutes };
}

/** Missed so often, a ticket is over: the person takes a new number. */
export const MAX_MISSED = 3;

/** A person is told to come near when so many or fewer are ahead. */
export const SOON_AHEAD = 3;

/** Calls that a queue's day remembers: far more than the walk-in share and a rejoined ticket look back on. */
export const REMEMBERED_CALLS = 24;

/** Calls that the display keeps showing, so that one is never lost under the next. */
export const SHOWN_CALLS = 12;
