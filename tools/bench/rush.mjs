// A rush: phones fight for places over HTTP, with a commit on disk for every answer. Beside it, in the same minutes and on the same
// tables, the floor: bare mysql2 with one transaction per booking (floor.mjs).
import { say, step } from '../lib/log.mjs';
import { checkRush } from './check-rush.mjs';
import { startChild } from './child.mjs';
import { newCity, slotsOf } from './city.mjs';
import { compare, quantile, round } from './statistics.mjs';

const PLENTY = 1_000_000;
const SLOTS = 100;
const script = (name) => new URL(name, import.meta.url);

/** One for each core of a small server; a balancer spreads the phones. */
const APIS = 2;

const usual = {
  rounds: 5,
  // Until V8 has nothing left to compile: that takes a quarter of the api's time at first.
  warmUp: 30_000,
  phones: 10_000,
  connections: 1_200,
  floorBookings: 2_000,
  floorConnections: [8, 16, 32],
};
const small = { ...usual, rounds: 3, phones: 6_000 };

export async function rush(stack, { quick = false, nodeArguments } = {}) {
  const size = quick ? small : usual;
  const city = await newCity(stack.env, {
    hot: { slotMinutes: 30, slots: 1, places: PLENTY },
    spread: { slotMinutes: 5, slots: SLOTS, places: PLENTY },
    mixed: { slotMinutes: 5, slots: SLOTS, places: Math.round(size.phones / SLOTS / 2) },
  });
  const bench = await prepare(stack, city, size, nodeArguments);
  const hot = await race(bench, 'hot', city.days[1]);
  const spread = await race(bench, 'spread', city.days[2]);
  const mixed = await mix(bench, city.days[3], spread);
  bench.stop();
  await city.close();
  const sum = (key) => hot[key] + spread[key] + mixed[key];
  const strip = ({ perS, floorPerS, ratio, p99Ms }) => ({ perS, floorPerS, ratio, p99Ms });
  const { answers, booked, full, cancelled } = mixed;
  return {
    bench: 'rush',
    hot: strip(hot),
    spread: strip(spread),
    mixed: { ...strip(mixed), answers, booked, full, cancelled },
    oversold: sum('oversold'),
    lost: sum('lost'),
    wrong: sum('wrong'),
  };
}

async function prepare(stack, city, size, nodeArguments) {
  let people = [];
  await step('citizens', async () => {
    people = await city.citizens(size.warmUp + size.rounds * size.phones + size.phones);
    return String(people.length);
  });
  const apis = [];
  for (let index = 0; index < APIS; index++) apis.push(await stack.startApi(nodeArguments));
  const ports = apis.map(({ port }) => port);
  const phones = startChild(script('phones.mjs'), { lock: stack.lock, name: 'phones' });
  const floor = startChild(script('floor.mjs'), { lock: stack.lock, name: 'floor' });
  /** Processor time that all api processes and the database have had, where the system tells. */
  const cpu = () => [apis.reduce((sum, api) => sum + api.cpuMs(), 0), stack.databaseCpuMs()];
  const stop = () => [phones, floor].forEach((child) => child.stop());
  return { stack, city, size, ports, cpu, phones, floor, people, stop };
}

/** So many people who each want one place of these slots, in turn. */
function wishes(people, itemId, slots) {
  return people.map(({ citizenId, token }, index) => ({
    ...{
      citizenId,
      token,
      itemId,
      requestId: `${itemId}-${citizenId}`,
      slotId: slots[index % slots.length].id,
    },
  }));
}

const toSend = (phones) =>
  phones.map(({ token, requestId, itemId, slotId, again, cancel }) => ({
    ...{ token, requestId, itemId, slotId, again, cancel },
  }));

