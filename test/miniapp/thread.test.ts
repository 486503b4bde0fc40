import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHall, newPerson, slotAt, type TestHall } from '../support/builders/booking.js';
import { idNumberOf, newCitizen } from '../support/builders/citizen.js';
import { newOpenDesk } from '../support/builders/queue.js';
import { newWorld, type World } from '../support/world.js';
import { WeappHost } from './support/host.js';
import { acceptAll, signedIn, startedHost } from './support/person.js';
import { buildWeapp, dist } from './support/weapp.js';

let world: World;
let hall: TestHall;
let host: WeappHost;
beforeAll(async () => {
  await buildWeapp();
  world = await newWorld({ simulators: true });
  hall = await newHall(world, { places: 1 });
}, 240_000);
afterAll(() => world.close());
afterEach(() => {
  host.close();
  // Largest update of whatever the test did: it crosses from one thread of the phone to the other.
  expect(Math.max(...host.updates)).toBeLessThan(64 * 1024);
});

describe('signing in', () => {
  it('asks for consent first, then goes on to the real name, and remembers the person', async () => {
    host = startedHost(world, { login: () => ({ code: 'demo-newcomer#1' }) });
    host.open('pages/home/index');
    await host.shows('登录后可以预约');
    await host.tap('act-sign-in');
    await host.shows('微信登录');
    await host.tap('act-login');
    await host.shows('请先阅读并勾选');
    expect(host.wx.callsOf('login')).toHaveLength(0);
    await host.tap('act-agree');
    await host.until('the tick', () => host.byClass('tick--on').length === 1);
    await host.tap('act-login');
    await host.shows('请填写本人信息');

    await host.type('name', '林晓');
    await host.type('id-number', '359901199003071230');
    await host.tap('act-save');
    await host.shows('身份证号有误');
    await host.type('id-number', idNumberOf(777));
    await host.tap('act-save');
    await host.until('back at home', () => host.page.route === 'pages/home/index');
    expect(host.wx.storage.get('hb:session')).toMatchObject({
      citizen: { realName: { nameMasked: '林*' }, consentVersion: '2026-12' },
    });
  });

  it('renews a run-out token once for all that asked with it', async () => {
    const citizen = await newCitizen(world);
    host = await signedIn(world, citizen, { accessToken: 'run-out' });
    host.open('pages/home/index');
    await host.shows('热门事项');
    await host.until('a new token', () => {
      const kept = host.wx.storage.get('hb:session') as { session: { accessToken: string } };
      return kept.session.accessToken !== 'run-out';
    });
    const renewals = host.wx
      .callsOf('request')
      .filter(({ url }) => String(url).endsWith('/api/session/refresh'));
    expect(renewals).toHaveLength(1);
  });
});

describe('the booking pages', () => {
  const query = () => `itemId=${hall.a.itemId}&hallId=${hall.hallId}`;
  const slots = () => host.elements().filter(({ uid }) => uid?.startsWith('slot-'));

  it('book a tapped slot and show its code, after asking for the messages in the tap', async () => {
    host = await signedIn(world, await newCitizen(world));
    host.open(`pages/booking/days/index?${query()}`);
    await host.until('slots', () => slots().length > 0);
    await host.tap('day-2026-07-15');
    await host.shows('09:00');
    await host.tap(slots()[0]);
    await host.shows('预约 明天 09:00');
    await host.tap('act-go-on');
    await host.shows('为您保留 0');
    await host.tap('act-reserve');
    await host.shows('预约成功');
    expect(host.wx.callsOf('requestSubscribeMessage')).toHaveLength(1);
    expect(host.text(host.find('booking-code'))).toMatch(/^[0-9A-Z]{6}$/);
    const drawn = host.byClass('qr')[0];
    expect(JSON.stringify(drawn)).toContain('data:image/svg+xml');

    await host.tap('act-cancel');
    await host.shows('已取消');
    expect(host.wx.callsOf('showModal')[0]).toMatchObject({ title: '取消 明天 09:00 的预约' });
  });

  it('offer the nearest time when the slot has gone to somebody else', async () => {
    const slot = await slotAt(world, { ...hall.a, hallId: hall.hallId, day: '2026-07-15', time: '10:00' });
    const other = await newPerson(world);
    await other.api.booking.reserve({
      requestId: 'somebody-quicker',
      itemId: hall.a.itemId,
      slotId: slot.id,
    });
    host = await signedIn(world, await newCitizen(world));
    host.open(`pages/booking/confirm/index?${query()}&day=2026-07-15&slotId=${slot.id}`);
    await host.shows('10:00 刚刚约满了，为您找到最近的');
    await host.shows('为您保留');
    await host.tap('act-reserve');
    await host.shows('预约成功');
  });
});

