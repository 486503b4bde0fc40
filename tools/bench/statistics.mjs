// What the benchmarks say about their numbers.

/** The value below which `share` of the values lie (nearest rank); undefined without values. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** The middle one, of an even count the mean of the two in the middle. */
export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)];
}

export const round = (value, digits = 0) => Number(value.toFixed(digits));

/**
 * What the rounds of product and floor come to: both as the median over the rounds, the floor of a round being the best of its
 * connection counts. Medians, since a machine that does something else for a second spoils a round, never all of them.
 * @param rounds `[{ perS, floors: [perS, …], ms: [latency, …] }]`
 */
export function compare(rounds) {
  const perS = median(rounds.map((each) => each.perS));
  const floorPerS = median(rounds.map((each) => Math.max(...each.floors)));
  const latencies = rounds.flatMap((each) => each.ms);
  return {
    perS: round(perS),
    floorPerS: round(floorPerS),
    ratio: round(perS / floorPerS, 2),
    p99Ms: round(quantile(latencies, 0.99), 1),
  };
}
