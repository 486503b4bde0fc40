import type { EntityManager } from 'typeorm';
import { snakeCase } from './snake-naming.js';

type Value = string | number | boolean | Date | null;

/**
 * Many rows in one statement, for the hot paths: TypeORM's builder costs more time for a hundred rows than the database does. Rows are
 * shaped like the entity, all with the same properties; JSON columns come as text. What is null in every row is left out, so a column
 * that may be null must have no other default.
 * @param defaults of the table's columns: what every row has of them is left out, too
 */
export async function insertRows<Row extends object>(
  em: EntityManager,
  tableName: string,
  rows: readonly Row[],
  defaults: Partial<Row> = {},
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const all = Object.keys(first) as (keyof Row & string)[];
  const keys = all.filter((key) => {
    const usual = key in defaults ? defaults[key] : null;
    return rows.some((row) => row[key] !== usual);
  });
  const columns = keys.map((key) => `\`${snakeCase(key)}\``).join(', ');
  const values = rows.map((row) => keys.map((key) => row[key] as Value));
  await em.query(`INSERT INTO \`${tableName}\` (${columns}) VALUES ?`, [values]);
}
