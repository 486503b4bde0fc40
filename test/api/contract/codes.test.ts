import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commonErrors } from '@haoban/contracts';
import { errorCatalogue, type ErrorCode } from '@haoban/domain';
import { describe, expect, it } from '@jest/globals';
import { operations } from './operations.js';

/** Codes that no client meets as an answer. */
const internal: readonly ErrorCode[] = [
  // What the filter makes of a framework's own 409.
  'CONFLICT',
  // A row that names a queue which is gone; the client never names one.
  'QUEUE_NOT_FOUND',
  // The rule's reason; the API answers NOT_FOUND, which doesn't say that there is something to rate.
  'RATING_NOT_YOURS',
  // From the cases to the deliveries, where it becomes the parcel's problem.
  'WAYBILL_TAKEN',
];

const root = join(__dirname, '..', '..', '..');

function sources(folder: string, skip: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (skip.test(relative(root, path))) return [];
    if (entry.isDirectory()) return sources(path, skip);
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const quoted = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => [...text.matchAll(/'([A-Z][A-Z_]+[A-Z])'/g)].map(([, code = '']) => code)));

const listed = new Set(operations.flatMap(({ endpoint }) => endpoint.errors));

describe('error codes', () => {
  it('that a client can meet are each met by a test of the API', () => {
    const tested = quoted(sources(join(root, 'test/api'), /^test\/api\/contract\b/));
    // INTERNAL can't be brought about from outside, as far as we know.
    const codes = new Set([...listed, ...commonErrors].filter((code) => code !== 'INTERNAL'));
    expect([...codes].filter((code) => !tested.has(code)).sort()).toEqual([]);
  });

  it('that an operation lists are each thrown somewhere', () => {
    const thrown = quoted(
      [join(root, 'apps/api/src'), join(root, 'libs/domain/src')].flatMap((folder) =>
        sources(folder, /^libs\/domain\/src\/errors\.ts$/),
      ),
    );
    expect([...listed].filter((code) => !thrown.has(code)).sort()).toEqual([]);
  });

  it('of the catalogue are each listed by an operation, common to all, or known to be internal', () => {
    const known = new Set<ErrorCode>([...listed, ...commonErrors, ...internal]);
    const codes = Object.keys(errorCatalogue) as ErrorCode[];
    expect(codes.filter((code) => !known.has(code)).sort()).toEqual([]);
  });

  it('are listed once by an operation', () => {
    const twice = operations.filter(({ endpoint }) => new Set(endpoint.errors).size < endpoint.errors.length);
    expect(twice.map(({ id }) => id)).toEqual([]);
  });
});
