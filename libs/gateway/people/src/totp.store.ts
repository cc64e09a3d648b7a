import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { KeyedDigest, TextSealer } from '@paymatch/platform-secrets';

const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
/** Codes of the step before and after this one are taken: clocks differ, and people type slowly. */
const WINDOW = 1;
const RECOVERY_CODES = 10;
const RECOVERY_LENGTH = 12;
/** Without those that are read as one another. */
const RECOVERY_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Authenticators (RFC 6238): a code of six digits that is new every half minute and is taken once. */
export class TotpStore {
  private readonly sealer: TextSealer;
  private readonly recovery: KeyedDigest;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    secret: string,
  ) {
    this.sealer = new TextSealer(secret, 'paymatch/totp/v1');
    this.recovery = new KeyedDigest(secret, 'paymatch/recovery-codes/v1');
  }

  /** A new secret, which asks for nothing before `confirm`; `null` where an authenticator is in use. */
  async begin(person: {
    readonly id: string;
    readonly email: string;
  }): Promise<{ secret: string; uri: string } | null> {
    const secret = new Secret({ size: SECRET_BYTES });
    const { rowCount } = await this.database.query(
      'UPDATE gateway.users SET totp_sealed = $2 WHERE id = $1 AND totp_confirmed_at IS NULL',
      [person.id, this.sealer.seal(secret.base32, person.id)],
    );
    if (rowCount === 0) return null;
    return { secret: secret.base32, uri: generator(secret, person.email).toString() };
  }

  /** The recovery codes, shown this once; `null` where the code is not right. */
  async confirm(userId: string, code: string, tx: Tx): Promise<readonly string[] | null> {
    if (!(await this.takeCode(userId, code, tx))) return null;
    const { rowCount } = await tx.query(
      'UPDATE gateway.users SET totp_confirmed_at = $2 WHERE id = $1 AND totp_confirmed_at IS NULL',
      [userId, new Date(this.clock.nowMs())],
    );
    if (rowCount === 0) return null;
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await tx.query('DELETE FROM gateway.recovery_codes WHERE user_id = $1', [userId]);
    await tx.query('INSERT INTO gateway.recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [
      userId,
      codes.map((text) => this.recoveryHash(userId, text)),
    ]);
    return codes;
  }

  /** Whether this is a code of now that nobody has used, or a recovery code that nobody has used. */
  async check(userId: string, code: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (await this.takeCode(userId, code, tx)) return true;
      const { rowCount } = await tx.query(
        `UPDATE gateway.recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL`,
        [userId, this.recoveryHash(userId, code), new Date(this.clock.nowMs())],
      );
      return rowCount === 1;
    });
  }

  async remove(userId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE gateway.users SET totp_sealed = NULL, totp_confirmed_at = NULL WHERE id = $1', [userId]);
    await tx.query('DELETE FROM gateway.recovery_codes WHERE user_id = $1', [userId]);
  }

  /** The step it belongs to is written down: neither this code nor one before it is taken again, however many come. */
  private async takeCode(userId: string, code: string, tx: Tx): Promise<boolean> {
    const {
      rows: [row],
    } = await tx.query<{ totp_sealed: Buffer | null }>('SELECT totp_sealed FROM gateway.users WHERE id = $1', [userId]);
    if (!row?.totp_sealed) return false;
    const timestamp = this.clock.nowMs();
    const totp = generator(Secret.fromBase32(this.sealer.open(row.totp_sealed, userId)), '');
    const delta = totp.validate({ token: code.replace(/[^0-9]/g, ''), timestamp, window: WINDOW });
    if (delta === null) return false;
    const step = Math.floor(timestamp / (PERIOD_SECONDS * 1_000)) + delta;
    const { rowCount } = await tx.query(
      'UPDATE gateway.users SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2',
      [userId, step],
    );
    return rowCount === 1;
  }

  private recoveryHash(userId: string, code: string): Buffer {
    return this.recovery.of(`${userId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`);
  }
}

function generator(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: 'Paymatch', label, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });
}

/** `k7qm-2x9d-rt4w`: some 59 bits. */
function newRecoveryCode(): string {
  const letters = Array.from({ length: RECOVERY_LENGTH }, () => RECOVERY_LETTERS[randomInt(RECOVERY_LETTERS.length)]!);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}
