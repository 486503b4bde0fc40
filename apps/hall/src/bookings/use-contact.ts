import { useState } from 'react';
import { client } from '../api/client.js';
import { useLoad } from '../common/use-load.js';

/** Phone and address of one booking, asked for only when somebody wants to see them, for each look is recorded; hidden means gone. */
export function useContact(bookingId: string) {
  const [opened, setOpened] = useState<string>();
  const shown = opened === bookingId;
  const { state, reload } = useLoad(shown ? bookingId : undefined, () =>
    client.hallBookings.readContact({ bookingId }),
  );
  return { shown, toggle: () => setOpened(shown ? undefined : bookingId), state, retry: reload };
}
