import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;

/** A key of its own for every purpose (HKDF-SHA256, RFC 5869): what is made for one can never pass for another. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'paymatch', purpose, KEY_BYTES));
}

/** HMAC-SHA256 under the operator's secret, for one purpose: what is kept of a text that is never shown again. */
export class KeyedDigest {
  private readonly key: Buffer;

  constructor(secret: string, purpose: string) {
    this.key = deriveKey(secret, purpose);
  }

  of(content: string | Buffer): Buffer {
    return createHmac('sha256', this.key).update(content).digest();
  }

  /** In constant time. */
  matches(content: string | Buffer, digest: Buffer): boolean {
    const own = this.of(content);
    return own.length === digest.length && timingSafeEqual(own, digest);
  }
}
