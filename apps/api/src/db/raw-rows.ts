import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';

type Raw = Record<string, unknown>;

const known = new WeakMap<EntityMetadata, { readonly list: string; readonly odd: readonly OddColumn[] }>();

interface OddColumn {
  readonly name: string;
  readonly read: (value: unknown) => unknown;
}

/**
 * For the hot paths, where TypeORM takes longer to shape a hundred rows than the database to find them: the columns of an entity as
 * `SELECT ${selectList(em, SlotEntity)} FROM slot …` names them, whose rows `toEntities` then makes the entity's.
 */
export function selectList<E extends ObjectLiteral>(em: EntityManager, entity: EntityTarget<E>): string {
  return shapeOf(em, entity).list;
}

/** Changes the rows as they came from the driver and gives them back as entities; further columns stay as they are. */
export function toEntities<E extends ObjectLiteral, More = unknown>(
  em: EntityManager,
  entity: EntityTarget<E>,
  rows: readonly unknown[],
): (E & More)[] {
  const { odd } = shapeOf(em, entity);
  for (const row of rows as Raw[]) for (const { name, read } of odd) row[name] = read(row[name]);
  return rows as (E & More)[];
}

function shapeOf<E extends ObjectLiteral>(em: EntityManager, entity: EntityTarget<E>) {
  const metadata = em.connection.getMetadata(entity);
  const shape = known.get(metadata) ?? readShape(metadata);
  known.set(metadata, shape);
  return shape;
}

function readShape({ columns, tableName }: EntityMetadata) {
  const list = columns
    .map(({ databaseName, propertyName }) => `\`${tableName}\`.\`${databaseName}\` AS \`${propertyName}\``)
    .join(', ');
  const odd = columns.flatMap(({ type, propertyName: name }): OddColumn[] => {
    if (type === 'boolean') return [{ name, read: Boolean }];
    // MariaDB's JSON is text, MySQL's comes parsed.
    if (type === 'json')
      return [{ name, read: (value) => (typeof value === 'string' ? JSON.parse(value) : value) }];
    return [];
  });
  return { list, odd };
}
