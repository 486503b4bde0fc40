import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Config } from '../../../apps/api/src/config.js';
import { DemoAccountsCheck } from '../../../apps/api/src/identity/demo-accounts-check.js';
import { StaffEntity } from '../../../apps/api/src/identity/staff.entity.js';
import { seedCity } from '../../support/builders/city.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  await seedCity(world);
});
afterAll(() => world.close());

const start = (mode: Config['mode']) =>
  new DemoAccountsCheck(world.dataSource.getRepository(StaffEntity), {
    ...world.config,
    mode,
  }).onApplicationBootstrap();

describe('a database that was a demo', () => {
  it('is refused by production, with the accounts whose password everybody knows', async () => {
    await expect(start('production')).rejects.toThrow(/demo's public password.*admin/);
  });

  it('is what a demo starts on', async () => {
    await expect(start('demo')).resolves.toBeUndefined();
  });

  it('is taken by production once those accounts are disabled', async () => {
    await world.dataSource.getRepository(StaffEntity).update({ active: true }, { active: false });
    await expect(start('production')).resolves.toBeUndefined();
  });
});
