import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import { SlotsService } from '../booking/slots.service.js';
import { FixedClock } from '../common/clock.js';
import { createLogger } from '../common/logging.js';
import { loadConfigOrExit } from '../config.js';
import { seedDemoCity } from './seed/seed-demo-city.js';
import { tellStory } from './story/tell-story.js';

// node apps/api/dist/db/seed.js: on a migrated database the demo city, the bookable slots as far ahead as each queue offers them, and in a
// new city what happened there before.
const config = loadConfigOrExit();
if (config.mode === 'production') {
  process.stderr.write('The demo city is not for production: APP_MODE=production\n');
  process.exit(1);
}
// It stands at the moment of the seed, but for the story, which moves it through the weeks before.
const clock = new FixedClock(new Date());
const logger = createLogger({ logLevel: 'warn' });
const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, clock, logger }), {
  logger: ['error', 'warn'],
  abortOnError: false,
});
try {
  const city = await seedDemoCity(app.get(DataSource), { config, now: clock.now() });
  // After the city, for it follows the rules of its queues.
  await app.get(SlotsService, { strict: false }).ensureAll();
  const told = await tellStory(app, { config, clock }).catch((error: unknown) => {
    // A city without its story is a demo still.
    logger.warn({ err: error, msg: 'The story of the demo city could not be told to its end' });
    return false;
  });
  const counts = Object.entries(city).map(([kind, count]) => `${count} ${kind}`);
  process.stdout.write(`demo city: ${counts.join(', ')}${told ? ', and its story' : ''}\n`);
} finally {
  await app.close();
}
