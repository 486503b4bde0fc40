// What the database gives to bare mysql2: one transaction per booking on the same tables, with the rows that the product writes, on
// connections that are set up as the product's. Counting the place is also the lock, which saves the floor a round trip.
import { randomBytes } from 'node:crypto';
import mysql from 'mysql2';
import { ulid } from 'ulid';
import { serveJobs } from './child.mjs';

const DUPLICATE = 1062;
const RETRY = new Set([1205, 1213, DUPLICATE]);

serveJobs(async ({ url, connections, count, slotIds, samples }) => {
  const all = Array.from({ length: connections }, () => mysql.createConnection({ uri: url, timezone: 'Z' }));
  await Promise.all(
    all.map((connection) => query(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')),
  );
  let left = count;
  const start = performance.now();
  await Promise.all(
    all.map(async (connection) => {
      while (left > 0) {
        left--;
        await reserve(connection, slotIds[left % slotIds.length], samples);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const connection of all) connection.destroy();
  return { seconds };
});

async function reserve(connection, slotId, samples) {
  const id = ulid();
  const unique = {
    id,
    citizen_id: ulid(),
    // Somebody else each time: what one person has is looked at by the product's rules.
    person_key: randomBytes(32).toString('hex'),
    request_id: `floor-${id}`,
    code: code(),
    slot_id: slotId,
  };
  for (;;) {
    try {
      await query(connection, 'START TRANSACTION');
      await query(
        connection,
        'UPDATE slot SET taken = taken + 1 WHERE id = ? AND taken < capacity AND closed = 0',
        [slotId],
      );
      await insert(connection, 'booking', { ...samples.booking, ...unique });
      await insert(connection, 'booking_slot', { ...samples.booking_slot, booking_id: id, slot_id: slotId });
      await insert(connection, 'outbox', { ...samples.outbox, id: ulid() });
      await query(connection, 'COMMIT');
      return;
    } catch (error) {
      if (!RETRY.has(error.errno)) throw error;
      unique.code = code();
      await query(connection, 'ROLLBACK');
    }
  }
}

const code = () => randomBytes(4).toString('base64url').slice(0, 6);

function insert(connection, table, row) {
  const columns = Object.keys(row).map((name) => `\`${name}\``);
  const marks = columns.map(() => '?').join(',');
  return query(
    connection,
    `INSERT INTO ${table} (${columns.join(',')}) VALUES (${marks})`,
    Object.values(row),
  );
}

function query(connection, sql, values) {
  return new Promise((resolve, reject) => {
    connection.query(sql, values, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
