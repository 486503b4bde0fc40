import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import { SlotsService } from '../booking/slots.service.js';
import { SystemClock } from '../common/clock.js';
import { createLogger } from '../common/logging.js';
import { loadConfigOrExit } from '../config.js';
import { seedDemoCity } from './seed/seed-demo-city.js';

// node apps/api/dist/db/seed.js: the demo city and the bookable slots of the next two weeks, on a migrated database.
const config = loadConfigOrExit();
if (config.mode === 'production') {
  process.stderr.write('The demo city is not for production: APP_MODE=production\n');
  process.exit(1);
}
const clock = new SystemClock();
const logger = createLogger({ logLevel: 'warn' });
const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, clock, logger }), {
  logger: ['error', 'warn'],
  abortOnError: false,
});
try {
  const city = await seedDemoCity(app.get(DataSource), { config, now: clock.now() });
  // After the city, for it follows the rules of its queues.
  await app.get(SlotsService, { strict: false }).ensureAll();
  const counts = Object.entries(city).map(([kind, count]) => `${count} ${kind}`);
  process.stdout.write(`demo city: ${counts.join(', ')}\n`);
} finally {
  await app.close();
}
