import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { demoPassword } from '../../../apps/api/src/db/demo/index.js';
import { idNumberOf } from '../../support/builders/citizen.js';
import { seedCity } from '../../support/builders/city.js';
import { ShiftedClock } from '../../support/builders/payment.js';
import { demoStaff } from '../../support/builders/staff.js';
import { testKeys } from '../../support/test-config.js';
import { newWorld, type World } from '../../support/world.js';
import { newThread } from './thread.js';

const person = { name: '欧阳云霁', idNumber: idNumberOf(614, '19880308'), phone: '15498761234' };
const address = {
  name: '司徒望舒',
  phone: '15412349876',
  province: '福建省',
  city: '福州市',
  county: '鼓楼区',
  detail: '三坊巷 77 号 5 座 1203 室',
};
const walkIn = { name: '慕容听澜', idNumber: idNumberOf(377, '19770707'), phone: '15455556666' };

describe('what nobody may read afterwards', () => {
  let world: World;
  let log = '';
  /** What it is → how it reads. */
  const secrets = new Map<string, string>();
  beforeAll(async () => {
    const sink = new PassThrough();
    sink.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const clock = new ShiftedClock();
    world = await newWorld({ simulators: true, clock, log: sink, logLevel: 'trace' });
    await seedCity(world);
    const thread = await newThread(world, clock, { citizen: person, receiver: address, walkIn });
    await signInAndFail(world, thread.citizen.session, secrets);
    const { deskId } = thread.records;
    await signedStaff(world, secrets);
    await thread.desk.clerk.api.cases.listOfHall({ q: person.name });
    await thread.desk.clerk.api.booking.listOfDay({ q: person.name });
    await thread.desk.clerk.api.queue.desk({ deskId });
    await thread.courier.client.delivery.listOfHall({ q: address.name });
    const { caseNo } = await thread.citizen.client.cases.getMine({ caseId: thread.records.caseId });
    const wrong = { caseNo, idLast4: '0000' };
    await expect(world.client().cases.lookUp(wrong)).rejects.toMatchObject({ code: 'CASE_LOOKUP_FAILED' });
    await world.client().cases.lookUp({ caseNo, idLast4: person.idNumber.slice(-4) });
    await world.drain();
    for (const [what, text] of Object.entries(ownSecrets(world))) secrets.set(what, text);
  });
  afterAll(() => world.close());

  const found = (text: string) =>
    [...secrets]
      .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
      .map(([what]) => what);

  it('is looked for under every name that it has here', () => {
    for (const path of ['/api/hall/cases', '/api/deliveries', '/api/session/staff'])
      expect(log).toContain(path);
    expect([...secrets.values()].filter((secret) => secret.length < 4)).toEqual([]);
    expect(found(`${person.name} ${address.detail}`)).toEqual(['name', 'street']);
  });

  it('is in no line of the log, however much is logged', () => {
    expect(found(log)).toEqual([]);
  });

  it('is in no key of Redis and in no job', async () => {
    const text = await everythingInRedis(world);
    expect(text).toContain('rate:');
    expect(found(text)).toEqual([]);
  });

  it('is in no row of any table, the audit, the inbox and the outbox among them', async () => {
    const tables = await everyTable(world);
    expect(tables.map(({ name, rows }) => [name, rows.length > 2])).toEqual(
      expect.arrayContaining(
        ['audit_entry', 'inbox_message', 'outbox', 'ticket_event', 'case_event'].map((name) => [name, true]),
      ),
    );
    const open = tables.map(({ name, rows }) => [name, found(rows)]).filter(([, what]) => what?.length);
    expect(open).toEqual([]);
  });
});

/** A session of the application's own making, used and renewed; then the ways in which a sign-in fails. */
async function signInAndFail(
  world: World,
  session: { accessToken: string; refreshToken: string },
  secrets: Map<string, string>,
): Promise<void> {
  const { identity } = world.client();
  const renewed = await identity.refresh({ refreshToken: session.refreshToken });
  const own = world.clientWithToken(renewed.accessToken).identity;
  await own.setRealName({ name: person.name, idNumber: person.idNumber });
  await own.setPhone({ phone: person.phone });
  const other = { name: walkIn.name, idNumber: walkIn.idNumber };
  await expect(own.setRealName(other)).rejects.toMatchObject({ code: 'REAL_NAME_ALREADY_SET' });
  const wrong = `${walkIn.idNumber.slice(0, -1)}Y`;
  await expect(own.setRealName({ ...other, idNumber: wrong })).rejects.toMatchObject({
    code: 'ID_NUMBER_INVALID',
  });
  await world.request(`/api/cases?name=${encodeURIComponent(person.name)}&phone=${person.phone}`, {
    headers: { authorization: `Bearer ${renewed.accessToken}` },
  });
  secrets.set('access token', session.accessToken.split('.')[2] ?? '');
  secrets.set('refresh token', session.refreshToken);
  secrets.set('renewed access token', renewed.accessToken.split('.')[2] ?? '');
  secrets.set('renewed refresh token', renewed.refreshToken);
}

async function signedStaff(world: World, secrets: Map<string, string>): Promise<void> {
  const { username } = demoStaff(world, 'clerk01');
  const { identity } = world.client();
  const wrong = 'Wrong-password-77';
  await expect(identity.staffLogin({ username, password: wrong })).rejects.toMatchObject({
    code: 'CREDENTIALS_WRONG',
  });
  const { session } = await identity.staffLogin({ username, password: demoPassword });
  const newPassword = 'Brand-new-secret-9';
  const { identity: own } = world.clientWithToken(session.accessToken);
  await own.changePassword({ oldPassword: demoPassword, newPassword });
  secrets.set('password', demoPassword);
  secrets.set('wrong password', wrong);
  secrets.set('new password', newPassword);
  secrets.set('staff refresh token', session.refreshToken);
}

function ownSecrets({ config }: World): Record<string, string> {
  const body = (pem: string) => pem.split('\n')[3] ?? '';
  return {
    name: person.name,
    'ID number': person.idNumber,
    phone: person.phone,
    receiver: address.name,
    "receiver's phone": address.phone,
    street: address.detail,
    "walk-in's name": walkIn.name,
    "walk-in's ID number": walkIn.idNumber,
    "walk-in's phone": walkIn.phone,
    'JWT key': config.jwtSecret,
    'API v3 key': config.wechatpay.apiV3Key,
    'WeChat secret': config.wechat.secret,
    "merchant's key": body(readFileSync(`${testKeys().folder}/merchant-private.pem`, 'utf8')),
    'database password': new URL(config.database.url).password || 'no password here',
  };
}

async function everythingInRedis(world: World): Promise<string> {
  const redis = new Redis(world.config.redis.url);
  const texts: string[] = [];
  for await (const keys of redis.scanStream({ match: `*${world.config.redis.prefix}*` }) as AsyncIterable<
    string[]
  >) {
    for (const key of keys) texts.push(key, JSON.stringify(await valueOf(redis, key)));
  }
  redis.disconnect();
  return texts.join('\n');
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, 0, -1);
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      throw new Error(`${key} is a ${type}`);
  }
}

async function everyTable({ dataSource }: World): Promise<{ name: string; rows: string }[]> {
  const tables = await dataSource.query<{ name: string }[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  return Promise.all(
    tables.map(async ({ name }) => ({
      name,
      rows: JSON.stringify(await dataSource.query(`SELECT * FROM \`${name}\``)),
    })),
  );
}
