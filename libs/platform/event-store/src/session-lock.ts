import type { Database, SqlRunner } from '@paymatch/platform-postgres';

type Connection = Awaited<ReturnType<Database['connection']>>;

const HEARTBEAT_MS = 2_000;
const HEARTBEAT_TIMEOUT_MS = 4_000;
/** PostgreSQL ends the session, and frees the lock, of a holder that is cut off: its heartbeats stop to arrive. */
const SESSION_TIMEOUT_MS = 8_000;

/**
 * A cluster-wide lock on a name, held by one database session and not by a transaction: a transaction held open would
 * stall every log reader. What is done over `sql` is done by the holder, or fails because the session is gone.
 */
export class SessionLock {
  readonly #heartbeat: NodeJS.Timeout;
  #lostBecause: Error | null = null;
  #isReleased = false;

  private constructor(private readonly connection: Connection) {
    connection.on('error', this.#lose);
    this.#heartbeat = setInterval(() => {
      // A client that waits for an answer on a dead network would wait for ever; `query_timeout` ends that.
      const beat = { text: 'SELECT 1', query_timeout: HEARTBEAT_TIMEOUT_MS };
      connection.query(beat).catch(this.#lose);
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Closes the connection, so that a query which waits on it for an answer ends as well. */
  readonly #lose = (error: Error): void => {
    this.#lostBecause ??= error;
    this.release();
  };

  /** `null` when another session holds the name. Takes one connection out of the pool until `release`. */
  static async tryAcquire(database: Database, name: string): Promise<SessionLock | null> {
    const connection = await database.connection();
    try {
      const { rows } = await connection.query<{ isHeld: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS "isHeld"',
        [name],
      );
      if (!rows[0]?.isHeld) {
        connection.release();
        return null;
      }
      // A checkpoint lost in a crash is repeated work, which at-least-once allows: no need to wait for the disk.
      await connection.query(`SET synchronous_commit = off; SET idle_session_timeout = ${SESSION_TIMEOUT_MS}`);
      return new SessionLock(connection);
    } catch (error) {
      connection.release(error as Error);
      throw error;
    }
  }

  get sql(): SqlRunner {
    return this.connection as unknown as SqlRunner;
  }

  /** Throws when the session ended, so that a holder that only waits notices too. */
  assertHeld(): void {
    if (this.#lostBecause !== null)
      throw new Error(`the lock's session ended: ${this.#lostBecause.message}`, { cause: this.#lostBecause });
  }

  /** Ends the session with the lock and its settings; it does not go back to the pool. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    clearInterval(this.#heartbeat);
    this.connection.release(true);
  }
}
