/** PostgreSQL cannot hold it; a repeat fails as well. */
export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue';
}

/**
 * PostgreSQL arrays in its binary format (array_recv in PostgreSQL's arrayfuncs.c): a header of five int32 —
 * dimensions, whether there are NULLs, element type, length, lower bound — then each element with its length before it.
 * The driver sends Buffers as they are. Half of an append's time went into escaping these values as text, and reading
 * them again.
 */
interface Encoding<T> {
  readonly oid: number;
  /** Bytes of the element; at least as many as will be written. */
  readonly size: (value: T) => number;
  /** Writes the element and returns its number of bytes. */
  readonly write: (target: Buffer, value: T, at: number) => number;
}

const HEADER_BYTES = 20;
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 2 ** 32;
/** The most bytes UTF-8 needs for one UTF-16 code unit; cheaper than counting them. */
const UTF8_BYTES_MAX = 3;

function encode<T>(values: readonly (T | null)[], { oid, size, write }: Encoding<T>): Buffer {
  let bytes = HEADER_BYTES;
  for (const value of values) bytes += 4 + (value === null ? 0 : size(value));
  const target = Buffer.allocUnsafe(bytes);
  target.writeInt32BE(1, 0);
  target.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  target.writeInt32BE(oid, 8);
  target.writeInt32BE(values.length, 12);
  target.writeInt32BE(1, 16);
  let at = HEADER_BYTES;
  for (const value of values) {
    const length = value === null ? -1 : write(target, value, at + 4);
    target.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return target.subarray(0, at);
}

function writeUuid(target: Buffer, value: string, at: number): number {
  const hex = value.replaceAll('-', '');
  // Buffer.write stops silently at the first thing that is not hex.
  if (hex.length !== 32 || target.write(hex, at, 'hex') !== 16)
    throw new UnstorableValue(`not a UUID: ${JSON.stringify(value)}`);
  return 16;
}

function writeWhole(
  target: Buffer,
  value: number,
  { at, bytes }: { readonly at: number; readonly bytes: 2 | 4 },
): number {
  const max = 2 ** (bytes * 8 - 1);
  if (!Number.isInteger(value) || value >= max || value < -max)
    throw new UnstorableValue(`not a whole number of ${bytes} bytes: ${value}`);
  target.writeIntBE(value, at, bytes);
  return bytes;
}

function writeTime(target: Buffer, value: string, at: number): number {
  const microseconds = (Date.parse(value) - POSTGRES_EPOCH_MS) * 1_000;
  if (Number.isNaN(microseconds)) throw new UnstorableValue(`not a time: ${JSON.stringify(value)}`);
  const high = Math.floor(microseconds / TWO_TO_32);
  target.writeInt32BE(high, at);
  target.writeUInt32BE(microseconds - high * TWO_TO_32, at + 4);
  return 8;
}

const sizeOfText = (value: string): number => value.length * UTF8_BYTES_MAX;
const writeText = (target: Buffer, value: string, at: number): number => target.write(value, at);

function jsonText(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new UnstorableValue('no JSON: undefined');
  return text;
}

export const uuidArray = (values: readonly string[]): Buffer =>
  encode(values, { oid: 2950, size: () => 16, write: writeUuid });
export const textArray = (values: readonly (string | null)[]): Buffer =>
  encode(values, { oid: 25, size: sizeOfText, write: writeText });
/** Each value as its JSON text; `undefined` has none. */
export const jsonArray = (values: readonly unknown[]): Buffer =>
  encode(values.map(jsonText), { oid: 114, size: sizeOfText, write: writeText });
export const booleanArray = (values: readonly boolean[]): Buffer =>
  encode(values, {
    oid: 16,
    size: () => 1,
    write: (target, value, at) => {
      target[at] = value ? 1 : 0;
      return 1;
    },
  });
export const int4Array = (values: readonly number[]): Buffer =>
  encode(values, { oid: 23, size: () => 4, write: (target, value, at) => writeWhole(target, value, { at, bytes: 4 }) });
export const int2Array = (values: readonly number[]): Buffer =>
  encode(values, { oid: 21, size: () => 2, write: (target, value, at) => writeWhole(target, value, { at, bytes: 2 }) });
/** Elements are ISO 8601 texts, kept to the millisecond. */
export const timestamptzArray = (values: readonly string[]): Buffer =>
  encode(values, { oid: 1184, size: () => 8, write: writeTime });
export const byteaArray = (values: readonly (Uint8Array | null)[]): Buffer =>
  encode(values, {
    oid: 17,
    size: (value) => value.byteLength,
    write: (target, value, at) => {
      target.set(value, at);
      return value.byteLength;
    },
  });
export const int8Array = (values: readonly (number | null)[]): Buffer =>
  encode(values, {
    oid: 20,
    size: () => 8,
    write: (target, value, at) => {
      target.writeBigInt64BE(BigInt(value), at);
      return 8;
    },
  });
