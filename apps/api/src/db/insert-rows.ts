import type { EntityManager } from 'typeorm';
import { snakeCase } from './snake-naming.js';

type Value = string | number | boolean | Date | null;

/**
 * Many rows in one statement, for the hot paths: TypeORM's builder costs more time for a hundred rows than the database does. Rows are
 * shaped like the entity, all with the same properties; JSON columns come as text.
 */
export async function insertRows<Row extends object>(
  em: EntityManager,
  tableName: string,
  rows: readonly Row[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const keys = Object.keys(first) as (keyof Row & string)[];
  const columns = keys.map((key) => `\`${snakeCase(key)}\``).join(', ');
  const values = rows.map((row) => keys.map((key) => row[key] as Value));
  await em.query(`INSERT INTO \`${tableName}\` (${columns}) VALUES ?`, [values]);
}
