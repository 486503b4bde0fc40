import type { Speech } from './types';

/** A mini-program has no voice of its own without a plug-in; screen readers read the labels instead. */
export const speech: Speech = {
  available: false,
  say: () => Promise.resolve(),
  stop: () => undefined,
};
