/** A mini-program that is swiped away hears nothing of it: what it kept runs out by itself. */
export function useParting(_word: () => { path: string; token: string | undefined } | undefined): void {
  // Nothing to be told.
}
