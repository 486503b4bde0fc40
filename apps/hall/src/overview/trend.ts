export interface Point {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly waiting: number;
}

const KEEP_MS = 2 * 60 * 60_000;
const STEP_MS = 15_000;

/** One point per quarter of a minute, for two hours; a change within the step replaces the last point. */
export function addPoint(points: readonly Point[], point: Point): readonly Point[] {
  const kept = points.filter(({ at }) => point.at - at <= KEEP_MS);
  const last = kept.at(-1);
  if (last && kept.length > 1 && point.at - last.at < STEP_MS)
    return [...kept.slice(0, -1), { ...last, waiting: point.waiting }];
  return [...kept, point];
}

/** The points of an SVG polyline in a box of `width` × `height`, zero at the bottom. */
export function polyline(points: readonly Point[], width: number, height: number): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return '';
  const span = Math.max(1, last.at - first.at);
  const top = Math.max(4, ...points.map(({ waiting }) => waiting));
  return points
    .map(
      ({ at, waiting }) =>
        `${round(((at - first.at) / span) * width)},${round(height - (waiting / top) * height)}`,
    )
    .join(' ');
}

const round = (value: number) => Math.round(value * 10) / 10;
