import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from './contract-b.client.js';

/** The samples of a contract's own documentation, letter by letter. */
export function readSamples(name: 'fastaar' | 'smartfastpay'): Json {
  return JSON.parse(readFileSync(path.join(__dirname, '../samples', `${name}.json`), 'utf8'));
}

const ULID = '[0-7][0-9a-hjkmnp-tv-z]{25}';

/** What a gateway makes itself may differ from a sample, in its own shape; everything else is as the sample has it. */
const generated: readonly (readonly [sample: RegExp, shape: RegExp])[] = [
  [/^01jxyz\.\.\.$/, new RegExp(`^${ULID}$`)],
  [/^https:\/\/fastaar\.com\/pay\/01jxyz\.\.\.$/, new RegExp(`^https?://[^/]+/pay/${ULID}$`)],
  [/^\d{4}-\d\d-\d\dT[\d:]{8}\+06:00$/, /^\d{4}-\d\d-\d\dT[\d:]{8}\+06:00$/],
  [/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/],
];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The sample as something to compare an answer with. */
export function asInSample(sample: Json): Json {
  if (Array.isArray(sample)) return sample.map(asInSample);
  if (sample === null || typeof sample !== 'object') return sample;
  return Object.fromEntries(
    Object.entries(sample as Record<string, Json>).map(([key, value]) => [key, asInField(key, value)]),
  );
}

function asInField(key: string, value: Json): Json {
  if (typeof value === 'number' && key === 'id') return expect.any(Number);
  if (typeof value !== 'string') return asInSample(value);
  const shape = generated.find(([sample]) => sample.test(value))?.[1];
  if (shape !== undefined) return expect.stringMatching(shape);
  return ['id', 'requestId'].includes(key) && UUID.test(value) ? expect.stringMatching(UUID) : value;
}
