import { createHmac } from 'node:crypto';
import { deriveKey } from './derived-key.js';
import { TextSealer } from './text-sealer.js';

/**
 * What is done under the operator's secret. Every purpose has a key of its own (HKDF-SHA256, RFC 5869), so that a hash
 * made for one can never pass for the other.
 */
export class SecretKeeper {
  private readonly hashKey: Buffer;
  private readonly codeKey: Buffer;
  private readonly sealer: TextSealer;

  constructor(secret: string) {
    this.hashKey = deriveKey(secret, 'paymatch/api-keys/v1');
    this.codeKey = deriveKey(secret, 'paymatch/device-enrolment-codes/v1');
    this.sealer = new TextSealer(secret, 'paymatch/sealed-texts/v1');
  }

  /** HMAC-SHA256 of an API key: what the database keeps of it. */
  hash(text: string): Buffer {
    return createHmac('sha256', this.hashKey).update(text).digest();
  }

  /** HMAC-SHA256 of a device's enrolment code. */
  hashCode(text: string): Buffer {
    return createHmac('sha256', this.codeKey).update(text).digest();
  }

  /** `context` names the row, so that a sealed text copied to another row does not open. */
  seal(text: string, context: string): Buffer {
    return this.sealer.seal(text, context);
  }

  /** Throws when the text was sealed under another secret or for another row. */
  open(sealed: Buffer, context: string): string {
    return this.sealer.open(sealed, context);
  }
}
