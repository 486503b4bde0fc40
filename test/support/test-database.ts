import { createConnection, type Connection } from 'mysql2/promise';
import { dataSourceOptions, openDataSource } from '../../apps/api/src/db/data-source.js';
import { newId } from '../../apps/api/src/common/id.js';
import type { Services } from './services.js';

export interface TestDatabase {
  readonly url: string;
  readonly type: 'mariadb' | 'mysql';
  drop(): Promise<void>;
}

async function withServer<T>(services: Services, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection(services.database.url);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** An empty database of its own, with all migrations unless told otherwise. */
export async function newDatabase(services: Services, { migrate = true } = {}): Promise<TestDatabase> {
  const name = `t_${newId().toLowerCase()}`;
  await withServer(services, (server) => server.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`));
  const url = new URL(services.database.url);
  url.pathname = `/${name}`;
  const { type } = services.database;
  const database: TestDatabase = {
    url: url.href,
    type,
    drop: async () => {
      await withServer(services, (server) => server.query(`DROP DATABASE IF EXISTS ${name}`));
    },
  };
  if (migrate) {
    const dataSource = await openDataSource(
      dataSourceOptions({ database: { url: url.href, type, poolSize: 1 } }),
    );
    await dataSource.runMigrations();
    await dataSource.destroy();
  }
  return database;
}
