import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { CalendarService } from '../../../apps/api/src/guide/calendar.service.js';
import { cityIds, seedCity } from '../../support/builders/city.js';
import { newWorld } from '../../support/world.js';

it('raises the alarm once for a year whose holidays are not known', async () => {
  let log = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString();
      done();
    },
  });
  const world = await newWorld({ log: stream, jobs: false });
  try {
    await seedCity(world);
    const calendars = world.get(CalendarService);
    for (const code of ['RC-SM', 'RC-XZ'] as const) {
      const calendar = await calendars.forHall(cityIds.hall(code));
      expect(calendar.openings('2090-07-14')).not.toEqual([]);
      expect(calendar.openings('2090-07-15')).toEqual([]);
      expect([calendar.isWorkday('2090-07-14'), calendar.isWorkday('2090-07-15')]).toEqual([true, false]);
      calendar.plan('2026-07-14');
    }
    const alarms = log.split('\n').filter((line) => line.includes('holidays-unknown'));
    expect(alarms).toHaveLength(1);
    expect(JSON.parse(alarms[0] ?? '')).toMatchObject({ level: 50, year: '2090' });
  } finally {
    await world.close();
  }
});
