import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataSourceOptions, openDataSource } from '../../../apps/api/src/db/data-source.js';
import { testServices } from '../../support/services.js';
import { newDatabase } from '../../support/test-database.js';
import { newWorld, type World } from '../../support/world.js';

describe('migrations', () => {
  let world: World;
  beforeAll(async () => {
    world = await newWorld({ jobs: false });
  });
  afterAll(() => world.close());

  it('make exactly the schema that the entities describe', async () => {
    const { upQueries } = await world.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('go up from nothing, and down again until nothing is left', async () => {
    const services = await testServices();
    const empty = await newDatabase(services, { migrate: false });
    const dataSource = await openDataSource(dataSourceOptions({ database: { ...empty, poolSize: 1 } }));
    const tables = async () =>
      (
        await dataSource.query<{ name: string }[]>(
          'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
        )
      ).map(({ name }) => name);
    try {
      const done = await dataSource.runMigrations();
      expect(await tables()).toContain('outbox');
      expect(await dataSource.showMigrations()).toBe(false);
      for (const _migration of done) await dataSource.undoLastMigration();
      expect(await tables()).toEqual(['migrations']);
    } finally {
      await dataSource.destroy();
      await empty.drop();
    }
  });
});
