// What the list of a day's times costs without any answer that was kept: asked of the product's own service, in a process of its own.
import 'reflect-metadata';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../lib/paths.mjs';
import { serveJobs } from './child.mjs';
import { median } from './statistics.mjs';

const product = (path) => import(pathToFileURL(inRoot('apps/api/dist', path)).href);
const WARM_UP = 100;
const EACH = 20;

/** Milliseconds of one list per day, the days by turns, so that the machine's moods meet all of them; the median over `rounds`. */
serveJobs(async ({ itemId, hallId, days, rounds }) => {
  const { createApp } = await product('create-app.js');
  const { loadConfig } = await product('config.js');
  const { BookingDaysService } = await product('booking/booking-days.service.js');
  const { endpoints } = await import('@haoban/contracts');
  const app = await createApp(loadConfig({ ...process.env, LOG_LEVEL: 'error' }), {
    pages: { h5: inRoot('none'), hall: inRoot('none') },
  });
  const lists = app.get(BookingDaysService, { strict: false });
  const list = (day) => lists.listSlots(endpoints.booking.listSlots.input.parse({ itemId, hallId, day }));
  for (let i = 0; i < WARM_UP; i++) for (const day of days) await list(day);
  const times = days.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, day] of days.entries()) {
      const start = performance.now();
      for (let i = 0; i < EACH; i++) await list(day);
      times[index].push((performance.now() - start) / EACH);
    }
  }
  await app.close();
  return times.map(median);
});
