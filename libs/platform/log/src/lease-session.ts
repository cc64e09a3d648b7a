import type { Logger } from '@paymatch/platform-observability';
import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';

const HEARTBEAT_MS = 2_000;
const HEARTBEAT_TIMEOUT_MS = 4_000;
/**
 * PostgreSQL ends the session, and frees its leases, of a process that is cut off or frozen: its heartbeats stop to
 * arrive.
 */
const SESSION_TIMEOUT_MS = 8_000;
const REOPEN_MS = 1_000;

type Connection = Awaited<ReturnType<Database['connection']>>;

/**
 * One connection in the life of a session, and the leases taken through it: advisory locks of the database session and
 * not of a transaction, since a transaction held open would stall every log reader. What is written through it is
 * written by the holder, or fails because the session, and every lease with it, is gone.
 */
export class LeaseConnection implements SqlRunner {
  private lostBecause: Error | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private busySinceMs: number | undefined;
  private answeredAtMs = 0;
  private readonly heartbeat: NodeJS.Timeout;

  constructor(
    private readonly connection: Connection,
    private readonly onLost: (connection: LeaseConnection, error: Error) => void,
  ) {
    connection.on('error', this.lose);
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  get isLost(): boolean {
    return this.lostBecause !== undefined;
  }

  /** Throws when the session ended, so that a holder that only waits notices too. */
  assertHeld(): void {
    if (this.lostBecause !== undefined)
      throw new Error(`the lease's session ended: ${this.lostBecause.message}`, { cause: this.lostBecause });
  }

  /** Whether this session now holds the lease of that name, alone among all sessions. */
  async take(name: string): Promise<boolean> {
    const { rows } = await this.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
      [name],
    );
    return rows[0]?.taken === true;
  }

  /** A lost connection has given it back already. */
  async giveBack(name: string): Promise<void> {
    if (!this.isLost) await this.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  }

  /**
   * Calls `heard` for each notification on the channel, as long as the session lives. The channel's name is a plain
   * identifier.
   */
  async listen(channel: string, heard: (payload: string) => void): Promise<void> {
    this.connection.on('notification', (message) => {
      if (message.channel === channel) heard(message.payload ?? '');
    });
    await this.query(`LISTEN ${channel}`);
  }

  /** Several may share the connection; the driver wants one query at a time. */
  query<Row extends QueryResultRow = QueryResultRow>(
    query: QueryConfig | string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    const config =
      typeof query === 'string' ? { text: query, ...(values !== undefined && { values: [...values] }) } : query;
    const result = this.last.then(() => {
      this.busySinceMs = performance.now();
      return this.connection.query<Row>(config);
    });
    this.last = result
      .catch(() => undefined)
      .finally(() => {
        this.busySinceMs = undefined;
        this.answeredAtMs = performance.now();
      });
    return result;
  }

  /** Closed, not handed back to the pool: the leases end with it. */
  end(reason: Error): void {
    if (this.lostBecause !== undefined) return;
    this.lostBecause = reason;
    clearInterval(this.heartbeat);
    this.connection.release(true);
  }

  private beat(): void {
    const busyMs = this.busySinceMs === undefined ? 0 : performance.now() - this.busySinceMs;
    // A heartbeat would queue behind the very query it should watch: that one is given up, and the connection with it.
    if (busyMs > HEARTBEAT_TIMEOUT_MS) return this.lose(new Error(`no answer for ${Math.round(busyMs)} ms`));
    // Who waits for an answer is heard of when it comes.
    if (busyMs > 0) return;
    // One that was asked something lately is known to live, on both sides.
    if (performance.now() - this.answeredAtMs < HEARTBEAT_MS) return;
    // A connection whose network is dead would wait for ever; the timeout ends that.
    const beat = { text: 'SELECT 1', query_timeout: HEARTBEAT_TIMEOUT_MS };
    this.query(beat).catch(this.lose);
  }

  /** Closes the connection, so that a query which waits on it for an answer ends as well. */
  private readonly lose = (error: Error): void => {
    if (this.isLost) return;
    this.end(error);
    this.onLost(this, error);
  };
}

export interface LeaseSessionOptions {
  readonly database: Database;
  readonly logger: Logger;
  /** Whose session it is, for the log. */
  readonly holder: string;
}

/**
 * The one connection through which somebody holds leases; opened anew when it was lost. Takes one out of the pool until
 * `close`.
 */
export class LeaseSession {
  private current: Promise<LeaseConnection> | undefined;
  private isClosed = false;
  private reopening: NodeJS.Timeout | undefined;
  private lost: { readonly sinceMs: number; readonly fault: string } | undefined;

  constructor(private readonly options: LeaseSessionOptions) {}

  /** The connection in use, or a new one. Rejects while the database is unreachable, and after `close`. */
  open(): Promise<LeaseConnection> {
    if (this.isClosed) return Promise.reject(new Error(`${this.options.holder} is stopping`));
    this.current ??= this.connect().catch((error: unknown) => {
      this.current = undefined;
      this.noteLoss(error);
      throw error;
    });
    return this.current;
  }

  /** Set while the database is away. */
  get problem(): { readonly sinceMs: number; readonly fault: string } | undefined {
    return this.lost;
  }

  /** Every lease is free again when it resolves, or a moment later. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.reopening);
    const connection = await this.current?.catch(() => undefined);
    this.current = undefined;
    connection?.end(new Error(`${this.options.holder} is stopping`));
  }

  private async connect(): Promise<LeaseConnection> {
    const connection = await this.options.database.connection();
    try {
      // A checkpoint lost in a crash is repeated work, which at-least-once allows: no need to wait for the disk.
      await connection.query(`SET synchronous_commit = off; SET idle_session_timeout = ${SESSION_TIMEOUT_MS}`);
    } catch (error) {
      connection.release(error as Error);
      throw error;
    }
    this.lost = undefined;
    return new LeaseConnection(connection, (_, error) => {
      this.current = undefined;
      this.options.logger.warn(`${this.options.holder} lost its database connection`, { fault: error.message });
      this.noteLoss(error);
    });
  }

  /** Comes back by itself, so that who only waits knows, too, when the database is back. */
  private noteLoss(error: unknown): void {
    this.lost ??= { sinceMs: Date.now(), fault: error instanceof Error ? error.message : String(error) };
    clearTimeout(this.reopening);
    // A failure leads here again and arms the next try.
    if (!this.isClosed)
      this.reopening = setTimeout(() => {
        this.open().catch(() => undefined);
      }, REOPEN_MS).unref();
  }
}
