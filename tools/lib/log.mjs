/** A failure whose text is all that the reader needs: it is printed without a stack. */
export class UserError extends Error {}

const since = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`;

export const say = (text = '') => console.log(text);
export const warn = (text) => console.log(`! ${text}`);

/**
 * Runs one step and prints a line with its time when it is over; a step that takes long says every ten seconds that it
 * is still at work. `work` may return a short note ("unchanged") that is added to the line.
 */
export async function step(name, work) {
  const start = Date.now();
  const timer = setInterval(() => say(`  … ${name}, ${since(start)} so far`), 10_000);
  try {
    const note = await work();
    say(`✓ ${name}${typeof note === 'string' && note ? ` (${note})` : ''}  ${since(start)}`);
  } catch (error) {
    say(`✗ ${name}  ${since(start)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Prints a failure for a person: its text when we wrote it for them, everything when it is a surprise. */
export function printFailure(error) {
  console.error(error instanceof UserError ? `\n${error.message}\n` : error);
}
