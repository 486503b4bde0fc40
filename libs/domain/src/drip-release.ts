/**
 * When a slot's public places come out. All at midnight means that whoever has a script gets them, so a part follows at moments that nobody
 * outside can foresee: they are drawn from the seed, the same in every process and after every restart.
 */
import { minuteMs } from './time.js';
import type { DripRelease } from './booking-rules.js';

export interface DripQuestion {
  /** Public places of the slot. */
  readonly capacity: number;
  /** When the slot's day opens for booking; nothing is out before. */
  readonly opensAt: Date;
  readonly drip: DripRelease;
  /** Secret and of this slot alone, e.g. an HMAC of its id. */
  readonly seed: string;
  /** By then everything is out, also where `overHours` reaches further, e.g. the last moment at which the slot may be booked. */
  readonly until?: Date;
}

export interface ReleaseMoment {
  readonly at: Date;
  /** So many places are out from then on. */
  readonly total: number;
}

/** How many places are out at `now`. Never falls while `now` grows, nor while the capacity grows. */
export function releasedPlaces(question: DripQuestion & { readonly now: Date }): number {
  const { capacity, opensAt, now } = question;
  if (now < opensAt || capacity <= 0) return 0;
  const first = placesAtOpening(question);
  if (first >= capacity) return capacity;
  const passed = now.getTime() - opensAt.getTime();
  return first + laterOffsets(question, capacity - first).filter((offset) => offset <= passed).length;
}

/** The whole schedule in time order, beginning with the opening; places that come out together are one moment. */
export function releaseMoments(question: DripQuestion): ReleaseMoment[] {
  const { capacity, opensAt } = question;
  if (capacity <= 0) return [];
  const first = placesAtOpening(question);
  const offsets = laterOffsets(question, capacity - first).sort((a, b) => a - b);
  const moments = [{ at: opensAt, total: first }];
  offsets.forEach((offset, index) => {
    const total = first + index + 1;
    if (offsets[index + 1] !== offset) moments.push({ at: new Date(opensAt.getTime() + offset), total });
  });
  return moments;
}

function spanMs({ opensAt, drip, until }: DripQuestion): number {
  const span = drip.overHours * 60 * minuteMs;
  return until ? Math.min(span, until.getTime() - opensAt.getTime()) : span;
}

function placesAtOpening(question: DripQuestion): number {
  const { capacity, drip } = question;
  if (spanMs(question) <= 0) return capacity;
  return Math.min(capacity, Math.max(0, Math.ceil(drip.atOpening * capacity)));
}

/** After the opening, in ms and in no order: the n-th draw is the same whatever the capacity. */
function laterOffsets(question: DripQuestion, count: number): number[] {
  if (count <= 0) return [];
  const span = spanMs(question);
  const next = seededRandom(question.seed);
  return Array.from({ length: count }, () => Math.max(1, Math.ceil(next() * span)));
}

/**
 * Numbers in [0, 1) that follow from the text: cyrb128 and sfc32 (bryc, github.com/bryc/code, public domain). 128 bits of state, so moments
 * that were seen do not give away the seed by trying; it is no cipher and nothing but moments may hang on it.
 */
function seededRandom(text: string): () => number {
  let [a, b, c, d] = hash128(text);
  return () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
}

function hash128(text: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  h1 ^= h2 ^ h3 ^ h4;
  return [h1, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
