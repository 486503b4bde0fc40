import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../apps/api/src/common/id.js';
import { newCitizen, idNumberOf, type TestCitizen } from '../../support/builders/citizen.js';
import { cityIds, seedCity } from '../../support/builders/city.js';
import { HOME } from '../../support/builders/delivery.js';
import { ShiftedClock } from '../../support/builders/payment.js';
import { newStaff } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';
import { operations, type Operation } from './operations.js';
import { sampleOf, type Input } from './samples.js';
import { codeOf, send, toRawCall } from './send.js';
import { newThread, type Thread } from './thread.js';

/** Fields that name a record under another name, by operation. */
const aliases: Readonly<Record<string, Readonly<Record<string, keyof Thread['records']>>>> = {
  'ratings.rate': { subjectId: 'ticketId' },
};
interface Try {
  readonly operation: Operation;
  /** The field that names somebody else's record. */
  readonly field: string;
  readonly record: keyof Thread['records'];
}

const recordNames = [
  'bookingId',
  'ticketId',
  'deskId',
  'caseId',
  'paymentId',
  'deliveryId',
  'waybillNo',
] as const;

const tries: readonly Try[] = operations.flatMap((operation) => {
  const { audience, input } = operation.endpoint;
  if (audience !== 'citizen' && !audience.startsWith('staff:')) return [];
  const { shape = {} } = input as unknown as { shape?: Record<string, unknown> };
  const renamed = aliases[operation.id] ?? {};
  return Object.keys(shape).flatMap((field): Try[] => {
    const record = renamed[field] ?? recordNames.find((name) => name === field);
    // A number that is only compared with the record's own opens nothing.
    const opens = field.endsWith('Id') || operation.inPath.includes(field);
    return record && opens ? [{ operation, field, record }] : [];
  });
});
const ofCitizens = tries.filter(({ operation }) => operation.endpoint.audience === 'citizen');
const ofStaff = tries.filter(({ operation }) => operation.endpoint.audience !== 'citizen');
const named = (list: readonly Try[]) => list.map((each) => [each.operation.id, each.field, each] as const);

describe("another's record", () => {
  let world: World;
  let thread: Thread;
  let stranger: TestCitizen;
  let tokens: Record<'stranger' | 'otherClerk' | 'otherManager' | 'otherCourier' | 'manager', string>;
  let ownDeskId: string;
  beforeAll(async () => {
    const clock = new ShiftedClock();
    world = await newWorld({ simulators: true, clock });
    await seedCity(world);
    const citizen = { name: '欧阳云霁', idNumber: idNumberOf(7, '19880308'), phone: '15400007777' };
    const walkIn = { name: '慕容听澜', idNumber: idNumberOf(8, '19770707'), phone: '15400008888' };
    thread = await newThread(world, clock, { citizen, receiver: HOME, walkIn });
    stranger = await newCitizen(world);
    const other = cityIds.hall('RC-XZ');
    const staff = {
      otherClerk: await newStaff(world, other),
      otherManager: await newStaff(world, other, 'manager'),
      otherCourier: await newStaff(world, other, 'courier_desk'),
      manager: await newStaff(world, cityIds.hall('RC-SM'), 'manager'),
    };
    const [desk] = (await staff.otherManager.api.queue.listDesks()).items;
    ownDeskId = desk?.id ?? '';
    await staff.otherManager.api.queue.openDesk({ deskId: ownDeskId });
    tokens = {
      stranger: await world.token(stranger.actor),
      otherClerk: await world.token(staff.otherClerk),
      otherManager: await world.token(staff.otherManager),
      otherCourier: await world.token(staff.otherCourier),
      manager: await world.token(staff.manager),
    };
  });
  afterAll(() => world.close());

  /** A whole, valid input in which one field names the thread's record and the others, where they can, the caller's own. */
  const inputOf = ({ operation, field, record }: Try, own: Input = {}): Input => {
    const sample = sampleOf(operation);
    const others = Object.keys(sample).filter((key) => key in own);
    return {
      ...sample,
      ...Object.fromEntries(others.map((key) => [key, own[key]])),
      ...('requestId' in sample ? { requestId: `req-${newId()}` } : {}),
      [field]: thread.records[record],
    };
  };
  const ask = async (each: Try, token: string, own?: Input) => {
    const answer = await send(world, toRawCall(each.operation, inputOf(each, own), token));
    return answer.status < 400 ? String(answer.status) : `${answer.status} ${codeOf(answer) ?? ''}`;
  };

  /** What the thread's own people see of it. */
  const whole = async () => {
    const { bookingId, ticketId, caseId, paymentId, deliveryId } = thread.records;
    const { client } = thread.citizen;
    const { timeline, state } = await client.cases.getMine({ caseId });
    return JSON.stringify([
      await client.booking.getMine({ bookingId }),
      (await client.queue.getMine({ ticketId })).state,
      [timeline, state],
      await client.payment.get({ paymentId }),
      (await client.delivery.getMine({ deliveryId })).state,
      await client.ratings.listMine(),
    ]);
  };

  it('is named by many operations, so that these tests test something', () => {
    expect(ofCitizens.length).toBeGreaterThan(12);
    expect(ofStaff.length).toBeGreaterThan(25);
    expect(new Set(tries.map(({ record }) => record))).toEqual(new Set(recordNames));
  });

  it.each(named(ofCitizens))('is not there for another citizen: %s by %s', async (_id, _field, each) => {
    const before = await whole();
    expect(await ask(each, tokens.stranger)).toBe('404 NOT_FOUND');
    expect(await whole()).toBe(before);
  });

  it.each(named(ofStaff))("is not there for another hall's staff: %s by %s", async (_id, _field, each) => {
    const before = await whole();
    const { audience } = each.operation.endpoint;
    const own = { deskId: ownDeskId };
    expect(await ask(each, tokens.otherManager, own)).toBe('404 NOT_FOUND');
    if (audience === 'staff:clerk')
      expect(await ask(each, tokens.otherClerk, own)).toMatch(/^404 NOT_FOUND|^409/);
    if (audience === 'staff:courier_desk') expect(await ask(each, tokens.otherCourier)).toBe('404 NOT_FOUND');
    expect(await whole()).toBe(before);
  });

  it.each(named(tries))('is there for whom it belongs to: %s by %s', async (_id, _field, each) => {
    const token =
      each.operation.endpoint.audience === 'citizen'
        ? await world.token(thread.citizen.actor)
        : tokens.manager;
    const answer = await ask(each, token, thread.records);
    expect(answer).not.toMatch(/^404|^500|VALIDATION_FAILED/);
    if (each.operation.endpoint.method === 'GET') expect(answer).toBe('200');
  });
});
