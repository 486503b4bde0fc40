import { dayOf, isIdNumber, normaliseIdNumber } from '@haoban/domain';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useLoad } from '../common/use-load.js';

/** Looks for the account as soon as the number is whole and its check digit right; each look is recorded, so half a number asks nothing. */
export function usePerson(typed: string) {
  const idNumber = normaliseIdNumber(typed);
  const whole = isIdNumber(idNumber, dayOf(serverNow()));
  const found = useLoad(whole ? idNumber : undefined, () => client.hallBookings.findPerson({ idNumber }));
  return { whole, ...found };
}

export type FoundPerson = ReturnType<typeof usePerson>;
