import type { Booking } from '@haoban/contracts';

/** What must be known before a time is changed; undefined where one could go back. */
export function moveWarning({ returnIsFinal }: Pick<Booking, 'returnIsFinal'>): string | undefined {
  return returnIsFinal ? '改了以后，原来的时间就不能再约了，请想好再改。' : undefined;
}

/** The end of the question before a time is given up. */
export function letGoText({ returnIsFinal }: Pick<Booking, 'returnIsFinal'>): string {
  return returnIsFinal ? '会让给别人，您不能再约回来，请想好。' : '会让给别人。';
}
