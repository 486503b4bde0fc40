import { hash } from '@node-rs/argon2';
import {
  In,
  MoreThan,
  Not,
  type DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
} from 'typeorm';
import { BlindIndex, FieldCipher } from '../../common/field-crypto.js';
import { BookingPolicyEntity } from '../../booking/booking-policy.entity.js';
import type { Config } from '../../config.js';
import { DepartmentEntity, HallDayEntity, HallEntity } from '../../guide/hall.entity.js';
import {
  ItemMaterialEntity,
  ItemPlaceEntity,
  ServiceItemEntity,
  ServiceQueueEntity,
} from '../../guide/service-item.entity.js';
import { CitizenEntity } from '../../identity/citizen.entity.js';
import { hashPassword } from '../../identity/password.js';
import { StaffEntity } from '../../identity/staff.entity.js';
import { DeskEntity, DeskQueueEntity } from '../../queue/desk.entity.js';
import { demoCity, demoPassword } from '../demo/index.js';
import type { DemoCity } from '../demo/types.js';
import { demoId } from './demo-id.js';
import { departmentRows, hallDayRows, hallRow, policyRows, queueRow } from './hall-rows.js';
import { itemRow, materialRows, placeRows } from './item-rows.js';
import { residentRow, staffRow } from './people-rows.js';

export interface SeedOptions {
  readonly config: Config;
  /** Decides on which days the halls differ from their weekly plan. */
  readonly now: Date;
  /** Passwords that cost next to nothing to check; for tests. */
  readonly weakHash?: boolean;
}

/** How many records of each kind the city has. */
export interface SeededCity {
  readonly halls: number;
  readonly departments: number;
  readonly items: number;
  readonly queues: number;
  readonly desks: number;
  readonly staff: number;
  readonly residents: number;
}

/**
 * Writes the demo city: the guide as it is in the data, whatever was there before; opening rules that a manager
 * changed, policies, desks, staff and residents only where they are missing, since they change in use. Bookings, tickets and cases are never touched. Doing it twice changes nothing.
 * @throws Error in production, where its people and its password have no place
 */
export async function seedDemoCity(dataSource: DataSource, options: SeedOptions): Promise<SeededCity> {
  if (options.config.mode === 'production') throw new Error('The demo city is not for APP_MODE=production');
  const city = demoCity;
  const passwordHash = await demoHash(options.weakHash ?? false);
  await dataSource.transaction(async (em) => {
    await seedGuide(em, city, options.now);
    await add(em, BookingPolicyEntity, policyRows());
    await seedDesks(em, city);
    await seedPeople(em, city, passwordHash, options.config);
  });
  const { halls, departments, items, queues, desks, staff, residents } = city;
  return {
    halls: halls.length,
    departments: departments.length,
    items: items.length,
    queues: queues.length,
    desks: desks.length,
    staff: staff.length,
    residents: residents.length,
  };
}

function demoHash(weak: boolean): Promise<string> {
  return weak
    ? hash(demoPassword, { memoryCost: 8, timeCost: 1, parallelism: 1 })
    : hashPassword(demoPassword);
}

async function seedGuide(em: EntityManager, city: DemoCity, now: Date): Promise<void> {
  const { halls, items, queues } = city;
  await replace(em, HallEntity, halls.map(hallRow));
  await replace(em, HallDayEntity, hallDayRows(city, now));
  await replace(em, DepartmentEntity, departmentRows(city));
  const edited = await em.find(ServiceQueueEntity, { where: { rulesVersion: MoreThan(1) } });
  // A manager who changed the opening rules finds them as they were left.
  await replace(
    em,
    ServiceQueueEntity,
    queues.map((queue) => {
      const row = queueRow(queue, city);
      const { bookingRules } = edited.find(({ id }) => id === row.id) ?? row;
      return { ...row, bookingRules };
    }),
  );
  await replace(em, ServiceItemEntity, items.map(itemRow));
  const materials = items.flatMap(materialRows);
  const places = items.flatMap(placeRows);
  // What an older version of the data had and this one hasn't.
  const itemId = In(items.map(({ slug }) => demoId('item', slug)));
  await em.delete(ItemMaterialEntity, { itemId, id: Not(In(materials.map(({ id }) => id))) });
  await em.delete(ItemPlaceEntity, { itemId, id: Not(In(places.map(({ id }) => id))) });
  await replace(em, ItemMaterialEntity, materials);
  await replace(em, ItemPlaceEntity, places);
}

async function seedDesks(em: EntityManager, city: DemoCity): Promise<void> {
  const desks = city.desks.map(({ hall, number, label, queues }) => ({
    row: { id: demoId('desk', `${hall} ${number}`), hallId: demoId('hall', hall), number, label },
    queueIds: queues.map((code) => demoId('queue', code)),
  }));
  await add(
    em,
    DeskEntity,
    desks.map(({ row }) => row),
  );
  await add(
    em,
    DeskQueueEntity,
    desks.flatMap(({ row, queueIds }) => queueIds.map((queueId) => ({ deskId: row.id, queueId }))),
  );
}

async function seedPeople(
  em: EntityManager,
  city: DemoCity,
  passwordHash: string,
  config: Config,
): Promise<void> {
  const { appId } = config.wechat;
  const secrets = { appId, cipher: new FieldCipher(config), index: new BlindIndex(config) };
  await add(
    em,
    StaffEntity,
    city.staff.map((member) => staffRow(member, passwordHash)),
  );
  await add(
    em,
    CitizenEntity,
    city.residents.map((resident) => residentRow(resident, secrets)),
  );
}

const BATCH = 200;

async function replace<T extends ObjectLiteral>(
  em: EntityManager,
  target: EntityTarget<T>,
  rows: readonly Partial<T>[],
) {
  for (let from = 0; from < rows.length; from += BATCH) {
    await em.upsert(target, rows.slice(from, from + BATCH), ['id']);
  }
}

async function add<T extends ObjectLiteral>(
  em: EntityManager,
  target: EntityTarget<T>,
  rows: readonly Partial<T>[],
) {
  for (let from = 0; from < rows.length; from += BATCH) {
    const values = rows.slice(from, from + BATCH) as T[];
    await em
      .createQueryBuilder()
      .insert()
      .into(target)
      .values(values)
      .orIgnore()
      .updateEntity(false)
      .execute();
  }
}
