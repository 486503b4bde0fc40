import { describe, expect, it } from '@jest/globals';
import { noteServerTime, serverNow, watchServerTime } from '../../apps/hall/src/api/server-clock.js';

describe('the clock of a hall’s screen', () => {
  it('is the server’s from its first answer on, and whoever shows it hears of that at once', () => {
    let told = 0;
    const stop = watchServerTime(() => (told += 1));
    const local = Date.now();
    const later = (ms: number) => new Date(local + ms).toISOString();
    noteServerTime(later(180_000), local, local);
    expect(told).toBe(1);
    expect(Math.round((serverNow().getTime() - Date.now()) / 1000)).toBe(180);
    // The jitter of the network is not worth a word, nor is an answer that carries no time.
    noteServerTime(later(180_100), local, local);
    noteServerTime(null, local, local);
    noteServerTime('yesterday', local, local);
    expect(told).toBe(1);
    stop();
    noteServerTime(later(0), local, local);
    expect(told).toBe(1);
  });
});
