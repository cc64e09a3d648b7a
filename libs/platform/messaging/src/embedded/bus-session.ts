import type { Logger } from '@paymatch/platform-observability';
import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { CarrierUnavailable } from '../errors.js';
import { describeFault } from '../fault.js';

const HEARTBEAT_MS = 2_000;
const HEARTBEAT_TIMEOUT_MS = 4_000;
/** PostgreSQL ends the session, and frees its locks, of a process that is cut off or frozen: its heartbeats stop to arrive. */
const SESSION_TIMEOUT_MS = 8_000;
const REOPEN_MS = 1_000;

type Connection = Awaited<ReturnType<Database['connection']>>;

/** One database connection in the life of a session. What was locked through it is lost with it. */
export class SessionConnection implements SqlRunner {
  isLost = false;
  heartbeat: NodeJS.Timeout | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private busySinceMs: number | undefined;

  constructor(readonly connection: Connection) {}

  /** Several consumers share the connection; the driver wants one query at a time. */
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
      });
    return result;
  }

  /** How long the query under way has been without an answer; 0 when there is none. */
  get busyMs(): number {
    return this.busySinceMs === undefined ? 0 : performance.now() - this.busySinceMs;
  }
}

/**
 * The one connection through which this process holds its groups' locks and stores their offsets. Storing through the lock's
 * own connection means: who has lost the lock can no longer store.
 */
export class BusSession {
  private current: Promise<SessionConnection> | undefined;
  private isClosed = false;
  private reopening: NodeJS.Timeout | undefined;
  private lost: { readonly sinceMs: number; readonly fault: string } | undefined;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** The connection in use, or a new one. Rejects while the database is unreachable. */
  open(): Promise<SessionConnection> {
    if (this.isClosed) return Promise.reject(new CarrierUnavailable('the process is stopping'));
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

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.reopening);
    const session = await this.current?.catch(() => undefined);
    this.current = undefined;
    if (session === undefined || session.isLost) return;
    this.end(session, true);
  }

  private async connect(): Promise<SessionConnection> {
    const connection = await this.database.connection();
    const session = new SessionConnection(connection);
    try {
      // An offset lost in a crash means a batch delivered twice, which is promised anyway; so nobody waits for the disk here.
      await session.query(`SET synchronous_commit = off; SET idle_session_timeout = ${SESSION_TIMEOUT_MS}`);
    } catch (error) {
      connection.release(error as Error);
      throw error;
    }
    session.heartbeat = setInterval(() => {
      // A heartbeat would queue behind the very query it should watch: that one is given up, and the connection with it.
      if (session.busyMs > HEARTBEAT_TIMEOUT_MS)
        return this.drop(session, new Error(`no answer for ${Math.round(session.busyMs)} ms`));
      // Who waits for an answer is heard of when it comes.
      if (session.busyMs > 0) return;
      // A connection whose network is dead would wait for ever; the timeout ends that.
      const beat = { text: 'SELECT 1', query_timeout: HEARTBEAT_TIMEOUT_MS };
      session.query(beat).catch((error: Error) => this.drop(session, error));
    }, HEARTBEAT_MS);
    connection.on('error', (error) => this.drop(session, error));
    this.lost = undefined;
    return session;
  }

  private drop(session: SessionConnection, error: Error): void {
    if (session.isLost) return;
    this.current = undefined;
    this.logger.warn('the bus lost its database connection', { fault: describeFault(error) });
    this.end(session, error);
    this.noteLoss(error);
  }

  /** Comes back by itself, so that a process without consumers knows, too, when the database is back. */
  private noteLoss(error: unknown): void {
    this.lost ??= { sinceMs: Date.now(), fault: describeFault(error) };
    clearTimeout(this.reopening);
    // A failure leads here again and arms the next try.
    if (!this.isClosed)
      this.reopening = setTimeout(() => {
        this.open().catch(() => undefined);
      }, REOPEN_MS);
  }

  /** Closed, not handed back to the pool: the session's locks end with it. */
  private end(session: SessionConnection, reason: Error | true): void {
    session.isLost = true;
    clearInterval(session.heartbeat);
    session.connection.release(reason);
  }
}
