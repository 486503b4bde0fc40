/** Tuesday 2026-07-14, 09:30 in Beijing: both halls of the demo city are open. */
const OPENING = '2026-07-14T01:30:00Z';
const RealDate = globalThis.Date;
/** How far this test file's clock is ahead of the real one. */
let shift = 0;

/**
 * Moves the clock of this test file to opening hours and lets it run on, for product and simulators alike: WeChat Pay's notices
 * carry a time that the API compares with its own. Browsers keep the real time, as a phone with a wrong clock would.
 */
export function moveToOpeningHours(): void {
  shift = RealDate.parse(OPENING) - RealDate.now();
  const now = () => RealDate.now() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}

/** Lets so many minutes pass at once for product and simulators. */
export function letPass(minutes: number): void {
  shift += minutes * 60_000;
}

/** The same until a local time, such as `2026-07-14 18:00`, which must lie ahead. */
export function letPassUntil(local: string): void {
  const ahead = RealDate.parse(`${local.replace(' ', 'T')}+08:00`) - (RealDate.now() + shift);
  if (ahead < 0) throw new Error(`${local} is over`);
  shift += ahead;
}
