import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import type { Logger } from '@paymatch/platform-observability';
import { LOG_START, type Logged, type LogReader } from './log-reader.js';
import { prepared } from './prepared.js';
import { SessionLock } from './session-lock.js';
import type { LogPosition } from './stored-event.js';
import { openWriteTransactions } from './write-transactions.js';

const TAKEOVER_MS = 1_000;
const POLL_MS = 50;
/** What another instance commits is found by polling only: a payment in quiet times waits no longer for its webhook. */
const POLL_MAX_MS = 100;
const NUDGED_PAUSE_MS = 2;
const BUSY_ROWS = 16;
const BUSY_LINGER_MS = 20;
const RETRY_MS = 100;
/** Then it is somebody's concern, and another instance may try: this one may be cut off, or too old for what it reads. */
const ATTEMPTS_MAX = 5;
const LAG_COUNTED_MAX = 10_000;
/** Rows that wait so long behind an open transaction are somebody's concern. */
const STALL_ALARM_MS = 5_000;

export interface LogRelayOptions<Row extends Logged> {
  readonly database: Database;
  /** The reader's name: its checkpoint, and its lock. One relay of a name is active in the whole cluster. */
  readonly name: string;
  readonly reader: LogReader<Row>;
  /** Resolves when the rows are safe on the other side. Called again with the same rows until it does, and again after a crash. */
  readonly publish: (rows: readonly Row[]) => Promise<void>;
  readonly batchSize: number;
  readonly logger: Logger;
  /** First pause when there is nothing to read; doubles up to a tenth of a second. 50 when absent. */
  readonly pollMs?: number;
}

/**
 * Carries a log's rows to somewhere else, at least once and in order, and remembers how far it came in the schema's
 * `reader_checkpoints`. Several may be started; one works, the others wait to take over.
 */
export class LogRelay<Row extends Logged> {
  #running: Promise<void> | null = null;
  #isStopping = false;
  #isActive = false;
  #isNudged = false;
  #wake: () => void = () => undefined;
  readonly #checkpoints: string;
  readonly #lockName: string;
  readonly #store: { readonly name: string; readonly text: string };

