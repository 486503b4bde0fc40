/** Brings a child of a strip that scrolls sideways into sight. @returns what the strip is given */
export function useReveal(id: string | undefined): Record<string, unknown> {
  return id === undefined ? {} : { scrollIntoView: id };
}
