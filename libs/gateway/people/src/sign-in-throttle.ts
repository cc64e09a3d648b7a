import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { KeyedDigest } from '@paymatch/platform-secrets';

const WINDOW_MS = 15 * 60_000;
const PURGED_AT_ONCE = 5_000;

/** What one may try in a quarter of an hour, at all instances together. */
const LIMITS = {
  /** Passwords and codes of one account, answers of one passkey, whether it exists or not. */
  account: 10,
  /** Of one address, for any accounts. */
  address: 50,
  /** Challenges for passkeys, of one address: pages ask for one before anybody types. */
  challenge: 200,
  /** Links that are asked for by mail, for one account. */
  mail: 3,
} as const;

export type Throttled = keyof typeof LIMITS;

/**
 * Counts what is tried before it is looked at, so that guesses that come at once are counted like those that come one
 * after the other. Whoever comes in is forgiven.
 */
export class SignInThrottle {
  private readonly digest: KeyedDigest;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    secret: string,
  ) {
    this.digest = new KeyedDigest(secret, 'paymatch/sign-in-attempts/v1');
  }

  /** Seconds until it may be tried again; 0 when this one is let through. */
  async take(kind: Throttled, subject: string): Promise<number> {
    const nowMs = this.clock.nowMs();
    const isOver = 't.ends_at <= $2';
    const {
      rows: [row],
    } = await this.database.query<{ count: number; ends_at: Date }>({
      name: 'people-throttle-take',
      text: `INSERT INTO gateway.sign_in_attempts AS t (subject, ends_at, count) VALUES ($1, $3, 1)
             ON CONFLICT (subject) DO UPDATE SET
               count = CASE WHEN ${isOver} THEN 1 ELSE least(t.count + 1, 1000000) END,
               ends_at = CASE WHEN ${isOver} THEN $3 ELSE t.ends_at END
             RETURNING count, ends_at`,
      values: [this.key(kind, subject), new Date(nowMs), new Date(nowMs + WINDOW_MS)],
    });
    return row!.count <= LIMITS[kind] ? 0 : Math.max(1, Math.ceil((row!.ends_at.getTime() - nowMs) / 1_000));
  }

  async forgive(kind: Throttled, subject: string): Promise<void> {
    await this.database.query('DELETE FROM gateway.sign_in_attempts WHERE subject = $1', [this.key(kind, subject)]);
  }

  /** Clears away what is over; says whether there may be more. */
  async purge(): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `DELETE FROM gateway.sign_in_attempts WHERE subject IN
         (SELECT subject FROM gateway.sign_in_attempts WHERE ends_at <= $1 LIMIT ${PURGED_AT_ONCE})`,
      [new Date(this.clock.nowMs())],
    );
    return rowCount === PURGED_AT_ONCE;
  }

  /** A subject of any length is a key of 32 bytes, and the table names nobody. */
  private key(kind: Throttled, subject: string): Buffer {
    return this.digest.of(`${kind} ${subject}`);
  }
}
