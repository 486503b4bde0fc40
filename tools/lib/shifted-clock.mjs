// Loaded before a process of the demo (node --import): moves its clock by CLOCK_SHIFT_MS, so that a visitor at night finds
// the halls open. Every process of one stack is moved alike, simulators too; the product itself knows nothing of it.
const shift = Number(process.env.CLOCK_SHIFT_MS || 0);

if (Number.isFinite(shift) && shift !== 0) {
  const RealDate = globalThis.Date;
  const now = () => RealDate.now() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
