import { randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID_SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ULID_SHAPE = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

let lastMs = 0;
let sequence = 0;

/**
 * Random bytes are drawn some hundred ids at a time: one call of the generator costs more than all the rest of an id.
 */
const POOL_BYTES = 4_096;
let pool = randomBytes(POOL_BYTES);
let poolAt = 0;

function drawBytes(count: number): Buffer {
  if (poolAt + count > POOL_BYTES) {
    pool = randomBytes(POOL_BYTES);
    poolAt = 0;
  }
  poolAt += count;
  return pool.subarray(poolAt - count, poolAt);
}

/**
 * A new time-ordered 128-bit id, spelt as a UUIDv7 (RFC 9562 §5.7, method 1: a 12-bit counter inside one millisecond),
 * so that ids made by one process sort in the order they were made.
 */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = drawBytes(1)[0]!;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
    }
  }
  const bytes = drawBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes[6] = 0x70 | (sequence >> 8);
  bytes[7] = sequence & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The milliseconds since 1970 that a time-ordered id carries in its first 48 bits. */
export function idTimeMs(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

/**
 * The lower-case 26-character ULID spelling of the same 128 bits (contract A). Throws on anything but a lower-case
 * UUID.
 */
export function uuidToUlid(uuid: string): string {
  if (!UUID_SHAPE.test(uuid)) throw new TypeError(`not a lower-case UUID: ${uuid}`);
  let bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let out = '';
  for (let i = 0; i < 26; i += 1) {
    out = CROCKFORD[Number(bits & 31n)] + out;
    bits >>= 5n;
  }
  return out;
}

/** The UUID spelling of a ULID in either case, or `undefined` when the text is not one. */
export function ulidToUuid(ulid: string): string | undefined {
  const text = ulid.toLowerCase();
  if (!ULID_SHAPE.test(text)) return undefined;
  let bits = 0n;
  for (const char of text) bits = (bits << 5n) | BigInt(CROCKFORD.indexOf(char));
  const hex = bits.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether the text is a UUID as this system spells it: lower case, hyphenated. */
export function isUuid(text: string): boolean {
  return UUID_SHAPE.test(text);
}
