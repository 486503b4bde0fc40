import { PassThrough } from 'node:stream';
import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import {
  newHall,
  newItem,
  requestId,
  slotAt,
  staffOf,
  type TestHall,
} from '../../support/builders/booking.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { authorise, authoriseByDesk } from '../../support/builders/people.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-15';
const HOME = '江滨区望江大道 88 号 3 栋 502';
const rule = {
  weekdays: [1, 2, 3, 4, 5],
  from: 540,
  to: 600,
  slotMinutes: 15,
  desksPublic: 6,
  desksInternal: 9,
  windowFromDays: 0,
  windowToDays: 13,
};

let world: World;
let log = '';
let hall: TestHall;
let itemId: string;
const clerk = () => staffOf(hall.hallId);
let desk: Client;
beforeAll(async () => {
  const sink = new PassThrough();
  sink.on('data', (chunk: Buffer) => (log += chunk.toString()));
  world = await newWorld({ log: sink, logLevel: 'trace' });
  hall = await newHall(world, { places: 20, moreRules: [{ ...rule, id: 'home', kind: 'home' }] });
  const { hallId, departmentId, a } = hall;
  const kinds: ('window' | 'home')[] = ['window', 'home'];
  itemId = await newItem(world, { hallId, departmentId, queueId: a.queueId, name: '养老认证', kinds });
  world.get(GuideService).invalidate();
  desk = world.client(clerk());
});
afterAll(() => world.close());

async function homeSlot(): Promise<string> {
  const { items } = await world
    .client()
    .booking.listSlots({ hallId: hall.hallId, itemId, day: DAY, kind: 'home' });
  return items.find(({ remaining }) => remaining > 0)?.id ?? '';
}
const windowSlot = async (time = '10:00') =>
  (await slotAt(world, { hallId: hall.hallId, itemId, day: DAY, time })).id;

async function atHome({ client }: TestCitizen): Promise<string> {
  const { id } = await client.booking.hold({ requestId: requestId(), itemId, slotId: await homeSlot() });
  await client.booking.confirm({ bookingId: id, address: HOME });
  return id;
}
const atWindow = async ({ client }: TestCitizen, authorisationId?: string) =>
  client.booking.reserve({
    requestId: requestId(),
    itemId,
    slotId: await windowSlot(),
    ...(authorisationId && { authorisationId }),
  });
const looks = (bookingId: string) =>
  world.dataSource.manager.findBy(AuditEntity, { action: 'booking.read-contact', subjectId: bookingId });

