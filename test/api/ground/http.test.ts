import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newWorld, type World } from '../../support/world.js';

describe('the HTTP layer', () => {
  let world: World;
  beforeAll(async () => {
    world = await newWorld();
  });
  afterAll(() => world.close());

  it('answers probes through the typed client', async () => {
    expect(await world.client().meta.live()).toMatchObject({ status: 'ok' });
    expect(await world.client().meta.ready()).toMatchObject({ status: 'ok' });
  });
});
