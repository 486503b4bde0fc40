import fc from 'fast-check';
import type { Operation } from './operations.js';
import type { Input } from './samples.js';
import { takesBody } from './operations.js';
import { asText, toRawCall, type RawCall } from './send.js';

/** What people, broken programs and attackers put where a value should be. */
const oddValues: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  -0.5,
  2 ** 31,
  2 ** 53,
  1e300,
  true,
  'true',
  [],
  [[]],
  ['a', 'b'],
  {},
  { $gt: '' },
  { length: 1e9 },
  { toString: 'x' },
  'x'.repeat(5_000),
  '证'.repeat(20_000),
  '\u0000',
  'a\u0000b',
  '\u0007\u001b[31m',
  '\ud800',
  '\u202e\u200b\ufeff',
  '👩‍👩‍👧‍👦👍🏽',
  'e\u0301'.normalize('NFC'),
  'e\u0301',
  '１２３４５６',
  "' OR 1=1 -- ",
  '%_\\',
  '"; DROP TABLE citizen; --',
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'NaN',
  'Infinity',
  '-1',
  '1e309',
  '0x10',
  '9'.repeat(400),
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '9999-12-31',
  '+275760-09-13',
  '24:00',
  '00000000000000000000000000',
  'ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
];

const odd = fc.oneof(
  { arbitrary: fc.constantFrom(...oddValues), weight: 4 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 1 },
  { arbitrary: fc.double(), weight: 1 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
);

/** One field, at any depth, gets an odd value, goes missing, or is wrapped. */
export function mutated(input: Input): fc.Arbitrary<Input> {
  const places = placesIn(input);
  const extra = fc
    .constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'id', 'citizenId')
    .chain((key) => odd.map((value) => withOwn(input, key, value)));
  if (places.length === 0) return extra;
  const place = fc.constantFrom(...places);
  return fc.oneof(
    { arbitrary: fc.tuple(place, odd).map(([path, value]) => changed(input, path, () => value)), weight: 5 },
    { arbitrary: place.map((path) => changed(input, path, () => undefined)), weight: 1 },
    { arbitrary: place.map((path) => changed(input, path, (value) => [value, value])), weight: 1 },
    { arbitrary: place.map((path) => changed(input, path, (value) => ({ value }))), weight: 1 },
    { arbitrary: extra, weight: 1 },
  );
}

type Place = readonly string[];

function placesIn(value: unknown, here: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...here, key],
    ...placesIn(inner, [...here, key]),
  ]);
}

function changed(input: Input, [key = '', ...rest]: Place, change: (value: unknown) => unknown): Input {
  const copy = (Array.isArray(input) ? [...(input as unknown[])] : { ...input }) as Input;
  const value = copy[key];
  copy[key] = rest.length > 0 ? changed(value as Input, rest, change) : change(value);
  return copy;
}

/** An own property even where the name is `__proto__`. */
function withOwn(input: Input, key: string, value: unknown): Input {
  const copy = { ...input };
  Object.defineProperty(copy, key, { value, enumerable: true });
  return copy;
}

const oddSegments = [
  '..',
  '.',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '../../health/ready',
  '%00',
  'a%00b',
  '%',
  '%E0%A4%A',
  '%C0%AF',
  '%F0%9F%91%8D',
  '%ED%A0%80',
  '%20',
  '+',
  ';',
  '*',
  ':id',
  '__proto__',
  'undefined',
  'null',
  '%27%20OR%201=1',
  'x'.repeat(129),
  'x'.repeat(10_000),
  '%E8%AF%81'.repeat(200),
];

const oddBodies = [
  '',
  '{',
  '[]',
  'null',
  'true',
  '"text"',
  '7',
  '1e309',
  '{"a":1e309}',
  '{"a":NaN}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":1,"a":2}',
  '\ufeff{}',
  '{"a":"\u0000"}',
  '['.repeat(20_000),
  '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
  `{"note":"${'x'.repeat(300 * 1024)}"}`,
] as const;

const oddTypes = [
  undefined,
  '',
  'text/plain',
  'text/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/jsonx',
  'application/problem+json',
  '/',
] as const;

const oddQueries = [
  'limit=1&limit=2',
  'limit=NaN',
  'limit=1e309',
  'limit=-1',
  'limit[]=5',
  'limit[__proto__]=5',
  'cursor=%00',
  'q=%00',
  'q=%25',
  'q=%E0%A4%A',
  'q=%F0%9F%91%8D&q=b',
  'day=2026-02-30',
  'day=',
  '__proto__=x&constructor=y',
  '__proto__[limit]=5',
  `q=${'x'.repeat(9_000)}`,
  '&&&===',
  '%',
  'x'.repeat(200),
];

/** A good call that is broken on its way: other path, query, body or content type. */
export function brokenCalls(
  operation: Operation,
  input: Input,
  token: string | undefined,
): fc.Arbitrary<RawCall> {
  const good = toRawCall(operation, input, token);
  const kinds: fc.Arbitrary<RawCall>[] = [
    fc
      .constantFrom(...oddQueries)
      .map((query) => ({ ...good, path: `${good.path.split('?', 1)[0] ?? ''}?${query}` })),
  ];
  if (operation.inPath.length > 0) {
    kinds.push(
      fc
        .tuple(fc.constantFrom(...operation.inPath), fc.constantFrom(...oddSegments))
        .map(([name, segment]) => ({
          ...good,
          path: operation.endpoint.path.replace(/:(\w+)/g, (_match, other: string) =>
            other === name ? segment : encodeURIComponent(asText(input[other])),
          ),
        })),
    );
  }
  if (takesBody(operation.endpoint)) {
    kinds.push(
      fc.constantFrom(...oddBodies).map((body) => ({ ...good, body })),
      fc.constantFrom(...oddTypes).map((type) => ({ ...good, type })),
      fc.constantFrom(...oddTypes).map((type) => ({ ...good, type, body: '<a>1</a>' })),
      fc.constant({ ...good, body: undefined }),
    );
  }
  return fc.oneof(...kinds);
}
