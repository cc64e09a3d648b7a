import { randomBytes } from 'node:crypto';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { TooManySignIns } from '../passwords.js';

export const CHALLENGE_LIFE_MS = 5 * 60_000;
const CHALLENGE_BYTES = 32;
/** So many people may be about to sign in at one time; a flood of them costs a table of this length and no more. */
const SIGN_INS_MAX = 10_000;
const PURGED_AT_ONCE = 1_000;

/** What a challenge is for; but for signing in it belongs to one session, of which the latest counts. */
export type ChallengeUse =
  { readonly purpose: 'sign-in' } | { readonly purpose: 'registration' | 'step-up'; readonly sessionId: string };

/** Challenges that authenticators are to sign, each good once and for five minutes. */
export class PasskeyChallengesStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async make(use: ChallengeUse): Promise<Uint8Array<ArrayBuffer>> {
    const challenge = randomBytes(CHALLENGE_BYTES);
    const nowMs = this.clock.nowMs();
    const { rowCount } = await this.database.query(
      `INSERT INTO gateway.passkey_challenges (challenge, purpose, session_id, expires_at)
       SELECT $1, $2, $3, $4
        WHERE $3::uuid IS NOT NULL OR (SELECT count(*) FROM
          (SELECT 1 FROM gateway.passkey_challenges WHERE session_id IS NULL AND expires_at > $5 LIMIT ${SIGN_INS_MAX})
            waiting) < ${SIGN_INS_MAX}
       ON CONFLICT (session_id, purpose) DO UPDATE
         SET challenge = excluded.challenge, expires_at = excluded.expires_at`,
      [challenge, use.purpose, sessionOf(use), new Date(nowMs + CHALLENGE_LIFE_MS), new Date(nowMs)],
    );
    if (rowCount === 0) throw new TooManySignIns('too many people are about to sign in with a passkey');
    return new Uint8Array(challenge);
  }

  /** Whether it waited for this. However its answer is judged, it is gone: of two answers at once one finds it. */
  async use(challenge: Uint8Array, use: ChallengeUse): Promise<boolean> {
    const { rows } = await this.database.query<{ expires_at: Date }>(
      `DELETE FROM gateway.passkey_challenges
        WHERE challenge = $1 AND purpose = $2 AND session_id IS NOT DISTINCT FROM $3 RETURNING expires_at`,
      [Buffer.from(challenge), use.purpose, sessionOf(use)],
    );
    return rows[0] !== undefined && rows[0].expires_at.getTime() > this.clock.nowMs();
  }

  /** Clears away what is over; says whether there may be more. */
  async purge(): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `DELETE FROM gateway.passkey_challenges WHERE challenge IN
         (SELECT challenge FROM gateway.passkey_challenges WHERE expires_at <= $1 LIMIT ${PURGED_AT_ONCE})`,
      [new Date(this.clock.nowMs())],
    );
    return rowCount === PURGED_AT_ONCE;
  }
}

function sessionOf(use: ChallengeUse): string | null {
  return use.purpose === 'sign-in' ? null : use.sessionId;
}
