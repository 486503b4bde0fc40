import fc from 'fast-check';
import { z } from 'zod';
import type { Operation } from './operations.js';

export type Input = Record<string, unknown>;

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Inputs that the operation's schema takes, or nearly: what JSON Schema can't say (a refinement) may be missed. */
export function inputsOf({ endpoint, inPath }: Operation): fc.Arbitrary<Input> {
  const schema = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as Schema;
  const inputs = schema.properties || schema.anyOf ? arbitraryOf(schema) : fc.dictionary(fc.string(), scalar);
  const path = Object.fromEntries(inPath.map((name) => [name, schema.properties?.[name] ? null : word]));
  const free = Object.entries(path).filter((entry): entry is [string, fc.Arbitrary<string>] => !!entry[1]);
  return fc
    .tuple(inputs, fc.record(Object.fromEntries(free)))
    .map(([input, more]) => ({ ...(input as Input), ...more }));
}

/** One input that the schema takes, the same each time. */
export function sampleOf(operation: Operation): Input {
  const options = { seed: 20_260_714, numRuns: 200 };
  const found = fc
    .sample(inputsOf(operation), options)
    .find((input) => operation.endpoint.input.safeParse(input).success);
  if (!found) throw new Error(`No valid input found for ${operation.id}`);
  return found;
}

const word = fc.stringMatching(/^[A-Za-z0-9]{8,20}$/);
const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));

function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitraryOf));
  switch (schema.type) {
    case 'object':
      return objects(schema);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 3, 3) });
    case 'string':
      return texts(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 100_000, 100_000) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      // A coerced number, mostly.
      return fc.integer({ min: 1, max: 100 });
  }
}

function objects({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const entries = Object.entries(properties).map(([key, schema]) => [key, arbitraryOf(schema)] as const);
  return fc.record(Object.fromEntries(entries), { requiredKeys: [...required] });
}

function texts({ pattern, format, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'date') {
    return fc
      .integer({ min: 0, max: 20 })
      .map((days) => new Date(Date.UTC(2026, 6, 7 + days)).toISOString().slice(0, 10));
  }
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  const longest = Math.max(minLength, Math.min(maxLength ?? 20, 20));
  const unit = fc.constantFrom(...'证照事项办理林小明Aa09 -.');
  return fc.string({ unit, minLength: Math.max(minLength, 1), maxLength: longest });
}
