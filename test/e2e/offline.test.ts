import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../apps/api/src/common/clock.js';
import { createApp } from '../../apps/api/src/create-app.js';
import { requestId } from '../support/builders/booking.js';
import { cityIds } from '../support/builders/city.js';
import { demoStaff } from '../support/builders/staff.js';
import { builtPages } from './support/built-pages.js';
import { bookToday, checkIn, findItem, seesCall, signUp } from './support/citizen-acts.js';
import { HallActs } from './support/hall-acts.js';
import { Phone } from './support/phone.js';
import { keepPicture } from './support/pictures.js';
import { devices, newStage, type Stage } from './support/stage.js';

let stage: Stage;
let hall: HallActs;
beforeAll(async () => {
  stage = await newStage();
  hall = new HallActs(stage.world);
  await hall.openDesk();
}, 300_000);
afterAll(() => stage?.close());

describe('when the line is cut', () => {
  it('a phone that lost its network on the ticket page shows the call by itself once it is back', async () => {
    const screen = await stage.screen(devices.phone);
    const phone = await Phone.of(stage, screen.page);
    await signUp(phone);
    await findItem(phone);
    await bookToday(phone);
    const label = await checkIn(phone);
    screen.expectCutLines();
    await screen.page.context().setOffline(true);
    await hall.call(label);
    // What it knew stays to be read.
    await phone.sees('下一位就是您');
    await screen.page.context().setOffline(false);
    await seesCall(phone, label, /^13 号/);
    expect(screen.complaints).toEqual([]);
  }, 90_000);

  it('a display says that it is reconnecting while the server restarts, and then goes on with what is new', async () => {
    const { world } = stage;
    const screen = await stage.screen(devices.display);
    const { page } = screen;
    await page.goto(`${world.baseUrl}/hall/display/${cityIds.hall('RC-SM')}`);
    await page.getByRole('row', { name: /社保医保.*等 0 人/ }).waitFor();
    screen.expectCutLines();
    await world.app.close();
    await page.getByText('正在重连').waitFor();
    await keepPicture(page, 'display-reconnecting');
    const { host, port } = world.config.http;
    const again = await createApp(world.config, { clock: new SystemClock(), pages: await builtPages() });
    try {
      await again.listen(port, host);
      // Through the new server: the old one's connections are gone.
      const { queue } = demoStaff(world, 'clerk01').client;
      const [deskId, itemId] = [cityIds.desk('RC-SM', 1), cityIds.item('social-security-card')];
      await queue.issueTicket({ requestId: requestId(), itemId });
      await queue.issueTicket({ requestId: requestId(), itemId });
      await queue.openDesk({ deskId });
      await queue.callNext({ deskId, requestId: requestId() });
      await page.getByText('正在重连').waitFor({ state: 'hidden' });
      await page.getByRole('row', { name: /社保医保.*等 1 人/ }).waitFor();
      await page.locator('.call', { hasText: 'B001' }).waitFor();
    } finally {
      await page.context().close();
      await again.close();
    }
    expect(screen.complaints).toEqual([]);
  }, 90_000);
});
