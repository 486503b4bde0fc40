import { describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { Batching } from '../../../apps/api/src/common/batching.js';

/** Work that ends when the test says so; each input comes back doubled, and 13 fails. */
function slowWork() {
  const batches: { readonly inputs: readonly number[]; readonly end: (error?: Error) => void }[] = [];
  const work = (inputs: readonly number[]) =>
    new Promise<(number | Error)[]>((resolve, reject) => {
      const end = (error?: Error) =>
        error ? reject(error) : resolve(inputs.map((n) => (n === 13 ? new Error('thirteen') : n * 2)));
      batches.push({ inputs, end });
    });
  return { batches, work };
}

describe('Batching', () => {
  it('begins at once with who is alone, and lets those who come meanwhile go together', async () => {
    const { batches, work } = slowWork();
    const batching = new Batching(work, { maxSize: 10 });
    const first = batching.run(1);
    await turn();
    const others = [batching.run(2), batching.run(3)];
    await turn();
    expect(batches.map(({ inputs }) => inputs)).toEqual([[1]]);
    const late = batching.run(4);
    batches[0]?.end();
    expect(await first).toBe(2);
    await turn();
    expect(batches.map(({ inputs }) => inputs)).toEqual([[1], [2, 3, 4]]);
    batches[1]?.end();
    expect(await Promise.all([...others, late])).toEqual([4, 6, 8]);
  });

  it('takes no more than it may at once, in the order in which they came', async () => {
    const { batches, work } = slowWork();
    const batching = new Batching(work, { maxSize: 2 });
    const all = [1, 2, 3, 4, 5].map((n) => batching.run(n));
    for (let done = 0; done < 3; done++) {
      await turn();
      expect(batches).toHaveLength(done + 1);
      batches[done]?.end();
      await turn();
    }
    expect(await Promise.all(all)).toEqual([2, 4, 6, 8, 10]);
    expect(batches.map(({ inputs }) => inputs)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('gives each its own outcome, and goes on after a batch that failed', async () => {
    const { batches, work } = slowWork();
    const batching = new Batching(work, { maxSize: 10 });
    const both = [batching.run(13), batching.run(1)];
    await turn();
    batches[0]?.end();
    const outcomes = await Promise.allSettled(both);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { message: 'thirteen' } },
      { status: 'fulfilled', value: 2 },
    ]);
    const lost = batching.run(5);
    await turn();
    batches[1]?.end(new Error('gone'));
    await expect(lost).rejects.toThrow('gone');
    const next = batching.run(6);
    await turn();
    batches[2]?.end();
    expect(await next).toBe(12);
  });
});
