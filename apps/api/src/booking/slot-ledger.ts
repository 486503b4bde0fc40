import { randomInt } from 'node:crypto';
import {
  claimPlaces,
  permit,
  refuse,
  reopenAt,
  reopenPlaces,
  returnPlaces,
  type Contingent,
  type Decision,
  type PlaceCapacity,
  type PlaceClaim,
  type PlaceLoad,
  type ReopenDelay,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { insertRows } from '../db/insert-rows.js';
import { selectList, toEntities } from '../db/raw-rows.js';
import { SlotChanges } from './slot-changes.js';
import { SlotEntity, SlotReturnEntity } from './slot.entity.js';

const RANDOM_STEPS = 2 ** 40;

/** What a booking holds of each of its slots. */
export interface GivenPlaces {
  readonly contingent: Contingent;
  readonly places: number;
  readonly itemClass: string | null;
}

/** How many of a slot's public places are released by now; default all. */
export type PublicPlaces = (row: SlotEntity) => number;

/** When returned places open again; a class so that a test can say it. */
@Injectable()
export class ReopenDraw {
  /** To the millisecond, and from a secure source, since who can guess it can trade places. */
  at(returnedAt: Date, delay: ReopenDelay): Date {
    return reopenAt(returnedAt, delay, randomInt(RANDOM_STEPS) / RANDOM_STEPS);
  }
}

/** The only code that changes what is counted in a slot. */
@Injectable()
export class SlotLedger {
  constructor(
    private readonly changes: SlotChanges,
    private readonly draw: ReopenDraw,
    private readonly clock: Clock,
  ) {}

  /** Holds the slots' rows in id order until the end of the transaction; unknown ids are missing. Lock people before. */
  async lock(em: EntityManager, slotIds: readonly string[]): Promise<LockedSlots> {
    const ids = [...new Set(slotIds)].sort();
    const rows = ids.length > 0 ? await lockRows(em, ids) : [];
    return new LockedSlots(em, rows, this.changes, this.draw, this.clock.now());
  }
}

type LockedSlot = SlotEntity & {
  /** 1 where anybody ever gave a place of it back. */
  readonly wasReturned?: string | number;
};

async function lockRows(em: EntityManager, ids: readonly string[]): Promise<LockedSlot[]> {
  const rows = await em.query<unknown[]>(
    `SELECT ${selectList(em, SlotEntity)},
        EXISTS(SELECT 1 FROM slot_return WHERE slot_return.slot_id = slot.id AND person_key IS NOT NULL) AS wasReturned
      FROM slot WHERE slot.id IN (?) ORDER BY slot.id FOR UPDATE`,
    [ids],
  );
  return toEntities<SlotEntity, LockedSlot>(em, SlotEntity, rows);
}

/** Slots under lock: claims and returns are counted here, `write` puts all of them down at once. */
export class LockedSlots {
  private readonly rows: ReadonlyMap<string, LockedSlot>;
  /** With what each held when it was locked. */
  private readonly changed = new Map<SlotEntity, PlaceLoad>();
  private readonly returns: SlotReturnEntity[] = [];
  /** With what each held before the attempt that is under way. */
  private tried: Map<LockedSlot, PlaceLoad> | undefined;

  constructor(
    private readonly em: EntityManager,
    rows: readonly LockedSlot[],
    private readonly changes: SlotChanges,
    private readonly draw: ReopenDraw,
    private readonly now: Date,
  ) {
    this.rows = new Map(rows.map((row) => [row.id, row]));
  }

  /** In the order asked for; undefined where one is not known. */
  run(slotIds: readonly string[]): SlotEntity[] | undefined {
    const run = slotIds.flatMap((id) => this.rows.get(id) ?? []);
    return run.length === slotIds.length ? run : undefined;
  }

  /** Those of which anybody ever gave a place back. */
  returnedOf(slotIds: readonly string[]): string[] {
    return slotIds.filter((id) => Number(this.rows.get(id)?.wasReturned) === 1);
  }

  /** All of the run or nothing, in one contingent. @returns the contingent, or SLOT_FULL */
  claim(
    run: readonly SlotEntity[],
    claim: PlaceClaim,
    publicPlaces: PublicPlaces = (row) => row.capacity,
  ): Decision<Contingent> {
    const tries: Contingent[] = claim.audience === 'green' ? ['green', 'public'] : [claim.audience];
    for (const contingent of tries) {
      const claimed = run.map((row) =>
        claimPlaces(capacityOf(row, publicPlaces(row)), loadOf(row), { ...claim, audience: contingent }),
      );
      // A green claim that its own part can't hold falls back to the public one as a whole, not slot by slot.
      if (!claimed.every((each) => each.ok && each.next.contingent === contingent)) continue;
      run.forEach((row, index) => {
        const each = claimed[index];
        if (each?.ok) this.set(row, each.next.load);
      });
      return permit(contingent);
    }
    return refuse('SLOT_FULL');
  }

  /**
   * Public places are held back for a while that nobody can foresee, and while somebody waits for them until the waitlist was asked.
   * Whoever gave a booking back never gets such a slot again, also where the hall has no delay.
   * @param back.reopen null where nobody gave it up of their own will, or a hold ended: no delay, and its owner may have it again
   * @param back.atOnce slots that are about to be taken again in the same transaction
   */
  giveBack(
    slotIds: readonly string[],
    given: GivenPlaces,
    back: {
      readonly personKey: string;
      /** The account that gives it back, where one does. */
      readonly accountId?: string | undefined;
      readonly reopen: ReopenDelay | null;
      readonly atOnce?: ReadonlySet<string> | undefined;
    },
  ): void {
    const { reopen, personKey, accountId = null, atOnce } = back;
    const delayed = reopen !== null && reopen.maxMinutes > 0;
    // One draw for the whole visit: a long one may go to somebody who needs all of it.
    const opensAt = delayed ? this.draw.at(this.now, reopen) : this.now;
    for (const id of slotIds) {
      const row = this.rows.get(id);
      if (!row) continue;
      const kept = delayed || (row.waited && !atOnce?.has(id));
      const holdBack = given.contingent === 'public' && kept;
      this.set(row, returnPlaces(loadOf(row), given, holdBack));
      if (!holdBack && !reopen) continue;
      this.returns.push({
        id: newId(),
        slotId: row.id,
        queueId: row.queueId,
        personKey: reopen ? personKey : null,
        accountId: reopen ? accountId : null,
        places: given.places,
        returnedAt: this.now,
        reopenAt: holdBack ? opensAt : this.now,
        reopenedAt: holdBack ? null : this.now,
        wentTo: holdBack ? null : 'all',
      });
    }
  }

  /** Held-back places that are open again. */
  reopen(slotId: string, places: number): void {
    const row = this.rows.get(slotId);
    if (row) this.set(row, reopenPlaces(loadOf(row), places));
  }

  /** As if nothing had been tried where it does not work. */
  attempt<T>(act: () => T, worked: (result: T) => boolean): T {
    const [before, returns] = [new Map<LockedSlot, PlaceLoad>(), this.returns.length];
    this.tried = before;
    const result = act();
    this.tried = undefined;
    if (worked(result)) return result;
    for (const [row, load] of before) this.set(row, load);
    this.returns.splice(returns);
    return result;
  }

  /** Puts every change down and tells the processes once it is committed. */
  async write(): Promise<void> {
    if (this.changed.size === 0) return;
    const changed = new Map(this.changed);
    this.changed.clear();
    await writeCounts(this.em, changed);
    await insertRows(this.em, SlotReturnEntity, this.returns.splice(0));
    for (const { queueId, day } of changed.keys()) this.changes.changed(this.em, queueId, day);
  }

  private set(row: SlotEntity, load: PlaceLoad): void {
    if (!this.changed.has(row)) this.changed.set(row, loadOf(row));
    if (this.tried && !this.tried.has(row)) this.tried.set(row, loadOf(row));
    row.taken = load.public;
    row.greenTaken = load.green;
    row.internalTaken = load.internal;
    row.heldBack = load.heldBack;
    row.classTaken = load.perClass ?? null;
  }
}

/** @param publicPlaces how many of the public places are released, where that is fewer than all */
export function capacityOf(row: SlotEntity, publicPlaces = row.capacity): PlaceCapacity {
  return {
    public: Math.min(publicPlaces, row.capacity),
    green: row.greenCapacity,
    // A rule that was cut below what is taken must not free anything, nor may the parts exceed the whole.
    internal: Math.max(row.internalCapacity, row.capacity),
    ...(row.classPlaces && { perClass: row.classPlaces }),
  };
}

export function loadOf(row: SlotEntity): PlaceLoad {
  return {
    public: row.taken,
    green: row.greenTaken,
    internal: row.internalTaken,
    heldBack: row.heldBack,
    ...(row.classTaken && { perClass: row.classTaken }),
  };
}

interface CountChange {
  readonly steps: Readonly<Record<(typeof counts)[number][0], number>>;
  readonly classTaken: string | null;
  readonly ids: string[];
}

const counts = [
  ['taken', 'public'],
  ['green_taken', 'green'],
  ['internal_taken', 'internal'],
  ['held_back', 'heldBack'],
] as const;

/** One statement for all slots that change alike: in a rush a batch takes one or two places of each of a hundred. */
async function writeCounts(em: EntityManager, changed: ReadonlyMap<SlotEntity, PlaceLoad>): Promise<void> {
  const alike = new Map<string, CountChange>();
  for (const [row, before] of changed) {
    const now = loadOf(row);
    const steps = Object.fromEntries(counts.map(([column, part]) => [column, now[part] - before[part]]));
    const classTaken = row.classTaken && JSON.stringify(row.classTaken);
    const same = Object.values(steps).every((step) => step === 0);
    if (same && classTaken === (before.perClass ? JSON.stringify(before.perClass) : null)) continue;
    const key = [...Object.values(steps), classTaken].join();
    const change = alike.get(key) ?? { steps: steps as CountChange['steps'], classTaken, ids: [] };
    change.ids.push(row.id);
    alike.set(key, change);
  }
  for (const { steps, classTaken, ids } of alike.values()) {
    const sets = counts
      .filter(([column]) => steps[column] !== 0)
      .map(([column]) => `${column} = ${column} + ?`);
    const values = counts.map(([column]) => steps[column]).filter((step) => step !== 0);
    await em.query(`UPDATE slot SET ${[...sets, 'class_taken = ?'].join(', ')} WHERE id IN (?)`, [
      ...values,
      classTaken,
      ids,
    ]);
  }
}
