import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestId, slotAt } from '../support/builders/booking.js';
import { cityIds } from '../support/builders/city.js';
import { newCitizen } from '../support/builders/citizen.js';
import { authoriseForCompany } from '../support/builders/people.js';
import { demoStaff } from '../support/builders/staff.js';
import { fillDay } from './support/full-days.js';
import { Looks } from './support/looks.js';
import { letPass } from './support/opening-hours.js';
import { phoneOf } from './support/signed-in.js';
import { newStage, type Stage } from './support/stage.js';
import { flows } from './support/steps.js';

const hallId = cityIds.hall('RC-SM');
const idCard = cityIds.item('id-card-renew');
const daysOf = (hall: string, itemId: string, day: string) =>
  `pages/booking/days/index?itemId=${itemId}&hallId=${hall}&day=${day}`;

/** In WeChat's place: no message may be sent. */
const NO_MESSAGES = '不用了';

let stage: Stage;
const looks = new Looks('visit');
beforeAll(async () => {
  stage = await newStage();
}, 300_000);
afterAll(() => stage?.close());

/** Content lines as a calendar reads them (RFC 5545 §3.1 and §3.3.11): unfolded, and texts without their escapes. */
function linesOf(ics: string): Map<string, string> {
  const lines = ics.replace(/\r\n /g, '').split('\r\n');
  return new Map(
    lines
      .filter((line) => line.includes(':'))
      .map((line) => {
        const at = line.indexOf(':');
        const text = line.slice(at + 1).replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
        return [line.slice(0, at), text] as const;
      }),
  );
}

/** `20260716T020000Z` as the clock on the wall of the hall shows it. */
function wallClock(utc = ''): string {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00Z$/.exec(utc) ?? [];
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return instant.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16);
}

