import { stopCommands } from './run.mjs';

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Calls `stop` once when we are asked to end, whatever the signal, and exits: with 0 if `isReady()` (being stopped is then
 * the normal end), else with the signal's code. Another Ctrl-C while stopping changes nothing, so nothing is left half-way.
 */
export function onShutdown(stop, isReady = () => false) {
  let called = false;
  function shutDown(signal) {
    if (called) return console.log('Still stopping …');
    called = true;
    stopCommands();
    stop().then(
      () => process.exit(isReady() ? 0 : codes[signal]),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  }
  for (const signal of Object.keys(codes)) process.on(signal, () => shutDown(signal));
  if (process.env.npm_lifecycle_event) whenOrphaned(() => shutDown('SIGTERM'));
  return { isStopping: () => called };
}

/** `kill <npm>` ends npm and its shell but not us: npm hands the signal to the shell only. So we watch our parent. */
function whenOrphaned(act) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
}
