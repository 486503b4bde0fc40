let underway: Promise<unknown> | undefined;

const LONGEST_MS = 1_500;

/** Notes that a place is being given back, so that the list that the person returns to counts it. */
export function noteLeaving(work: Promise<unknown>): void {
  // It runs out by itself where this doesn't arrive.
  const mine = work
    .catch(() => undefined)
    .finally(() => {
      if (underway === mine) underway = undefined;
    });
  underway = mine;
}

/** Done once what the person has let go is free again, or the wait gets too long. */
export async function placesSettled(): Promise<void> {
  if (!underway) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([underway, new Promise((done) => (timer = setTimeout(done, LONGEST_MS)))]);
  clearTimeout(timer);
}