describe('the visit', () => {
  const flow = flows(120_000, () => stage.keepAll());

  flow('goes into the phone’s calendar with its name, its time and where it is', async () => {
    const citizen = await newCitizen(stage.world);
    const { id: slotId } = await slotAt(stage.world, {
      ...{ hallId, itemId: idCard, day: '2026-07-16', time: '10:00' },
    });
    const { id, code, hallName, itemName, place } = await citizen.client.booking.reserve({
      ...{ requestId: requestId(), itemId: idCard, slotId },
    });
    const phone = await phoneOf(stage, citizen);
    await phone.open(`pages/booking/detail/index?id=${id}`);
    const arriving = phone.page.waitForEvent('download');
    await phone.tap('加到手机日历，到时提醒我');
    const file = await arriving;
    await phone.sees('已下载日历文件，打开它就加到日历');
    expect(file.suggestedFilename()).toBe(`haoban-2026-07-16-${code.replace(/[^A-Z0-9]/gi, '')}.ics`);
    const ics = await readFile(await file.path(), 'utf8');
    const lines = linesOf(ics);
    expect(lines.get('SUMMARY')).toBe(`到${hallName}办理“${itemName}”`);
    expect([wallClock(lines.get('DTSTART')), wallClock(lines.get('DTEND'))]).toEqual([
      '2026-07-16 10:00',
      '2026-07-16 10:15',
    ]);
    const { address } = await citizen.client.guide.getHall({ hallId });
    expect(lines.get('LOCATION')).toBe(`${hallName}（${address}）${place}`);
    expect(lines.get('UID')).toBe(`${id}@haoban`);
    expect(ics.match(/^TRIGGER:.*$/gm)).toEqual(['TRIGGER:-P1D', 'TRIGGER:-PT60M']);
  });

  flow('of two persons takes two places of the same time', async () => {
    const citizen = await newCitizen(stage.world);
    const phone = await phoneOf(stage, citizen);
    const page = daysOf(hallId, idCard, '2026-07-17');
    await phone.open(page);
    const before = (await phone.button(/^14:00 余 \d+$/).getAttribute('aria-label')) ?? '';
    const places = Number(before.split(' ').at(-1));
    expect(places).toBeGreaterThanOrEqual(2);
    await phone.tap(/^办 1 件事/);
    await phone.tap('人数加一');
    await phone.sees('同一时间为各位分别留名额，请一起到场。');
    await looks.at(phone.page, 'group');
    await phone.tap('好了');
    await phone.button(/2 人/).waitFor();
    // Another visit has other days and times: both are chosen anew.
    await phone.tap(/^7月17日 周五 余/);
    await phone.tap(/^14:00 余 \d+$/);
    await phone.tap('预约 7月17日 周五 14:00');
    await phone.sees(/^为您保留/);
    await phone.sees('2 人一起来');
    await looks.at(phone.page, 'group-confirm');
    await phone.tap('确认预约');
    await phone.tap(NO_MESSAGES);
    await phone.sees('预约成功');
    await phone.sees('2 人');
    await looks.at(phone.page, 'group-card');
    expect((await citizen.client.booking.listMine({})).items).toMatchObject([
      { persons: 2, state: 'confirmed' },
    ]);
    const other = await phoneOf(stage, await newCitizen(stage.world));
    await other.open(page);
    await other.buttons(places === 2 ? '14:00 满' : `14:00 余 ${places - 2}`).waitFor();
  });

  flow('that one does not want from the waitlist is offered to whoever waits behind', async () => {
    const { world } = stage;
    const day = '2026-07-22';
    const itemId = cityIds.item('marriage');
    const [holding] = await fillDay(world, { hallId, itemId, day, times: ['10:00'] });
    const [first, second] = [await newCitizen(world), await newCitizen(world)];
    for (const { client } of [first, second])
      await client.waitlist.join({ requestId: requestId(), hallId, itemId, day });
    const placeComesBack = async () => {
      letPass(11);
      await world.runRepeat('booking.reopen-places');
      await world.drain();
    };
    await holding?.citizen.client.booking.cancel({ bookingId: holding.booking.id });
    await placeComesBack();

    const [phone, behind] = [await phoneOf(stage, first), await phoneOf(stage, second)];
    await behind.open('pages/booking/waitlist/index');
    await behind.sees('等候名额');
    await phone.open('pages/booking/waitlist/index');
    await phone.sees('有名额了');
    await phone.tap('不合适，给别人');
    await phone.tap(NO_MESSAGES);
    const question = phone.page.getByRole('dialog', { name: '放弃 10:00 的名额' });
    await question.waitFor();
    await looks.at(phone.page, 'decline-question');
    await question.getByRole('button', { name: '放弃名额' }).tap();
    await phone.sees('等候名额');
    await phone.button('下次轮到我时发消息').waitFor();
    await looks.at(phone.page, 'declined');

    await placeComesBack();
    await behind.open('pages/inbox/list/index');
    await behind.tap(/候补/);
    await behind.sees('这个名额正为您保留，确认了才算约上');
    await behind.open('pages/booking/waitlist/index');
    await behind.tap('就约 10:00');
    await behind.tap(NO_MESSAGES);
    await behind.sees(/^预约成功。/);
    expect((await second.client.booking.listMine({})).items).toMatchObject([{ day, state: 'confirmed' }]);
    expect((await first.client.waitlist.listMine({})).items).toMatchObject([{ state: 'waiting', passed: 1 }]);
  });

  flow('for a company shows the company’s name on its card', async () => {
    const { world } = stage;
    const company = '榕城青禾商贸有限公司';
    const citizen = await newCitizen(world);
    await authoriseForCompany(demoStaff(world, 'clerk11'), citizen, company);
    const phone = await phoneOf(stage, citizen);
    await phone.open(daysOf(cityIds.hall('RC-XZ'), cityIds.item('food-permit'), '2026-07-16'));
    await phone.tap(/^办 1 件事/);
    await phone.tap(`${company}，单位经办人`);
    await phone.tap('好了');
    await phone.button(/替别人办/).waitFor();
    await phone.tap(/^7月16日 周四 余/);
    await phone.tap(/^10:00 余/);
    await phone.tap('预约 7月16日 周四 10:00');
    await phone.sees(/^为您保留/);
    await looks.at(phone.page, 'company-confirm');
    await phone.tap('确认预约');
    await phone.tap(NO_MESSAGES);
    await phone.sees('预约成功');
    await phone.sees(company);
    await looks.at(phone.page, 'company-card');
    expect((await citizen.client.booking.listMine({})).items).toMatchObject([
      { forName: company, state: 'confirmed' },
    ]);
  });

  it('can be read, reached and tapped on every one of these pages, in each way of looking', () => {
    expect(looks.found).toEqual({});
    expect(stage.complaints()).toEqual([]);
  });
});
