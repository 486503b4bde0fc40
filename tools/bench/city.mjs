// The city of a benchmark, written with the product's own code: a hall that is open on the days that are booked, queues with the slots
// that are fought for, and citizens with a real name and a token each.
import 'reflect-metadata';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../lib/paths.mjs';

const product = (path) => import(pathToFileURL(inRoot('apps/api/dist', path)).href);

const HALF_PAST_EIGHT = 8 * 60 + 30;
const CHUNK = 500;

/**
 * @param queues `{ name: { slotMinutes, slots, places } }`: each gets an item of its own, and that many slots a day
 * @returns `{ hallId, itemIds: { name: id }, days: [day, …], citizens(count), close() }`; the days are those after today
 */
export async function newCity(env, queues) {
  const [{ loadConfig }, data, common, guide, identity] = await Promise.all([
    product('config.js'),
    Promise.all([product('db/data-source.js'), product('db/migrations.js')]),
    Promise.all([
      product('common/id.js'),
      product('common/field-crypto.js'),
      product('common/token.service.js'),
      product('common/clock.js'),
    ]),
    Promise.all([product('guide/hall.entity.js'), product('guide/service-item.entity.js')]),
    Promise.all([product('identity/citizen.entity.js'), product('identity/person-cipher.js')]),
  ]);
  const { addDays, dayOf, mod11Radix2 } = await import('@haoban/domain');
  const config = loadConfig(env);
  const { newId, FieldCipher, BlindIndex, TokenService, SystemClock } = Object.assign({}, ...common);
  const {
    HallEntity,
    HallDayEntity,
    DepartmentEntity,
    ServiceItemEntity,
    ItemPlaceEntity,
    ServiceQueueEntity,
  } = Object.assign({}, ...guide);
  const { CitizenEntity, PersonCipher } = Object.assign({}, ...identity);
  const { dataSourceOptions, openDataSource } = data[0];
  const entities = [
    ...[HallEntity, HallDayEntity, DepartmentEntity, ServiceItemEntity, ItemPlaceEntity],
    ...[ServiceQueueEntity, CitizenEntity],
  ];
  const dataSource = await openDataSource({ ...dataSourceOptions(config), entities });
  const em = dataSource.manager;

  const hallId = newId();
  const departmentId = newId();
  const today = dayOf(new Date());
  const days = Array.from({ length: 7 }, (_, index) => addDays(today, index + 1));
  const opening = [{ from: HALF_PAST_EIGHT, to: 24 * 60 }];
  await em.insert(HallEntity, {
    ...{ id: hallId, code: 'BENCH', name: '基准服务中心', serves: 'residents', address: '基准路 1 号' },
    ...{ transport: '', phone: '0591-00000000', facilities: [], latitude: 26, longitude: 119 },
    ...{ week: Array(7).fill(opening), notices: [] },
    courierAddress: { name: '', phone: '', province: '', city: '', county: '', detail: '' },
  });
  // Whatever weekday or holiday it is.
  await em.insert(
    HallDayEntity,
    days.map((day) => ({ id: newId(), hallId, day, periods: opening, note: null })),
  );
  await em.insert(DepartmentEntity, {
    ...{
      id: departmentId,
      code: 'BENCH',
      name: '基准局',
      shortName: '基准',
      creditCode: '',
      phone: '',
      rank: 1,
    },
  });
  const itemIds = {};
  for (const [index, [name, queue]] of Object.entries(queues).entries()) {
    itemIds[name] = await addItem(String.fromCharCode(65 + index), name, queue);
  }

  async function addItem(prefix, name, { slotMinutes, slots, places }) {
    const [queueId, itemId] = [newId(), newId()];
    await em.insert(ServiceQueueEntity, {
      ...{ id: queueId, hallId, prefix, code: `BENCH-${prefix}`, name: `${name} 队列`, remoteAllowed: true },
      ...{ firstNumber: 1, lastNumber: 900, dailyCap: 500, averageMinutes: 10, slotMinutes },
      bookingRules: [
        {
          ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], slotMinutes, desksPublic: places, desksInternal: places },
          ...{ from: HALF_PAST_EIGHT, to: HALF_PAST_EIGHT + slots * slotMinutes },
          ...{ windowFromDays: 0, windowToDays: 13 },
        },
      ],
    });
    await em.insert(ServiceItemEntity, {
      ...{
        id: itemId,
        code: `BENCH-${name}`,
        name: `${name} 事项`,
        initials: '',
        keywords: '',
        departmentId,
      },
      ...{
        kind: 'instant',
        audience: 'person',
        promisedValue: 30,
        promisedUnit: 'minute',
        statutoryValue: 5,
      },
      ...{ statutoryUnit: 'workday', steps: '1+1', zeroVisit: false, courierAllowed: false, bookable: true },
      ...{ feeFen: 0, certificateName: null, rank: 1, p50Minutes: 8, p80Minutes: 14, conditions: [] },
      ...{ process: [], fees: [], legalBasis: [], faq: [] },
    });
    await em.insert(ItemPlaceEntity, {
      ...{ id: newId(), itemId, hallId, queueId, floor: '一层', zone: 'A 区', slotsNeeded: 1 },
    });
    return itemId;
  }

  const cipher = new PersonCipher(new FieldCipher(config), new BlindIndex(config));
  const tokens = new TokenService(config, new SystemClock());
  let serial = 0;

  /** That many people with a real name, of whom nobody has booked yet: `[{ citizenId, token }]`. */
  async function citizens(count) {
    const people = Array.from({ length: count }, () => ({ id: newId(), serial: serial++ }));
    for (let at = 0; at < count; at += CHUNK) {
      await insertMany(people.slice(at, at + CHUNK).map((person) => citizen(person.id, person.serial)));
    }
    return Promise.all(
      people.map(async ({ id }) => ({
        citizenId: id,
        token: await tokens.issue({ kind: 'citizen', citizenId: id, sessionId: newId() }),
      })),
    );
  }

  /** TypeORM's own insert takes a quarter of a second for each of these chunks. */
  async function insertMany(rows) {
    const { columns } = dataSource.getMetadata(CitizenEntity);
    const used = columns.filter(({ propertyName }) => propertyName in rows[0]);
    const names = used.map(({ databaseName }) => databaseName).join(',');
    const values = rows.map((row) => used.map(({ propertyName }) => row[propertyName]));
    await dataSource.query(`INSERT INTO citizen (${names}) VALUES ?`, [values]);
  }

  function citizen(id, number) {
    // Counts through birthdays of the nineties; the area code is of no real place.
    const day = new Date(Date.UTC(1990, 0, 1 + Math.floor(number / 999)));
    const body = `359901${day.toISOString().slice(0, 10).replaceAll('-', '')}${String((number % 999) + 1).padStart(3, '0')}`;
    const idNumber = body + mod11Radix2(body);
    const now = new Date();
    return {
      ...{ id, openid: `bench-${id}`, nameCipher: cipher.sealName('陈小明') },
      ...{ idNumberCipher: cipher.sealIdNumber(idNumber), idNumberHash: cipher.hashIdNumber(idNumber) },
      ...{ phoneCipher: cipher.sealPhone('15400001234'), verifiedAt: now, createdAt: now },
    };
  }

  return {
    hallId,
    itemIds,
    days,
    citizens,
    query: (sql, values) => dataSource.query(sql, values),
    close: () => dataSource.destroy(),
  };
}

/** The day's slots as a phone gets them; asking makes them. */
export async function slotsOf(port, { hallId, itemId, day }) {
  const answer = await fetch(
    `http://127.0.0.1:${port}/api/items/${itemId}/halls/${hallId}/days/${day}/slots`,
  );
  const body = await answer.json();
  if (!answer.ok || body.items.length === 0) throw new Error(`No slots on ${day}: ${JSON.stringify(body)}`);
  return body.items;
}
