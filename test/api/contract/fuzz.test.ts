import { connect } from 'node:net';
import type { Audience } from '@haoban/contracts';
import { isErrorCode } from '@haoban/domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import type { CitizenActor, StaffActor } from '../../../apps/api/src/common/actor.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { seedCity } from '../../support/builders/city.js';
import { newStaff } from '../../support/builders/staff.js';
import { checkAnswer } from '../../support/checked-client.js';
import { newWorld, type World } from '../../support/world.js';
import { brokenCalls, mutated } from './mutations.js';
import { operations, type Operation } from './operations.js';
import { inputsOf, type Input } from './samples.js';
import { codeOf, send, toRawCall, type RawAnswer, type RawCall } from './send.js';

/** Of each operation: so many inputs that may be right, so many with a field changed, so many broken calls. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 8);
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_714);

/** Traces of a program in an answer: a stack, a statement, a driver's or a parser's own words. */
const INTERNALS =
  /\bat .+:\d+:\d+|node_modules|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s|\bER_[A-Z_]+|\b[A-Z]\w+(Error|Exception)\b|[Uu]nexpected token|\.[jt]s\b/;

/** Only where an outside party is asked may that party be the reason. */
const outside = ({ endpoint }: Operation): readonly string[] =>
  endpoint.errors.filter((code) => /_UNAVAILABLE$/.test(code));

describe('whatever is sent', () => {
  let world: World;
  let redis: Redis;
  const actors = new Map<Audience, CitizenActor | StaffActor>();
  const ids: string[] = [];
  beforeAll(async () => {
    world = await newWorld({ simulators: true, jobs: false });
    await seedCity(world);
    redis = world.get(Redis);
    const citizen = await newCitizen(world);
    const manager = await newStaff(world, { role: 'manager' });
    const admin = await newStaff(world, { role: 'admin', hallId: null });
    actors.set('citizen', citizen.actor);
    for (const role of ['clerk', 'courier_desk', 'manager', 'display', 'any'] as const) {
      actors.set(`staff:${role}`, manager.actor);
    }
    actors.set('staff:admin', admin.actor);
    ids.push(...(await knownIds(world)));
  });
  afterAll(() => world.close());

  const tokenFor = async ({ endpoint }: Operation) => {
    const actor = actors.get(endpoint.audience);
    return actor && (await world.token(actor));
  };

  /** Else the limits, and not what is behind them, would answer. */
  const forgetLimits = async () => {
    const prefix = world.config.redis.prefix;
    const keys = await redis.keys(`${prefix}rate:*`);
    if (keys.length > 0) await redis.unlink(...keys.map((key) => key.slice(prefix.length)));
  };

  const answers = async (operation: Operation, call: RawCall) => {
    const answer = await send(world, call);
    if (codeOf(answer) === 'RATE_LIMITED') await forgetLimits();
    checkRefusal(operation, call, answer);
    const { id, endpoint } = operation;
    // A broken address may lead to another route, which has another contract.
    const astray = answer.status < 400 && call.path.split('?', 1)[0]?.includes('..');
    if (!astray) checkAnswer({ operation: id, method: endpoint.method, path: call.path }, answer);
  };

  const property = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(arbitrary, check), {
      seed: SEED,
      numRuns: RUNS,
      endOnFailure: true,
      interruptAfterTimeLimit: 25_000,
    });

  it.each([
    ['an address of 20 KB', `GET /api/items?q=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 413],
    ['a header of 20 KB', `GET /api/items HTTP/1.1\r\nhost: a\r\nx-a: ${'x'.repeat(20_000)}\r\n\r\n`, 413],
    ['what is no HTTP', 'HELLO\r\n\r\n', 400],
  ])('is refused in the usual form where it is %s', async (_what, bytes, status) => {
    const text = await exchange(new URL(world.baseUrl), bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as Record<string, string>;
    expect(Object.keys(body)).toEqual(['code', 'message', 'requestId']);
  });

  describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_id, operation) => {
    /** Random ids find nothing; some of them are of records that exist. */
    const inputs = fc
      .tuple(inputsOf(operation), fc.nat(), fc.boolean())
      .map(([input, pick, real]) => (real ? withIds(input, ids, pick) : input));

    it('takes what its schema takes, or refuses by a code of its own', async () => {
      const token = await tokenFor(operation);
      await property(inputs, (input) => answers(operation, toRawCall(operation, input, token)));
    });

    it('refuses odd values in any field', async () => {
      const token = await tokenFor(operation);
      const changedInputs = inputs.chain(mutated);
      await property(changedInputs, (input) => answers(operation, toRawCall(operation, input, token)));
    });

    it('refuses broken paths, queries, bodies and content types', async () => {
      const token = await tokenFor(operation);
      const calls = inputs.chain((input) => brokenCalls(operation, input, token));
      await property(calls, (call) => answers(operation, call));
    });
  });
});

/** @returns all that the server says until it closes the connection */
function exchange({ hostname, port }: URL, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(said));
  });
}

function checkRefusal(operation: Operation, call: RawCall, { status, text, body }: RawAnswer): void {
  if (status < 400) return;
  const shown = `${operation.id}: ${call.method} ${call.path.slice(0, 300)} ${(call.body ?? '').slice(0, 300)} → ${status} ${text.slice(0, 500)}`;
  const { code = '', message, requestId, ...rest } = body as Record<string, string>;
  const problems = [
    !isErrorCode(code) && 'no code of the catalogue',
    status >= 500 && !outside(operation).includes(code) && 'a failure of ours',
    !/[一-鿿]/.test(message ?? '') && 'no Chinese text',
    !requestId && 'no request id',
    Object.keys(rest).some((key) => key !== 'details') && 'more fields than an error has',
    INTERNALS.test(text) && 'internals in the text',
  ].filter(Boolean);
  if (problems.length > 0) throw new Error(`${problems.join(', ')}: ${shown}`);
}

function withIds(input: Input, ids: readonly string[], pick: number): Input {
  let next = pick;
  const isId = (value: unknown) => typeof value === 'string' && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(value);
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, isId(value) ? ids[next++ % ids.length] : value]),
  );
}

/** A hall, an item that it offers, and one of its materials: more than once, so that they meet in one input. */
async function knownIds(world: World): Promise<string[]> {
  const api = world.client();
  const { items: halls } = await api.guide.listHalls();
  const { items } = await api.guide.listItems({ hallId: halls[0]?.id });
  const item = await api.guide.getItem({ itemId: items[0]?.id ?? '' });
  return [halls[0]?.id ?? '', item.id, item.materials[0]?.id ?? item.id, item.places[0]?.queueId ?? item.id];
}
