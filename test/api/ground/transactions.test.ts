import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { onUnique, violatedIndex } from '../../../apps/api/src/db/database-error.js';
import { afterCommit, Transactions } from '../../../apps/api/src/db/transactions.js';
import { newWorld, type World } from '../../support/world.js';

describe('a transaction', () => {
  let world: World;
  let transactions: Transactions;
  beforeAll(async () => {
    world = await newWorld({ jobs: false });
    transactions = world.get(Transactions);
    await world.dataSource.query(
      'CREATE TABLE probe (id INT PRIMARY KEY, n INT NOT NULL, label VARCHAR(20), UNIQUE KEY ux_probe_label (label))',
    );
  });
  beforeEach(async () => {
    await world.dataSource.query('DELETE FROM probe');
    await world.dataSource.query("INSERT INTO probe VALUES (1, 0, 'one'), (2, 0, 'two')");
  });
  afterAll(() => world.close());

  const add = (em: EntityManager, id: number) => em.query('UPDATE probe SET n = n + 1 WHERE id = ?', [id]);
  const counts = async () =>
    (await world.dataSource.query<{ n: number }[]>('SELECT n FROM probe ORDER BY id')).map(({ n }) =>
      Number(n),
    );

  it('runs at READ COMMITTED in UTC on every connection', async () => {
    const settings = await Promise.all(
      Array.from({ length: 20 }, () =>
        transactions.run(async (em) => {
          const [row] = await em.query<{ zone: string; level: string }[]>(
            'SELECT @@session.time_zone AS zone, @@session.tx_isolation AS level, SLEEP(0.02)',
          );
          return `${row?.zone} ${row?.level}`;
        }),
      ),
    );
    expect(new Set(settings)).toEqual(new Set(['+00:00 READ-COMMITTED']));
  });

  it('is undone as a whole when the work fails', async () => {
    const work = transactions.run(async (em) => {
      await add(em, 1);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await counts()).toEqual([0, 0]);
  });

  it('runs its whole work again when it is the victim of a real deadlock, and nothing is lost or doubled', async () => {
    let attempts = 0;
    let arrived = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((done) => (open = done));
    const cross = (first: number, second: number) =>
      transactions.run(async (em) => {
        attempts++;
        await add(em, first);
        // Both hold their first row before either asks for the other's.
        if (++arrived === 2) open();
        await both;
        await add(em, second);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await counts()).toEqual([2, 2]);
  });

  it('gives up as BUSY after the third repetition', async () => {
    let attempts = 0;
    const work = transactions.run(async (em) => {
      attempts++;
      await em.query("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found'");
    });
    await expect(work).rejects.toMatchObject({ code: 'BUSY' });
    expect(attempts).toBe(4);
  });

  it('does not repeat a work that fails for another reason', async () => {
    let attempts = 0;
    const work = transactions.run(async (em) => {
      attempts++;
      await em.query('SELECT * FROM no_such_table');
    });
    await expect(work).rejects.toThrow();
    expect(attempts).toBe(1);
  });

  it('runs what was put off until the commit once, after it, and not at all after a failure', async () => {
    const seen: unknown[] = [];
    await transactions.run(async (em) => {
      await add(em, 1);
      afterCommit(em, async () => {
        seen.push(await counts());
      });
    });
    const failed = transactions.run(async (em) => {
      await add(em, 1);
      afterCommit(em, () => void seen.push('never'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(seen).toEqual([[1, 0]]);
  });

  it('keeps its result though a hint after the commit fails', async () => {
    const result = await transactions.run((em) => {
      afterCommit(em, () => Promise.reject(new Error('Redis is away')));
      return Promise.resolve('done');
    });
    expect(result).toBe('done');
  });

  it('names the unique index that a write violated and gives it its code', async () => {
    const error = await transactions
      .run((em) => em.query("INSERT INTO probe VALUES (3, 0, 'one')"))
      .catch((reason: unknown) => reason);
    expect(violatedIndex(error)).toBe('ux_probe_label');
    expect(() => onUnique(error, { ux_probe_label: 'REQUEST_ID_REUSED' })).toThrow('REQUEST_ID_REUSED');
    const primary = await transactions
      .run((em) => em.query("INSERT INTO probe VALUES (1, 0, 'x')"))
      .catch((reason: unknown) => reason);
    expect(violatedIndex(primary)).toBe('PRIMARY');
    expect(() => onUnique(primary, { ux_probe_label: 'REQUEST_ID_REUSED' })).toThrow(/Duplicate/);
  });
});