  constructor(private readonly options: LogRelayOptions<Row>) {
    this.#checkpoints = `${options.database.schema}.reader_checkpoints`;
    this.#lockName = `paymatch-relay:${options.database.schema}:${options.name}`;
    this.#store = prepared(`
      INSERT INTO ${this.#checkpoints} AS c (reader, log, xid, pos) VALUES ($1, $2, $3, $4)
      ON CONFLICT (reader) DO UPDATE SET log = excluded.log, xid = excluded.xid, pos = excluded.pos WHERE (c.xid, c.pos) < (excluded.xid, excluded.pos)`);
  }

  /** Whether this is the one of its name that works. */
  get isActive(): boolean {
    return this.#isActive;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Rows were committed in this process: look now instead of at the next poll. */
  nudge(): void {
    this.#isNudged = true;
    if (this.#isActive) this.#wake();
  }

  /** Ends after the batch in hand; resolves when the lock is free for another one. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    await this.#running;
  }

  /** Rows not yet carried over, counted up to 10,000. */
  async lag(): Promise<number> {
    const { database, reader } = this.options;
    return reader.countAfter(database, await this.#loadCheckpoint(database), LAG_COUNTED_MAX);
  }

  async #run(): Promise<void> {
    const { database, logger, name } = this.options;
    while (!this.#isStopping) {
      try {
        const lock = await SessionLock.tryAcquire(database, this.#lockName);
        if (lock !== null)
          await this.#work(lock).finally(() => {
            this.#isActive = false;
            lock.release();
          });
      } catch (error) {
        logger.warn('the relay lost the database and tries again', { relay: name, error });
      }
      if (!this.#isStopping) await this.#pause(TAKEOVER_MS);
    }
  }

  async #work(lock: SessionLock): Promise<void> {
    const { reader, batchSize, logger, name, pollMs = POLL_MS } = this.options;
    let checkpoint = await this.#loadCheckpoint(lock.sql);
    this.#isActive = true;
    logger.info('relay active', { relay: name, checkpoint });
    let pauseMs = pollMs;
    let looksAt = Date.now() + STALL_ALARM_MS;
    while (!this.#isStopping) {
      this.#isNudged = false;
      lock.assertHeld();
      const rows = await reader.read(lock.sql, checkpoint, batchSize);
      const last = rows.at(-1);
      if (last !== undefined) {
        if (!(await this.#publish(rows, lock))) return;
        // Stored after the publication: a crash between the two repeats it, and never skips it.
        await this.#storeCheckpoint(lock.sql, last.position);
        checkpoint = last.position;
        pauseMs = pollMs;
        looksAt = Date.now() + STALL_ALARM_MS;
        // Busy: a moment's patience makes one round of queries out of several. A lone event never waits.
        if (rows.length >= BUSY_ROWS && rows.length < batchSize)
          await this.#pause(BUSY_LINGER_MS, { endsOnNudge: false });
        continue;
      }
      if (Date.now() >= looksAt) {
        looksAt = Date.now() + STALL_ALARM_MS;
        await this.#alarmIfStalled(lock.sql, checkpoint);
      }
      // Nudged, and nothing to be read: a transaction that began earlier is still open, as short as they are. It ends in a moment.
      if (!this.#isNudged) await this.#pause(pauseMs);
      pauseMs = this.#isNudged ? NUDGED_PAUSE_MS : Math.min(pauseMs * 2, POLL_MAX_MS);
    }
  }

  /** Rows are there and cannot be read: a transaction that may write the log has been open all the time. */
  async #alarmIfStalled(sql: SqlRunner, checkpoint: LogPosition): Promise<void> {
    const { reader, logger, name } = this.options;
    const transactions = await openWriteTransactions(sql, STALL_ALARM_MS);
    if (transactions.length === 0 || (await reader.countAfter(sql, checkpoint, 1)) === 0) return;
    logger.error('the relay waits for a transaction that has been open too long; see ops doctor', {
      relay: name,
      transactions: transactions.slice(0, 3),
    });
  }

  /** Tries a few times; `false` when stopped before, or given up. Later rows wait, since their order is promised. */
  async #publish(rows: readonly Row[], lock: SessionLock): Promise<boolean> {
    const { publish, logger, name } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await publish(rows);
        return true;
      } catch (error) {
        const level = attempt < ATTEMPTS_MAX ? 'warn' : 'error';
        logger[level]('the relay could not publish and tries again', {
          relay: name,
          attempt,
          rows: rows.length,
          error,
        });
      }
      if (this.#isStopping || attempt >= ATTEMPTS_MAX) return false;
      await this.#pause(RETRY_MS * 2 ** (attempt - 1), { endsOnNudge: false });
      if (this.#isStopping) return false;
      lock.assertHeld();
    }
  }

  #pause(ms: number, { endsOnNudge } = { endsOnNudge: true }): Promise<void> {
    if (this.#isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wake = () => {
        if (this.#isStopping || endsOnNudge) end();
      };
    });
  }

  async #loadCheckpoint(sql: SqlRunner): Promise<LogPosition> {
    const { rows } = await sql.query<{ xid: string; pos: number }>(
      `SELECT xid::text AS xid, pos FROM ${this.#checkpoints} WHERE reader = $1`,
      [this.options.name],
    );
    return rows[0] ?? LOG_START;
  }

  /** Only forward: a relay that was cut off and comes back late must not undo its successor's progress. */
  async #storeCheckpoint(sql: SqlRunner, { xid, pos }: LogPosition): Promise<void> {
    await sql.query({ ...this.#store, values: [this.options.name, this.options.reader.table, xid, pos] });
  }
}
