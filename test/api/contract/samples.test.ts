import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { operations } from './operations.js';
import { inputsOf } from './samples.js';

describe('the inputs made for these tests', () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    'mostly get past the validation of %s, so that what is behind it is tested',
    (_id, operation) => {
      const inputs = fc.sample(inputsOf(operation), { seed: 7, numRuns: 100 });
      const good = inputs.filter((input) => operation.endpoint.input.safeParse(input).success);
      expect(good.length).toBeGreaterThan(50);
    },
  );
});