describe('the contact of a booking', () => {
  it('is the account’s name and phone, and the address that was given for a visit at home', async () => {
    const citizen = await newCitizen(world, { name: '陈秀梅' });
    const bookingId = await atHome(citizen);
    expect(await desk.hallBookings.readContact({ bookingId })).toEqual({
      name: '陈秀梅',
      phone: citizen.phone,
      agentName: null,
      address: HOME,
    });
  });

  it('is what the desk took down for somebody without an account', async () => {
    const booked = await desk.hallBookings.book({
      requestId: requestId(),
      slotId: await homeSlot(),
      itemId,
      channel: 'call',
      person: { name: '林秀英', idNumber: idNumberOf(901), phone: '15400005678' },
      address: HOME,
    });
    expect(await desk.hallBookings.readContact({ bookingId: booked.id })).toEqual({
      name: '林秀英',
      phone: '15400005678',
      agentName: null,
      address: HOME,
    });
  });

  it('says that there is no phone where nobody left one', async () => {
    const booked = await desk.hallBookings.book({
      requestId: requestId(),
      slotId: await windowSlot(),
      itemId,
      channel: 'desk',
      person: { name: '林阿水', idNumber: idNumberOf(902) },
    });
    expect(await desk.hallBookings.readContact({ bookingId: booked.id })).toEqual({
      name: '林阿水',
      phone: null,
      agentName: null,
      address: null,
    });
  });

  it('is the own phone of the person for whom somebody booked', async () => {
    const agent = await newCitizen(world, { name: '周建国' });
    const principal = await newCitizen(world, { name: '周老太' });
    const { id } = await atWindow(agent, (await authorise(principal, agent)).id);
    expect(await desk.hallBookings.readContact({ bookingId: id })).toMatchObject({
      name: '周老太',
      phone: principal.phone,
      agentName: null,
    });
  });

  it('names who booked where the person has no phone and theirs has to be rung', async () => {
    const agent = await newCitizen(world, { name: '周建国' });
    const staff = await newStaff(world, { role: 'clerk', hallId: hall.hallId });
    const elder = { name: '周太公', idNumber: idNumberOf(903, '19400101') };
    const { id } = await atWindow(agent, (await authoriseByDesk(staff, agent, elder)).id);
    expect(await desk.hallBookings.readContact({ bookingId: id })).toEqual({
      name: '周太公',
      phone: agent.phone,
      agentName: '周建国',
      address: null,
    });
  });

  it('keeps the address to itself once the visit is not at home any more', async () => {
    const bookingId = await atHome(await newCitizen(world));
    await desk.hallBookings.move({
      bookingId,
      requestId: requestId(),
      slotId: await windowSlot('11:00'),
      reason: '本人改到窗口来办',
    });
    expect(await desk.hallBookings.readContact({ bookingId })).toMatchObject({ address: null });
  });
});

describe('a look at the contact of a booking', () => {
  it('is recorded each time with who looked at which booking, and with nothing of what was seen', async () => {
    const citizen = await newCitizen(world, { name: '陈秀梅' });
    const bookingId = await atHome(citizen);
    const [first, second] = [clerk(), staffOf(hall.hallId, 'manager')];
    await world.client(first).hallBookings.readContact({ bookingId });
    await world.client(second).hallBookings.readContact({ bookingId });
    const rows = await looks(bookingId);
    expect(rows).toHaveLength(2);
    expect(rows.map(({ actorId }) => actorId).sort()).toEqual([first.staffId, second.staffId].sort());
    expect(rows[0]).toMatchObject({ actorKind: 'staff', actorName: '测试员', subjectKind: 'booking' });
    for (const seen of [HOME, citizen.phone, '陈秀梅']) expect(JSON.stringify(rows)).not.toContain(seen);
  });

  it('of another hall’s booking shows nothing, as if there were no such booking', async () => {
    const bookingId = await atHome(await newCitizen(world));
    const elsewhere = world.client(staffOf((await newHall(world)).hallId, 'manager'));
    await expect(elsewhere.hallBookings.readContact({ bookingId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await looks(bookingId)).toEqual([]);
  });

  it('leaves nothing in a cache or a log, and every other answer masked', async () => {
    const citizen = await newCitizen(world, { name: '欧阳明月' });
    const bookingId = await atHome(citizen);
    const answer = await world.request(`/api/hall/bookings/${bookingId}/contact`, {
      headers: { authorization: `Bearer ${await world.token(clerk())}` },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toContain(HOME);
    const others = JSON.stringify([
      await desk.hallBookings.get({ bookingId }),
      await desk.hallBookings.list({ q: citizen.phone.slice(-4) }),
      await desk.hallBookings.history({ bookingId }),
      await citizen.client.booking.getMine({ bookingId }),
    ]);
    expect(log).toContain('/contact');
    for (const shown of [others, log])
      for (const secret of [HOME, citizen.phone, '欧阳明月']) expect(shown).not.toContain(secret);
  });

  it('stops for who looks faster than anybody rings', async () => {
    const bookingId = await atHome(await newCitizen(world));
    const collector = world.client(clerk());
    for (let n = 0; n < 30; n++) await collector.hallBookings.readContact({ bookingId });
    await expect(collector.hallBookings.readContact({ bookingId })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(await looks(bookingId)).toHaveLength(30);
  });
});
