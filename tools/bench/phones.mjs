// The load: hundreds of kept-alive connections in this one process. A job is a list of phones that each want a place, or one
// address that is asked for again and again.
import { openConnection, requestBytes } from './http.mjs';
import { setImmediate } from 'node:timers';
import { serveJobs } from './child.mjs';

serveJobs(({ kind, ...job }) => (kind === 'book' ? book(job) : repeat(job)));

/**
 * Every phone: one reserve with a citizen's own token; `again` sends the same request once more, `'now'` beside the first or
 * `'later'` after its answer; `cancel` gives the place back. Who has no connection yet waits in line, as at a balancer.
 * Resolves `{ seconds, answers: [{ phone, act, status, ms, id, code }] }` in the order of the answers.
 */
async function book({ ports, connections, phones }) {
  const line = phones.flatMap((phone, index) => {
    const { token, requestId, itemId, slotId } = phone;
    const body = { requestId, itemId, slotId };
    const first = {
      phone: index,
      act: 'reserve',
      bytes: requestBytes({ method: 'POST', path: '/api/bookings', token, body }),
    };
    return phone.again === 'now' ? [first, { ...first, act: 'again' }] : [first];
  });
  const answers = [];
  let next = 0;

  async function send(connection, { phone, act, bytes }) {
    const start = performance.now();
    const { status, body } = await connection.send(bytes);
    answers.push({ phone, act, status, body, ms: performance.now() - start });
    return { status, body };
  }

  const seconds = await drive({ ports, connections }, async (connection) => {
    for (let step = line[next++]; step; step = line[next++]) {
      const { status, body } = await send(connection, step);
      if (step.act !== 'reserve') continue;
      const { again, cancel, token } = phones[step.phone];
      if (again === 'later') await send(connection, { ...step, act: 'again' });
      if (!cancel || status !== 200) continue;
      const path = `/api/bookings/${JSON.parse(body).id}/cancel`;
      const bytes = requestBytes({ method: 'POST', path, token, body: {} });
      await send(connection, { phone: step.phone, act: 'cancel', bytes });
    }
  });
  return { seconds, answers: answers.map(({ body, ...rest }) => ({ ...rest, ...factsOf(body) })) };
}

function factsOf(body) {
  const { id, code } = JSON.parse(body);
  return { id, code };
}

/** Asks for `path` on all connections for so many seconds. Resolves `{ seconds, ms, statuses }`. */
async function repeat({ ports, connections, path, forSeconds }) {
  const bytes = requestBytes({ path });
  const ms = [];
  const statuses = {};
  const end = performance.now() + forSeconds * 1000;
  stayAwake(end);
  const seconds = await drive({ ports, connections }, async (connection) => {
    for (let start = performance.now(); start < end; start = performance.now()) {
      const { status } = await connection.send(bytes);
      ms.push(performance.now() - start);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  });
  return { seconds, ms, statuses };
}

/** A process that sleeps has to be woken for each answer, at the cost of whoever answers, and all the more where the answers are few. */
function stayAwake(end) {
  if (performance.now() < end) setImmediate(() => stayAwake(end));
}

/** Connections to all ports in turn, as a balancer would spread them. Lets every connection work until it has nothing to do. Resolves the seconds from the first request to the last answer. */
async function drive({ ports, connections }, work) {
  const all = Array.from({ length: connections }, (_, index) =>
    openConnection({ port: ports[index % ports.length] }),
  );
  await Promise.all(all.map(({ opened }) => opened));
  const start = performance.now();
  await Promise.all(all.map(work));
  const seconds = (performance.now() - start) / 1000;
  for (const connection of all) connection.close();
  return seconds;
}
