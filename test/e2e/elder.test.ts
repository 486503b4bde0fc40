import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { GuideService } from '../../apps/api/src/guide/guide.service.js';
import { ServiceQueueEntity } from '../../apps/api/src/guide/service-item.entity.js';
import { axeViolations } from './support/axe.js';
import { citizenThread } from './support/citizen-thread.js';
import { HallActs } from './support/hall-acts.js';
import { layoutFaults, type LayoutWishes } from './support/layout.js';
import { Phone } from './support/phone.js';
import { keepPicture, publishPicture } from './support/pictures.js';
import { devices, newStage, type Stage } from './support/stage.js';

let stage: Stage;
let hall: HallActs;
beforeAll(async () => {
  stage = await newStage();
  await seeAllAtOnce();
  hall = new HallActs(stage.world);
  await hall.openDesk();
}, 300_000);
afterAll(() => stage?.close());

/** All readers want the same long matter at the next free time, of which the hall takes two at once; then there would be no check-in yet. */
async function seeAllAtOnce(): Promise<void> {
  const queues = stage.world.dataSource.getRepository(ServiceQueueEntity);
  const queue = await queues.findOneByOrFail({ code: 'SM-A' });
  const bookingRules = queue.bookingRules.map((rule) => ({ ...rule, classPlaces: {}, desksPublic: 3 }));
  await queues.update({ id: queue.id }, { bookingRules });
  stage.world.get(GuideService).invalidate();
}

interface Reader {
  readonly kind: string;
  readonly device: BrowserContextOptions;
  readonly elder?: boolean;
  /** The person's own type size. */
  readonly type?: '200%';
  readonly wishes: LayoutWishes;
}

const readers: readonly Reader[] = [
  {
    kind: 'elder',
    device: devices.phone,
    elder: true,
    wishes: { smallestType: 18, smallestTarget: 60 },
  },
  { kind: 'small', device: devices.smallPhone, wishes: { smallestTarget: 44 } },
  { kind: 'large-type', device: devices.phone, type: '200%', wishes: { smallestTarget: 44 } },
];

const titles: Record<string, string> = {
  elder:
    'in 长辈版: no type under 18 px, nothing to tap lower than 60 px, nothing cut or covered, no axe violation',
  small: 'on a screen of 320 × 640: nothing to scroll sideways, nothing cut or covered',
  'large-type': 'with type of 200 %: nothing to scroll sideways, nothing cut or covered',
};

describe('the citizen’s part of the thread', () => {
  for (const { kind, device, elder, type, wishes } of readers) {
    it(
      titles[kind] ?? kind,
      async () => {
        const { page } = await stage.screen(device);
        const found: Record<string, string[]> = {};
        const phone = await Phone.of(stage, page, async (name) => {
          // A reload of the page takes it away.
          if (type) await page.addStyleTag({ content: `html { font-size: ${type} !important; }` });
          const faults = await layoutFaults(page, wishes);
          if (elder) faults.push(...(await axeViolations(page)));
          if (faults.length > 0) found[name] = faults;
          await keepPicture(page, `${kind}-${name}`);
          if (elder && name === 'ticket') await publishPicture(page, 'phone-elder', 468);
        });
        if (elder) {
          await phone.tap('长辈版');
          await page.locator('.page--elder').waitFor();
        }
        await citizenThread(phone, hall).catch(async (error: unknown) => {
          await stage.keepAll();
          throw error;
        });
        expect(found).toEqual({});
      },
      120_000,
    );
  }

  it('leaves no complaint of the browser', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
