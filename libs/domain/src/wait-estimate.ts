/**
 * The range of minutes a waiting person is told. It plays the call order through on the open desks, once with the median and
 * once with the 80 % quantile of each item's service time; who is being served keeps the time already spent (queue length plus
 * elapsed service predicts best: Whitt, Management Science 45:870, 1999). A range in steps of five minutes instead of a figure:
 * exact minutes are read as a promise.
 */

/** Service time of an item in minutes: half are done within `p50`, four of five within `p80`. */
export interface ServiceTime {
  readonly p50: number;
  readonly p80: number;
}

export interface EstimateDesk {
  /** Minutes that the person at the desk has been served; undefined where nobody is there. A called person counts as 0. */
  readonly serving?: { readonly itemId?: string | undefined; readonly elapsedMinutes: number } | undefined;
  /** Minutes until the desk takes somebody at all (a break, or not opened yet). */
  readonly opensInMinutes?: number;
}

export interface EstimateSettings {
  /** For items of which too few visits are known. */
  readonly averageMinutes: number;
  /** Quantiles of such an item relative to the average. */
  readonly coldStart: { readonly p50: number; readonly p80: number };
  readonly roundToMinutes: number;
}

export const defaultEstimateSettings: EstimateSettings = {
  averageMinutes: 10,
  coldStart: { p50: 0.8, p80: 1.3 },
  roundToMinutes: 5,
};

export interface WaitQuestion {
  /** Item of everybody who is called before, in the order of calling; undefined where it is not known. */
  readonly ahead: readonly (string | undefined)[];
  readonly desks: readonly EstimateDesk[];
  /** Which desks, by position, take each of `ahead`; without it all of them. Desks that serve several queues make the difference. */
  readonly aheadAt?: readonly (readonly number[])[];
  /** Which desks, by position, take the person who asks; without it all of them. */
  readonly ownAt?: readonly number[];
  readonly serviceTimes: Readonly<Record<string, ServiceTime>>;
}

export interface WaitRange {
  readonly lowMinutes: number;
  readonly highMinutes: number;
}

/** Somebody who has been served for longer than expected will still need at least this share of the expected time. */
const overrunShare = 0.2;

/**
 * The wait until one is called, rounded outwards to whole steps; undefined where no desk is open or no service time is known,
 * when a figure would be invented.
 */
export function estimateWait(
  question: WaitQuestion,
  settings: EstimateSettings = defaultEstimateSettings,
): WaitRange | undefined {
  const own = question.ownAt ?? question.desks;
  if (own.length === 0 || !(settings.averageMinutes > 0)) return undefined;
  const low = simulate(question, settings, 'p50');
  const high = Math.max(low, simulate(question, settings, 'p80'));
  const step = settings.roundToMinutes;
  return { lowMinutes: Math.floor(low / step) * step, highMinutes: Math.ceil(high / step) * step };
}

/** '约 10–25 分钟', '5 分钟以内', '马上就到'. */
export function formatWait(range: WaitRange): string {
  if (range.highMinutes === 0) return '马上就到';
  if (range.lowMinutes === 0) return `${range.highMinutes} 分钟以内`;
  if (range.lowMinutes === range.highMinutes) return `约 ${range.lowMinutes} 分钟`;
  return `约 ${range.lowMinutes}–${range.highMinutes} 分钟`;
}

function simulate(question: WaitQuestion, settings: EstimateSettings, quantile: keyof ServiceTime): number {
  const minutesFor = (itemId: string | undefined) => {
    const known = itemId !== undefined && Object.hasOwn(question.serviceTimes, itemId);
    const time = known ? question.serviceTimes[itemId] : undefined;
    return time?.[quantile] ?? settings.averageMinutes * settings.coldStart[quantile];
  };
  const freeAt = question.desks.map(({ serving, opensInMinutes = 0 }) => {
    if (serving === undefined) return opensInMinutes;
    const expected = minutesFor(serving.itemId);
    return Math.max(opensInMinutes, expected - serving.elapsedMinutes, expected * overrunShare);
  });
  const every = freeAt.map((_, desk) => desk);
  question.ahead.forEach((itemId, place) => {
    const desk = firstFree(freeAt, question.aheadAt?.[place] ?? every);
    if (desk !== undefined) freeAt[desk] = (freeAt[desk] ?? 0) + minutesFor(itemId);
  });
  const own = firstFree(freeAt, question.ownAt ?? every);
  return own === undefined ? 0 : (freeAt[own] ?? 0);
}

/** Of these desks the one that is free first; undefined where there are none. */
function firstFree(freeAt: readonly number[], desks: readonly number[]): number | undefined {
  let first: number | undefined;
  for (const desk of desks) {
    if (first === undefined || (freeAt[desk] ?? 0) < (freeAt[first] ?? 0)) first = desk;
  }
  return first;
}
