// Holds what the phones were told against what is in the database.

const BOOKED = 200;

/**
 * @param sent `[{ phones: [{ citizenId, requestId, slotId }], answers: [{ phone, act, status, id, code }] }]`
 * @returns `oversold`: live bookings beyond a slot's capacity, and places that are miscounted; `lost`: answers of success that are not
 * in the table; `wrong`: losers that were not told SLOT_FULL, failures, repetitions with another answer than the first, bookings of
 * another slot than was asked for, places that nobody got though somebody was refused
 */
export async function checkRush(city, { slots, sent, allBooked }) {
  const rows = await rowsOf(city, slots);
  const told = sent.flatMap(({ phones, answers }) =>
    answers.map((answer) => ({ ...answer, phone: phones[answer.phone] })),
  );
  const won = told.filter(({ act, status }) => act !== 'cancel' && status === BOOKED);
  const cancelled = told.filter(({ act, status }) => act === 'cancel' && status === BOOKED);
  const refused = told.filter(({ status }) => status !== BOOKED);
  const full = refused.filter(
    ({ act, status, code }) => act !== 'cancel' && status === 409 && code === 'SLOT_FULL',
  );
  const booked = new Set(won.map(({ id }) => id));
  const gone = new Set(cancelled.map(({ id }) => id));

  const missing = [...booked].filter(
    (id) => rows.states.get(id) !== (gone.has(id) ? 'cancelled' : 'confirmed'),
  );
  const differing = won.filter(
    ({ phone, id }) =>
      rows.ofRequest.get(`${phone.citizenId} ${phone.requestId}`) !== `${id} ${phone.slotId}`,
  );
  const unsold = slots.filter(({ id }) => {
    const touched = (list) => list.some(({ phone }) => phone.slotId === id);
    // A place that came back may have come after the last one who asked.
    return touched(full) && !touched(cancelled) && rows.slots.get(id).live < rows.slots.get(id).capacity;
  });
  const oversold = slots.reduce((sum, { id }) => {
    const { live, taken, capacity } = rows.slots.get(id);
    return sum + Math.max(0, live - capacity) + Math.abs(live - taken);
  }, 0);
  const unasked = rows.states.size - booked.size;
  const lost = missing.length;
  const wrong = refused.length - (allBooked ? 0 : full.length) + differing.length + unsold.length + unasked;
  const text = [
    `${booked.size} booked, ${full.length} told that it is full, ${gone.size} cancelled`,
    `oversold ${oversold}, lost ${lost}, wrong ${wrong}`,
    ...refusalsBut(full, refused),
  ].join('; ');
  return { booked: booked.size, full: full.length, cancelled: gone.size, oversold, lost, wrong, text };
}

/** What the others were told, and how many of each. */
function refusalsBut(full, refused) {
  const counts = {};
  for (const answer of refused) {
    if (full.includes(answer)) continue;
    const what = `${answer.act} ${answer.status} ${answer.code}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return Object.entries(counts).map(([what, count]) => `${count} × ${what}`);
}

async function rowsOf(city, slots) {
  const ids = slots.map(({ id }) => id);
  const marks = ids.map(() => '?').join(',');
  const bookings = await city.query(
    `SELECT id, citizen_id, request_id, slot_id, state FROM booking WHERE slot_id IN (${marks})`,
    ids,
  );
  const counts = await city.query(
    `SELECT slot.id, slot.capacity, slot.taken, COUNT(booking.id) AS live FROM slot
     LEFT JOIN booking_slot ON booking_slot.slot_id = slot.id
     LEFT JOIN booking ON booking.id = booking_slot.booking_id AND booking.state <> 'cancelled'
     WHERE slot.id IN (${marks}) GROUP BY slot.id, slot.capacity, slot.taken`,
    ids,
  );
  return {
    states: new Map(bookings.map(({ id, state }) => [id, state])),
    ofRequest: new Map(
      bookings.map((row) => [`${row.citizen_id} ${row.request_id}`, `${row.id} ${row.slot_id}`]),
    ),
    slots: new Map(
      counts.map(({ id, capacity, taken, live }) => [id, { capacity, taken, live: Number(live) }]),
    ),
  };
}
