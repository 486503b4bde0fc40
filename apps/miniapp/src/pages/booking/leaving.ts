let underway: Promise<unknown> = Promise.resolve();

/** Notes that a place is being given back, so that the list that the person returns to counts it. */
export function noteLeaving(work: Promise<unknown>): void {
  // It runs out by itself where this doesn't arrive.
  underway = work.catch(() => undefined);
}

/** Done once what the person has let go is free again, or the wait gets too long. */
export function placesSettled(): Promise<unknown> {
  return Promise.race([underway, new Promise((done) => setTimeout(done, LONGEST_MS))]);
}

const LONGEST_MS = 1_500;