describe('the ticket and rating pages', () => {
  it('take a number, follow the calls live, and end in a rating', async () => {
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    host = await signedIn(world, await newCitizen(world));
    host.open(`pages/queue/take/index?itemId=${hall.a.itemId}&hallId=${hall.hallId}`);
    await host.shows('人在等');
    await host.until('it can be tapped', () => host.find('act-take')?.cl?.includes('button--off') === false);
    await host.tap('act-take');
    await host.shows('下一位就是您');
    const ticketId = host.page.options.id ?? '';

    await desk.call(ticketId);
    await host.shows('请到');
    expect(host.text(host.find('called'))).toMatch(/A\d{3}/);
    expect(host.wx.callsOf('vibrateLong')).toHaveLength(1);
    await desk.recall();
    await host.shows('第 2 次叫号');
    expect(host.wx.callsOf('vibrateLong')).toHaveLength(2);
    await desk.start();
    await host.shows('办理');
    await desk.finish();
    await host.shows('评价这次服务');

    await host.tap('act-rate');
    await host.shows('您对这次服务满意吗');
    expect(host.find('act-submit')?.cl).toContain('button--off');
    await host.tap('level-1');
    await host.shows('推诿扯皮');
    await host.tap('level-5');
    await host.shows('服务热情');
    await host.tap(host.byClass('chip').find((chip) => host.text(chip) === '服务热情'));
    await host.until('the tag', () => host.byClass('chip--on').length === 2);
    await host.type('comment', '很快');
    await host.shows('2/500');
    await host.tap('act-submit');
    await host.shows('谢谢您的评价');
    const mine = await world.client((await owner(host)).actor).ratings.listMine();
    expect(mine.items[0]).toMatchObject({ level: 5, tags: ['服务热情'], comment: '很快', anonymous: true });
  });

  it('leave the queue after a confirmation that names the number', async () => {
    host = await signedIn(world, await newCitizen(world));
    host.open(`pages/queue/take/index?itemId=${hall.a.itemId}&hallId=${hall.hallId}`);
    await host.until('it can be tapped', () => host.find('act-take')?.cl?.includes('button--off') === false);
    await host.tap('act-take');
    await host.until('the ticket', () => host.find('act-leave'));
    await host.tap('act-leave');
    await host.shows('您已放弃这个号');
    expect(host.wx.callsOf('showModal')[0]?.title).toMatch(/^放弃 A\d{3} 号$/);
  });
});

describe('for a screen reader', () => {
  it('buttons say that they are buttons, through the attribute that the template hands on', async () => {
    host = startedHost(world);
    host.open('pages/home/index');
    await host.shows('登录后可以预约');
    const template = readFileSync(join(dist, 'base.wxml'), 'utf8');
    const [, role = ''] = /<view [^>]*aria-role="{{i\.(p\d+)}}"/.exec(template) ?? [];
    expect(host.find('act-sign-in')?.[role]).toBe('button');
  });
});

describe('without a network', () => {
  it('a page says so and tries again on a tap', async () => {
    host = new WeappHost(dist, { apiUrl: 'http://127.0.0.1:9', answers: acceptAll }).launch();
    host.open('pages/account/about/index');
    await host.shows('网络不通，请检查手机的网络后再试。');
    const before = host.wx.callsOf('request').length;
    await host.tap(host.byClass('button').find((button) => host.text(button) === '重试'));
    await host.until('another request', () => host.wx.callsOf('request').length > before);
  });
});

async function owner(of: WeappHost) {
  const { citizen } = of.wx.storage.get('hb:session') as { citizen: { id: string } };
  return Promise.resolve({ actor: { kind: 'citizen', citizenId: citizen.id } as const });
}
