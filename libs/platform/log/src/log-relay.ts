import { Wakeup } from '@paymatch/platform-loops';
import type { Logger } from '@paymatch/platform-observability';
import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import { LeaseSession, type LeaseConnection } from './lease-session.js';
import type { LogPosition } from './log-position.js';
import type { Logged, LogReader } from './log-reader.js';
import { ReaderCheckpoint } from './reader-checkpoint.js';
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
  /** The reader's name: its checkpoint, and its lease. One relay of a name is active in the whole cluster. */
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
  readonly #wakeup = new Wakeup();
  readonly #session: LeaseSession;
  readonly #checkpoint: ReaderCheckpoint;
  readonly #leaseName: string;

  constructor(private readonly options: LogRelayOptions<Row>) {
    const { database, logger, name, reader } = options;
    this.#session = new LeaseSession({ database, logger, holder: `the relay ${name}` });
    this.#checkpoint = new ReaderCheckpoint({ schema: database.schema, reader: name, log: reader.table });
    this.#leaseName = `paymatch-relay:${database.schema}:${name}`;
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
    if (this.#isActive) this.#wakeup.wake();
  }

  /** Ends after the batch in hand; resolves when the lease is free for another one. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wakeup.interrupt();
    await this.#running;
    await this.#session.close();
  }

  /** Rows not yet carried over, counted up to 10,000. */
  async lag(): Promise<number> {
    const { database, reader } = this.options;
    return reader.countAfter(database, await this.#checkpoint.load(database), LAG_COUNTED_MAX);
  }

  async #run(): Promise<void> {
    const { logger, name } = this.options;
    while (!this.#isStopping) {
      try {
        const lease = await this.#session.open();
        if (await lease.take(this.#leaseName))
          await this.#work(lease).finally(() => {
            this.#isActive = false;
            return lease.giveBack(this.#leaseName);
          });
      } catch (error) {
        logger.warn('the relay lost the database and tries again', { relay: name, error });
      }
      await this.#pause(TAKEOVER_MS);
    }
  }

  async #work(lease: LeaseConnection): Promise<void> {
    const { reader, batchSize, logger, name, pollMs = POLL_MS } = this.options;
    let checkpoint = await this.#checkpoint.begin(lease, 'beginning');
    this.#isActive = true;
    logger.info('relay active', { relay: name, checkpoint });
    let pauseMs = pollMs;
    let looksAt = Date.now() + STALL_ALARM_MS;
    while (!this.#isStopping) {
      this.#wakeup.clear();
      lease.assertHeld();
      const rows = await reader.read(lease, checkpoint, batchSize);
      const last = rows.at(-1);
      if (last !== undefined) {
        if (!(await this.#publish(rows, lease))) return;
        // Stored after the publication: a crash between the two repeats it, and never skips it.
        await this.#checkpoint.store(lease, last.position);
        checkpoint = last.position;
        pauseMs = pollMs;
        looksAt = Date.now() + STALL_ALARM_MS;
        // Busy: a moment's patience makes one round of queries out of several. A lone event never waits.
        if (rows.length >= BUSY_ROWS && rows.length < batchSize) await this.#pause(BUSY_LINGER_MS);
        continue;
      }
      if (Date.now() >= looksAt) {
        looksAt = Date.now() + STALL_ALARM_MS;
        await this.#alarmIfStalled(lease, checkpoint);
      }
      // Nudged, and nothing to be read: a transaction that began earlier is still open, as short as they are. It ends in a moment.
      await this.#wakeup.wait(pauseMs);
      pauseMs = this.#wakeup.clear() ? NUDGED_PAUSE_MS : Math.min(pauseMs * 2, POLL_MAX_MS);
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
  async #publish(rows: readonly Row[], lease: LeaseConnection): Promise<boolean> {
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
      await this.#pause(RETRY_MS * 2 ** (attempt - 1));
      if (this.#isStopping) return false;
      lease.assertHeld();
    }
  }

  #pause(ms: number): Promise<void> {
    return this.#isStopping ? Promise.resolve() : this.#wakeup.pause(ms);
  }
}
