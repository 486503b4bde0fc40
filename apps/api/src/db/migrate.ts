import type { DataSource } from 'typeorm';
import { loadConfigOrExit } from '../config.js';
import { dataSourceOptions, openDataSource } from './data-source.js';

const USAGE = 'usage: migrate up | down | status   (down undoes the last migration)';

async function status(dataSource: DataSource): Promise<string[]> {
  const done = new Set(await doneMigrations(dataSource));
  return dataSource.migrations.map(({ name = '?' }) => `${done.has(name) ? 'done   ' : 'pending'} ${name}`);
}

async function doneMigrations(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) return [];
    const rows = (await runner.query('SELECT name FROM migrations')) as { name: string }[];
    return rows.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}

async function run(command: string | undefined, dataSource: DataSource): Promise<string[]> {
  switch (command) {
    case 'up':
      return (await dataSource.runMigrations()).map(({ name }) => `done    ${name}`);
    case 'down':
      await dataSource.undoLastMigration();
      return status(dataSource);
    default:
      return status(dataSource);
  }
}

const command = process.argv[2];
if (command !== 'up' && command !== 'down' && command !== 'status') {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const dataSource = await openDataSource(dataSourceOptions(loadConfigOrExit()));
try {
  const lines = await run(command, dataSource);
  process.stdout.write(`${lines.join('\n') || 'nothing to do'}\n`);
} finally {
  await dataSource.destroy();
}
