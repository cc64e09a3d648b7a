import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { KeyedDigest, randomBase62 } from '@paymatch/platform-secrets';
import type { Client, OpenSession, SessionView } from './people.ports.js';
import { personColumns, toPerson, type PersonRow } from './users.store.js';

/** 43 letters and digits hold 256 bits. */
const TOKEN_LENGTH = 43;
const AGENT_LENGTH_MAX = 200;
/** A session ends when nobody used it for so long, and in any case. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
export const SESSION_LIFE_MS = 7 * 24 * 3_600_000;
/** For how long somebody who proved who they are may do what needs it. */
export const STEP_UP_MS = 15 * 60_000;
/** When a session was used is written down no oftener. */
const SEEN_EVERY_MS = 60_000;
const SESSIONS_MAX = 50;
const PURGED_AT_ONCE = 1_000;

type SessionRow = PersonRow & {
  id: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  step_up_until: Date | null;
};

/**
 * Sessions. The cookie's text is kept as a keyed hash only, and the token against forged requests is made from it: the
 * database alone lets nobody in. A session that was ended is no session from that moment on, at every instance.
 */
export class SessionsStore {
  private readonly tokens: KeyedDigest;
  private readonly csrfTokens: KeyedDigest;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    secret: string,
  ) {
    this.tokens = new KeyedDigest(secret, 'paymatch/sessions/v1');
    this.csrfTokens = new KeyedDigest(secret, 'paymatch/session-csrf/v1');
  }

  /**
   * A session of somebody who has just proved who they are; what they sign in over (`replaces`, the browser's earlier
   * token) ends with it. Beyond a number of sessions the oldest ends.
   */
  async open(who: { readonly userId: string; readonly client: Client; readonly replaces: string | null }, tx: Tx) {
    const token = randomBase62(TOKEN_LENGTH);
    const nowMs = this.clock.nowMs();
    const id = newId();
    await tx.query('DELETE FROM gateway.sessions WHERE token_hash = $1', [this.tokens.of(who.replaces ?? '')]);
    await tx.query(
      `INSERT INTO gateway.sessions
         (id, token_hash, user_id, address, agent, created_at, last_seen_at, expires_at, step_up_until)
       VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
      [
        id,
        this.tokens.of(token),
        who.userId,
        who.client.address,
        [...who.client.agent.replace(/\p{C}/gu, '')].slice(0, AGENT_LENGTH_MAX).join(''),
        new Date(nowMs),
        new Date(nowMs + SESSION_LIFE_MS),
        new Date(nowMs + STEP_UP_MS),
      ],
    );
    await tx.query(
      `DELETE FROM gateway.sessions WHERE id IN
         (SELECT id FROM gateway.sessions WHERE user_id = $1 ORDER BY created_at DESC, id DESC OFFSET ${SESSIONS_MAX})`,
      [who.userId],
    );
    await tx.query('UPDATE gateway.users SET last_seen_at = $2 WHERE id = $1', [who.userId, new Date(nowMs)]);
    return { id, token };
  }

  /** The session of a cookie, if it holds at this moment; being asked for is being used. */
  async find(token: string): Promise<OpenSession | null> {
    const nowMs = this.clock.nowMs();
    const tokenHash = this.tokens.of(token);
    const {
      rows: [row],
    } = await this.database.query<SessionRow>({
      name: 'people-session',
      text: `SELECT s.id, s.created_at, s.last_seen_at, s.expires_at, s.step_up_until, ${personColumns}
               FROM gateway.sessions s JOIN gateway.users u ON u.id = s.user_id
              WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3`,
      values: [tokenHash, new Date(nowMs), new Date(nowMs - SESSION_IDLE_MS)],
    });
    if (row === undefined) return null;
    if (nowMs - row.last_seen_at.getTime() >= SEEN_EVERY_MS) await this.touch(row, nowMs);
    return {
      id: row.id,
      person: toPerson(row),
      csrfToken: this.csrfTokens.of(token).toString('base64url'),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      stepUpUntil: row.step_up_until !== null && row.step_up_until.getTime() > nowMs ? row.step_up_until : null,
    };
  }

  /** Whether it holds at this moment; asking is not using it. */
  async isOpen(id: string): Promise<boolean> {
    const nowMs = this.clock.nowMs();
    const { rows } = await this.database.query({
      name: 'people-session-open',
      text: 'SELECT 1 FROM gateway.sessions WHERE id = $1 AND expires_at > $2 AND last_seen_at > $3',
      values: [id, new Date(nowMs), new Date(nowMs - SESSION_IDLE_MS)],
    });
    return rows.length > 0;
  }

  /** In constant time. */
  isCsrfToken(token: string, given: string): boolean {
    return this.csrfTokens.matches(token, Buffer.from(given, 'base64url'));
  }

  /** Newest first. */
  async list(userId: string): Promise<readonly SessionView[]> {
    const nowMs = this.clock.nowMs();
    const { rows } = await this.database.query<SessionRow & { address: string; agent: string }>(
      `SELECT id, address, agent, created_at, last_seen_at, expires_at FROM gateway.sessions
        WHERE user_id = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY created_at DESC, id DESC`,
      [userId, new Date(nowMs), new Date(nowMs - SESSION_IDLE_MS)],
    );
    return rows.map((row) => ({
      id: row.id,
      address: row.address,
      agent: row.agent,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      expiresAt: row.expires_at,
    }));
  }

  async stepUp(sessionId: string, tx: Tx): Promise<Date> {
    const until = new Date(this.clock.nowMs() + STEP_UP_MS);
    await tx.query('UPDATE gateway.sessions SET step_up_until = $2 WHERE id = $1', [sessionId, until]);
    return until;
  }

  /** Whether there was one. */
  async end(userId: string, sessionId: string, tx: Tx): Promise<boolean> {
    const { rowCount } = await tx.query('DELETE FROM gateway.sessions WHERE id = $1 AND user_id = $2', [
      sessionId,
      userId,
    ]);
    return (rowCount ?? 0) > 0;
  }

  /** All of somebody's, but for one that may be kept. */
  async endAll(userId: string, keep: string | null, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM gateway.sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2', [userId, keep]);
  }

  /** Clears away what is over; says whether there may be more. */
  async purge(): Promise<boolean> {
    const nowMs = this.clock.nowMs();
    const { rowCount } = await this.database.query(
      `DELETE FROM gateway.sessions WHERE id IN
         (SELECT id FROM gateway.sessions WHERE expires_at <= $1 LIMIT ${PURGED_AT_ONCE})`,
      [new Date(nowMs)],
    );
    return rowCount === PURGED_AT_ONCE;
  }

  private async touch(row: SessionRow, nowMs: number): Promise<void> {
    const now = new Date(nowMs);
    await this.database.query('UPDATE gateway.sessions SET last_seen_at = $2 WHERE id = $1', [row.id, now]);
    await this.database.query('UPDATE gateway.users SET last_seen_at = $2 WHERE id = $1', [row.user_id, now]);
  }
}
