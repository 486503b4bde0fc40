// The public list of a day's times under load, beside a bare Fastify route with the same bytes; how old a list may be while another
// process books; and what a list costs when the day has many bookings.
import { freePort } from '../lib/ports.mjs';
import { say, step } from '../lib/log.mjs';
import { startChild } from './child.mjs';
import { newCity, slotsOf } from './city.mjs';
import { median, quantile, round } from './statistics.mjs';

const SLOTS = 16;
const CONNECTIONS = 64;
const script = (name) => new URL(name, import.meta.url);

const usual = { rounds: 5, forSeconds: 3, few: 10, many: 10_000, changes: 40, growthRounds: 60 };
const small = { ...usual, rounds: 2, forSeconds: 1.5, changes: 10, growthRounds: 20 };

export async function slots(stack, { quick = false, nodeArguments } = {}) {
  const size = quick ? small : usual;
  const city = await newCity(stack.env, { desk: { slotMinutes: 30, slots: SLOTS, places: 1_000 } });
  let people = [];
  await step('citizens', async () => {
    people = await city.citizens(size.few + size.many + size.changes);
  });
  const api = await stack.startApi(nodeArguments);
  const other = await stack.startApi();
  const child = (name, more) => startChild(script(`${name}.mjs`), { lock: stack.lock, name, ...more });
  const bench = { city, size, people, api, other, phones: child('phones'), itemId: city.itemIds.desk };

  const speed = await race(bench, child('bare'));
  const staleMs = await watch(bench);
  const growth = await grow(bench, child('growth', { env: { ...process.env, ...stack.env, PORT: '0' } }));
  await city.close();
  return { bench: 'slots', ...speed, growth, staleMs };
}

const pathOf = ({ city, itemId }, day) => `/api/items/${itemId}/halls/${city.hallId}/days/${day}/slots`;

/** Product and floor by turns, with the same load on the same bytes. */
async function race(bench, bare) {
  const { city, size, api, phones } = bench;
  const path = pathOf(bench, city.days[0]);
  await slotsOf(api.port, { hallId: city.hallId, itemId: bench.itemId, day: city.days[0] });
  const body = await (await fetch(`http://127.0.0.1:${api.port}${path}`)).text();
  const port = await freePort();
  await bare.run({ port, body });
  const run = async (job, forSeconds = size.forSeconds) => {
    const { seconds, ms, statuses } = await phones.run({
      kind: 'repeat',
      connections: CONNECTIONS,
      forSeconds,
      ...job,
    });
    if (Object.keys(statuses).join() !== '200') throw new Error(`Answers: ${JSON.stringify(statuses)}`);
    return { perS: ms.length / seconds, p99: quantile(ms, 0.99) };
  };
  const [product, floor] = [
    { ports: [api.port], path },
    { ports: [port], path: '/' },
  ];
  await run(product, 1);
  await run(floor, 1);
  const rounds = [];
  for (let index = 0; index < size.rounds; index++) {
    const [below, ours] = [await run(floor), await run(product)];
    rounds.push({ below, ours });
    say(
      `  slots ${index + 1}/${size.rounds}: ${round(ours.perS)} lists/s, floor ${round(below.perS)}/s; × ${round(ours.perS / below.perS, 2)}`,
    );
  }
  const perS = median(rounds.map(({ ours }) => ours.perS));
  const floorPerS = median(rounds.map(({ below }) => below.perS));
  const p99Ms = round(median(rounds.map(({ ours }) => ours.p99)), 1);
  const result = { perS: round(perS), floorPerS: round(floorPerS), ratio: round(perS / floorPerS, 2), p99Ms };
  say(
    `slots: ${result.perS}/s of ${Buffer.byteLength(body)} bytes, floor ${result.floorPerS}/s, ratio ${result.ratio}, p99 ${p99Ms} ms`,
  );
  return result;
}

/**
 * One process is asked by everybody, another books. Resolves the longest time from the answer to a booking until the first process
 * shows it: its list is read again and again, beside the load, until it does.
 */
async function watch(bench) {
  const { city, size, people, api, other, phones } = bench;
  const day = city.days[0];
  const at = { hallId: city.hallId, itemId: bench.itemId, day };
  const load = phones.run({
    kind: 'repeat',
    ports: [api.port],
    path: pathOf(bench, day),
    connections: CONNECTIONS,
    forSeconds: size.changes * 0.15,
  });
  const [slot] = await slotsOf(other.port, at);
  const waits = [];
  for (const [index, person] of people.slice(0, size.changes).entries()) {
    const answer = await reserve(other.port, person, { itemId: bench.itemId, slotId: slot.id });
    if (answer.status !== 200) throw new Error(`Not booked: ${await answer.text()}`);
    const booked = performance.now();
    const wanted = slot.remaining - index - 1;
    while ((await slotsOf(api.port, at))[0].remaining > wanted) continue;
    waits.push(performance.now() - booked);
  }
  await load;
  const longest = round(Math.max(...waits), 1);
  say(
    `slots: a booking of another process shows after ${round(median(waits), 1)} ms, at most ${longest} ms (${waits.length} changes under load)`,
  );
  return longest;
}

function reserve(port, { citizenId, token }, { itemId, slotId }) {
  return fetch(`http://127.0.0.1:${port}/api/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ requestId: `watch-${citizenId}`, itemId, slotId }),
  });
}

/** A day with many bookings against one with few, none of its answers kept. */
async function grow(bench, child) {
  const { city, size, people, api, phones, itemId } = bench;
  const [, fewDay, manyDay] = city.days;
  const rest = people.slice(size.changes);
  await step(`${size.few} and ${size.many} bookings`, async () => {
    await fill(fewDay, rest.slice(0, size.few));
    await fill(manyDay, rest.slice(size.few));
  });

  async function fill(day, list) {
    const open = await slotsOf(api.port, { hallId: city.hallId, itemId, day });
    const wishes = list.map(({ citizenId, token }, index) => ({
      ...{ token, itemId, requestId: `grow-${citizenId}`, slotId: open[index % open.length].id },
    }));
    const { answers } = await phones.run({
      kind: 'book',
      ports: [api.port],
      connections: 200,
      phones: wishes,
    });
    const failed = answers.find(({ status }) => status !== 200);
    if (failed) throw new Error(`Not booked: ${JSON.stringify(failed)}`);
  }

  const [few, many] = await child.run({
    itemId,
    hallId: city.hallId,
    days: [fewDay, manyDay],
    rounds: size.growthRounds,
  });
  const growth = round(many / few, 2);
  say(
    `slots: a list costs ${round(few, 2)} ms with ${size.few} bookings and ${round(many, 2)} ms with ${size.many}; × ${growth}`,
  );
  return growth;
}
