import { departments } from '../departments.js';
import { kindsOf } from '../kinds.js';
import { queues } from '../queues.js';
import type { DemoItem, DemoItemSpec, DemoPlace } from '../types.js';

/** What most items have in common may be left out of a row. */
type Row = Omit<DemoItemSpec, 'bookable' | 'courierAllowed' | 'zeroVisit' | 'slotsNeeded'> &
  Partial<Pick<DemoItemSpec, 'bookable' | 'courierAllowed' | 'zeroVisit' | 'slotsNeeded'>>;

/** 行使层级 of every item here: 3, the city. */
const level = '3';

const placeOf = (code: string, slug: string): DemoPlace => {
  const queue = queues.find((candidate) => candidate.code === code);
  if (!queue) throw new Error(`No such queue in the demo city: ${code}`);
  return { hall: queue.hall, floor: queue.floor, zone: queue.zone, queue: code, kinds: kindsOf(slug, queue) };
};

/** Adds the 31-character code and the places. Left out: bookable, not sent by courier, one visit, one slot. */
export const defineItems = (department: string, rows: readonly Row[]): readonly DemoItem[] => {
  const body = departments.find((candidate) => candidate.code === department);
  if (!body) throw new Error(`No such department in the demo city: ${department}`);
  return rows.map((row) => ({
    bookable: true,
    courierAllowed: false,
    zeroVisit: false,
    slotsNeeded: 1,
    ...row,
    department,
    code: `${body.uscc}${level}${row.baseCode}`,
    places: row.queues.map((code) => placeOf(code, row.slug)),
  }));
};
