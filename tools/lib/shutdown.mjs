import { stopCommands } from './run.mjs';

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Calls `stop` once when we are asked to end, whatever the signal, and exits: with 0 if `isReady()` (being stopped is then
 * the normal end), else with the signal's code. Again Ctrl-C while stopping changes nothing, so nothing is left half-way.
 */
export function onShutdown(stop, isReady = () => false) {
  let called = false;
  for (const signal of Object.keys(codes)) {
    process.on(signal, () => {
      if (called) return console.log('Still stopping …');
      called = true;
      stopCommands();
      void stop().then(
        () => process.exit(isReady() ? 0 : codes[signal]),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
  return { isStopping: () => called };
}
