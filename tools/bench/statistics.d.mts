export interface Round {
  readonly perS: number;
  /** One for each number of connections that was tried. */
  readonly floors: readonly number[];
  readonly ms: readonly number[];
}

export interface Comparison {
  readonly perS: number;
  readonly floorPerS: number;
  readonly ratio: number;
  readonly p99Ms: number;
}

export function quantile(values: readonly number[], share: number): number | undefined;
export function median(values: readonly number[]): number;
export function round(value: number, digits?: number): number;
export function compare(rounds: readonly Round[]): Comparison;
