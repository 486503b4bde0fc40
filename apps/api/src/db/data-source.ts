import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '../config.js';
import { migrations } from './migrations.js';
import { SnakeNaming } from './snake-naming.js';

/** Shared by the application, the migration command and the tests. Never `synchronize`: migrations are written by hand. */
export function dataSourceOptions(config: Pick<Config, 'database'>): DataSourceOptions {
  const { url, type, poolSize } = config.database;
  return {
    type,
    url: url.replace(/^mariadb:/, 'mysql:'),
    timezone: 'Z',
    charset: 'utf8mb4',
    // Local days stay text: as a Date they would move with the process's time zone.
    dateStrings: ['DATE'],
    namingStrategy: new SnakeNaming(),
    supportBigNumbers: true,
    bigNumberStrings: true,
    poolSize,
    connectTimeout: 10_000,
    migrations,
    migrationsTransactionMode: 'each',
    extra: { maxIdle: poolSize, enableKeepAlive: true },
  };
}

interface MysqlPool {
  on(event: 'connection', listener: (connection: { query(sql: string): void }) => void): void;
}

/**
 * Every connection starts alike: READ COMMITTED, since the gap locks of REPEATABLE READ turn parallel inserts into deadlocks;
 * UTC for the server's own CURRENT_TIMESTAMP; no long wait behind a lock that someone forgot; and for statements with hundreds of keys
 * no look into the index for each of them only to make a plan.
 */
const sessionSettings = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5, eq_range_index_dive_limit = 10",
];

/** Connects; with this all connections of the pool have the session settings. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  const { pool } = dataSource.driver as unknown as { pool: MysqlPool };
  pool.on('connection', (connection) => {
    for (const statement of sessionSettings) connection.query(statement);
  });
  // The one connection that `initialize` made to look at the server is older than the listener.
  for (const statement of sessionSettings) await dataSource.query(statement);
  return dataSource;
}
