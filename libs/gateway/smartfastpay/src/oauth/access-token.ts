import { randomBytes } from 'node:crypto';
import type { Caller, OAuthClient, OAuthClients } from '@paymatch/gateway-access';
import type { Clock } from '@paymatch/platform-observability';
import type { KeyedDigest } from '@paymatch/platform-secrets';

/** Contract B: `expires_in`. */
export const ACCESS_TOKEN_SECONDS = 3_600;

const PREFIX = 'at_';
const ID_BYTES = 16;
const TIME_BYTES = 6;
const NONCE_BYTES = 10;
const SIGNED_BYTES = ID_BYTES + TIME_BYTES + NONCE_BYTES;
const TOKEN_SHAPE = /^at_[A-Za-z0-9_-]{86}$/;

/**
 * Access tokens carry the credential's id and their own end, signed; nothing is stored for them. Whether the credential
 * still stands is asked with each use, so that a token ends with it.
 */
export class AccessTokens {
  constructor(
    private readonly clients: Pick<OAuthClients, 'callerOf'>,
    private readonly digests: KeyedDigest,
    private readonly clock: Clock,
  ) {}

  issue(client: OAuthClient): string {
    const signed = Buffer.alloc(SIGNED_BYTES);
    signed.write(client.id.replaceAll('-', ''), 0, 'hex');
    signed.writeUIntBE(this.clock.nowMs() + ACCESS_TOKEN_SECONDS * 1_000, ID_BYTES, TIME_BYTES);
    randomBytes(NONCE_BYTES).copy(signed, ID_BYTES + TIME_BYTES);
    return PREFIX + Buffer.concat([signed, this.digests.of(signed)]).toString('base64url');
  }

  /** `null` for a token that is not ours, has ended, or whose credential was revoked. */
  async authenticate(token: string): Promise<Caller | null> {
    if (!TOKEN_SHAPE.test(token)) return null;
    const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
    const signed = bytes.subarray(0, SIGNED_BYTES);
    if (!this.digests.matches(signed, bytes.subarray(SIGNED_BYTES))) return null;
    if (this.clock.nowMs() >= signed.readUIntBE(ID_BYTES, TIME_BYTES)) return null;
    const hex = signed.toString('hex', 0, ID_BYTES);
    return this.clients.callerOf(
      `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
    );
  }
}
