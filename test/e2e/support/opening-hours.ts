/** Tuesday 2026-07-14, 09:30 in Beijing: both halls of the demo city are open. */
const OPENING = '2026-07-14T01:30:00Z';

/**
 * Moves the clock of this test file to opening hours and lets it run on, for product and simulators alike: WeChat Pay's notices
 * carry a time that the API compares with its own. Browsers keep the real time, as a phone with a wrong clock would.
 */
export function moveToOpeningHours(): void {
  const RealDate = globalThis.Date;
  const shift = RealDate.parse(OPENING) - RealDate.now();
  const now = () => RealDate.now() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
