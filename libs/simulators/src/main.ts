import { readEnvironment } from './environment.js';
import { startSimulators } from './start.js';

/** Runs the three simulators from the environment until SIGTERM or SIGINT. */
try {
  const simulators = await startSimulators(readEnvironment(process.env));
  console.log(
    `simulators ready: wechat ${simulators.wechat.url} pay ${simulators.pay.url} ems ${simulators.ems.url}`,
  );
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    simulators.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
