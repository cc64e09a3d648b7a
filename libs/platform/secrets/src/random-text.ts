import { randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Bytes from here on would make the first letters of the alphabet likelier than the rest. */
const BASE62_BYTE_LIMIT = 62 * 4;

/** Random text of letters and digits, every one equally likely. */
export function randomBase62(length: number): string {
  let out = '';
  while (out.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < BASE62_BYTE_LIMIT && out.length < length) out += BASE62[byte % 62];
    }
  }
  return out;
}
