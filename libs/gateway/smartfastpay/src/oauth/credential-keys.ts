import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Bytes from here on would make the first letters of the alphabet likelier than the rest. */
const BASE62_BYTE_LIMIT = 62 * 4;

type Purpose = 'oauth-secrets' | 'access-tokens' | 'pix-callbacks';

/** Keyed digests under the operator's secret; every purpose has a key of its own (HKDF-SHA256, RFC 5869). */
export class CredentialKeys {
  private readonly keys: Readonly<Record<Purpose, Buffer>>;

  constructor(secret: string) {
    const derive = (purpose: Purpose): Buffer =>
      Buffer.from(hkdfSync('sha256', secret, 'paymatch', `paymatch/smartfastpay/${purpose}/v1`, 32));
    this.keys = {
      'oauth-secrets': derive('oauth-secrets'),
      'access-tokens': derive('access-tokens'),
      'pix-callbacks': derive('pix-callbacks'),
    };
  }

  digest(purpose: Purpose, content: string | Buffer): Buffer {
    return createHmac('sha256', this.keys[purpose]).update(content).digest();
  }

  matches(purpose: Purpose, content: string | Buffer, digest: Buffer): boolean {
    const own = this.digest(purpose, content);
    return own.length === digest.length && timingSafeEqual(own, digest);
  }
}

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
