import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { deriveKey } from './derived-key.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * What is done under the operator's secret. Every purpose has a key of its own (HKDF-SHA256, RFC 5869), so that a hash made for
 * one can never pass for the other.
 */
export class SecretKeeper {
  private readonly hashKey: Buffer;
  private readonly codeKey: Buffer;
  private readonly sealKey: Buffer;

  constructor(secret: string) {
    this.hashKey = deriveKey(secret, 'paymatch/api-keys/v1');
    this.codeKey = deriveKey(secret, 'paymatch/device-enrolment-codes/v1');
    this.sealKey = deriveKey(secret, 'paymatch/sealed-texts/v1');
  }

  /** HMAC-SHA256 of an API key: what the database keeps of it. */
  hash(text: string): Buffer {
    return createHmac('sha256', this.hashKey).update(text).digest();
  }

  /** HMAC-SHA256 of a device's enrolment code. */
  hashCode(text: string): Buffer {
    return createHmac('sha256', this.codeKey).update(text).digest();
  }

  /** AES-256-GCM: nonce, tag, ciphertext. `context` names the row, so that a sealed text copied to another row does not open. */
  seal(text: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.sealKey, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the text was sealed under another secret or for another row. */
  open(sealed: Buffer, context: string): string {
    const decipher = createDecipheriv('aes-256-gcm', this.sealKey, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}