/** Rounds of floor and product by turns, places for all; what is booked is held against the database at the end. */
async function race(bench, name, day) {
  const { city, size, ports, people } = bench;
  const itemId = city.itemIds[name];
  const slots = await slotsOf(ports[0], { hallId: city.hallId, itemId, day });
  const run = (phones) =>
    bench.phones.run({ kind: 'book', ports, connections: size.connections, phones: toSend(phones) });
  const warm = wishes(people.slice(0, size.warmUp), itemId, slots);
  const sent = [{ phones: warm, answers: (await run(warm)).answers }];
  const samples = await samplesOf(city);
  // A place that the floor takes is another day's, so that it is not counted among those of the phones.
  const others = await slotsOf(ports[0], { hallId: city.hallId, itemId, day: city.days[5] });
  const slotIds = others.map(({ id }) => id);
  const floor = async (connections, count) => {
    const { seconds } = await bench.floor.run({
      url: bench.stack.env.DATABASE_URL,
      connections,
      count,
      slotIds,
      samples,
    });
    return count / seconds;
  };
  for (const connections of size.floorConnections) await floor(connections, size.floorBookings / 2);

  const rounds = [];
  for (let index = 0; index < size.rounds; index++) {
    const floors = [];
    for (const connections of size.floorConnections)
      floors.push(await floor(connections, size.floorBookings));
    const from = size.warmUp + index * size.phones;
    const phones = wishes(people.slice(from, from + size.phones), itemId, slots);
    const before = bench.cpu();
    const { seconds, answers } = await run(phones);
    const [api, database] = bench.cpu().map((ms, at) => round(((ms - before[at]) * 1000) / answers.length));
    sent.push({ phones, answers });
    rounds.push({ perS: answers.length / seconds, floors, ms: answers.map(({ ms }) => ms), api, database });
    say(`  ${name} ${index + 1}/${size.rounds}: ${describeRound(rounds.at(-1), size.floorConnections)}`);
  }
  const result = compare(rounds);
  const checked = await checkRush(city, { slots, sent, allBooked: true });
  say(`${name}: ${describe(result)}; ${checked.text}`);
  return { ...result, ...checked };
}

/** Places run out in the middle; every tenth sends its request twice, every tenth gives its place back. */
async function mix(bench, day, spread) {
  const { city, size, ports, people } = bench;
  const itemId = city.itemIds.mixed;
  const slots = await slotsOf(ports[0], { hallId: city.hallId, itemId, day });
  const phones = wishes(people.slice(-size.phones), itemId, slots).map((phone, index) => ({
    ...phone,
    again: index % 10 === 3 ? (index % 20 === 3 ? 'now' : 'later') : undefined,
    cancel: index % 10 === 7,
  }));
  const { seconds, answers } = await bench.phones.run({
    kind: 'book',
    ports,
    connections: size.connections,
    phones: toSend(phones),
  });
  const perS = answers.length / seconds;
  const result = {
    perS: round(perS),
    floorPerS: spread.floorPerS,
    ratio: round(perS / spread.floorPerS, 2),
    p99Ms: round(
      quantile(
        answers.map(({ ms }) => ms),
        0.99,
      ),
      1,
    ),
  };
  const checked = await checkRush(city, { slots, sent: [{ phones, answers }], allBooked: false });
  say(`mixed: ${describe(result)}; ${checked.text}`);
  return { ...result, ...checked, answers: answers.length };
}

function describeRound({ perS, floors, api, database }, connections) {
  const each = floors.map((floor, at) => `${round(floor)} (${connections[at]})`).join(', ');
  const ratio = round(perS / Math.max(...floors), 2);
  return `${round(perS)} bookings/s, ${api} + ${database} µs of api and database each; floor ${each}; × ${ratio}`;
}

const describe = ({ perS, floorPerS, ratio, p99Ms }) =>
  `${perS}/s, floor ${floorPerS}/s, ratio ${ratio}, p99 ${p99Ms} ms`;

/** The rows that the product wrote for a booking, for the floor to write the like. */
async function samplesOf(city) {
  const [booking] = await city.query('SELECT * FROM booking ORDER BY id DESC LIMIT 1');
  const [booking_slot] = await city.query('SELECT * FROM booking_slot WHERE booking_id = ?', [booking.id]);
  const [outbox] = await city.query("SELECT * FROM outbox WHERE topic = 'booking.confirmed' LIMIT 1");
  // A rush writes one such row for many bookings; the floor has one booking to tell of.
  outbox.payload = { bookingIds: [booking.id] };
  const plain = (row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null && !(value instanceof Date)
          ? JSON.stringify(value)
          : value,
      ]),
    );
  return { booking: plain(booking), booking_slot: plain(booking_slot), outbox: plain(outbox) };
}
