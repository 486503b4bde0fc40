import { dayOf } from '@haoban/domain';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { BookingEntity } from '../../booking/booking.entity.js';
import { BlindIndex, FieldCipher } from '../../common/field-crypto.js';
import type { FixedClock } from '../../common/clock.js';
import type { Config } from '../../config.js';
import { CitizenEntity } from '../../identity/citizen.entity.js';
import { OutboxEntry } from '../../outbox/outbox.entity.js';
import { demoCity } from '../demo/index.js';
import { residentRow } from '../seed/people-rows.js';
import { tellAbsences } from './absences.js';
import { tellFullDay } from './full-day.js';
import { tellPeople } from './people.js';
import { StoryTeller } from './story-teller.js';
import { tellTrading } from './trading.js';

/**
 * What happened in the demo city in the weeks before: it goes through the services, so that counts, histories and audits are those of real
 * use. Only in a city where nobody has booked yet, so it is told once. The clock is put back at the end.
 * @returns whether it was told
 */
export async function tellStory(
  app: Pick<INestApplicationContext, 'get'>,
  { config, clock }: { config: Config; clock: FixedClock },
): Promise<boolean> {
  const { manager } = app.get(DataSource);
  if (await manager.exists(BookingEntity)) return false;
  const now = clock.now();
  const secrets = {
    appId: config.wechat.appId,
    cipher: new FieldCipher(config),
    index: new BlindIndex(config),
  };
  await manager.insert(
    CitizenEntity,
    demoCity.neighbours.map((each) => residentRow(each, secrets)),
  );
  const story = new StoryTeller(app, clock, dayOf(now));
  try {
    const authorisations = await tellPeople(story);
    await tellAbsences(story);
    await tellTrading(story);
    await tellFullDay(story, authorisations);
  } finally {
    clock.set(now);
    // People were told of it then; to tell them all of it now would make a stale inbox.
    await manager.update(OutboxEntry, { dispatchedAt: IsNull() }, { dispatchedAt: now, doneAt: now });
  }
  return true;
}
