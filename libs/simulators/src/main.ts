import { readEnvironment } from './environment.js';
import { startSimulators } from './start.js';

/** Runs the three simulators from the environment until SIGTERM or SIGINT. */
try {
  const simulators = await startSimulators(readEnvironment(process.env));
  const { wechat, pay, ems } = simulators;
  process.stdout.write(`simulators ready: wechat ${wechat.url} pay ${pay.url} ems ${ems.url}\n`);
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    simulators.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
