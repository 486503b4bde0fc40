import { createApp } from './create-app.js';
import { createLogger } from './common/logging.js';
import { loadConfigOrExit } from './config.js';
import { stopOnSignals } from './shutdown.js';

const config = loadConfigOrExit();
const logger = createLogger(config);
try {
  const app = await createApp(config, { logger });
  stopOnSignals(app, logger);
  await app.listen(config.http.port, config.http.host);
  logger.info({ msg: 'Listening', url: await app.getUrl(), mode: config.mode });
} catch (error) {
  logger.fatal({ err: error, msg: 'The API could not start' });
  process.exit(1);
}
