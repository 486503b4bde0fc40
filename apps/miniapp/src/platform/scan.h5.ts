/** Browsers read no codes without a library of a megabyte: the number is typed. */
export const canScan = false;

export function scan(): Promise<string | undefined> {
  return Promise.resolve(undefined);
}
