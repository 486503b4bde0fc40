import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';

const LIMIT_MS = 10_000;

/** SIGTERM and SIGINT: stop accepting, finish what runs, close; after ten seconds go anyway. A second signal goes at once. */
export function stopOnSignals(app: INestApplicationContext, logger: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ signal, msg: 'Stopping' });
    setTimeout(() => {
      logger.error({ msg: 'Still busy after ten seconds; going anyway' });
      process.exit(1);
    }, LIMIT_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error, msg: 'Stopping failed' });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
