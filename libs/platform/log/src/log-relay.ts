import { Wakeup } from '@paymatch/platform-loops';
import type { Logger } from '@paymatch/platform-observability';
import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import { LeaseSession, type LeaseConnection } from './lease-session.js';
import { LOG_START, type LogPosition } from './log-position.js';
import type { Logged, LogReader } from './log-reader.js';
import { ReaderCheckpoint } from './reader-checkpoint.js';
import { Standstill } from './standstill.js';
import type { RelayLag } from './watch-relay.js';
import { openWriteTransactions } from './write-transactions.js';

const TAKEOVER_MS = 1_000;
/** A net below the nudges: what a process committed that ended before it could tell. */
const POLL_MS = 1_000;
/** Rows that an open transaction hides are looked for again after this, then after twice as long, and so on. */
const HIDDEN_PAUSE_MS = 2;
const HIDDEN_PAUSE_MAX_MS = 100;
/**
 * How long a published batch may be one that a crash publishes again: its place is stored with that of the next ones.
 */
const STORE_AFTER_MS = 200;
/** Instances that do not work tell the one that does, with the lease's name. */
const CHANNEL = 'paymatch_relay';
const BUSY_ROWS = 16;
const BUSY_LINGER_MS = 20;
const RETRY_MS = 100;
/**
 * Then it is somebody's concern, and another instance may try: this one may be cut off, or too old for what it reads.
 */
const ATTEMPTS_MAX = 5;
const LAG_COUNTED_MAX = 10_000;
/** Rows that wait so long behind an open transaction are somebody's concern. */
const STALL_ALARM_MS = 5_000;
/** Then this process says that it does not do its work. Longer than our own transactions may stay open. */
const STANDSTILL_MS = 15_000;

export interface LogRelayOptions<Row extends Logged> {
  readonly database: Database;
  /** The reader's name: its checkpoint, and its lease. One relay of a name is active in the whole cluster. */
  readonly name: string;
  readonly reader: LogReader<Row>;
  /**
   * Resolves when the rows are safe on the other side. Called again with the same rows until it does, and again after a
   * crash.
   */
  readonly publish: (rows: readonly Row[]) => Promise<void>;
  readonly batchSize: number;
  readonly logger: Logger;
  /** Called when the place is stored: no row up to it is asked for again. */
  readonly onStored?: (place: LogPosition) => Promise<void>;
  /** Longest pause while nobody tells of anything. A second when absent. */
  readonly pollMs?: number;
  /** How long nothing may be carried over before that is a problem; 15 s when absent. */
  readonly standstillMs?: number;
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
  #place: LogPosition = LOG_START;
  /** Since when the place is ahead of the stored one. */
  #unstoredSinceMs: number | undefined;
  #telling: Promise<void> | undefined;
  readonly #standstill = new Standstill();

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

  /** Rows were committed in this process: look now instead of at the next poll, or tell the instance that works. */
  nudge(): void {
    if (this.#isActive) this.#wakeup.wake();
    else if (this.#running !== null && !this.#isStopping) this.#telling ??= this.#tellOthers();
  }

  /** Ends after the batch in hand; resolves when the lease is free for another one. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wakeup.interrupt();
    await this.#running;
    await this.#telling;
    await this.#session.close();
  }

  get fullName(): string {
    return `${this.options.database.schema}.${this.options.name}`;
  }

  /** What is not yet carried over. */
  async lag(): Promise<RelayLag> {
    const { database, reader } = this.options;
    return reader.lagAfter(database, await this.#checkpoint.load(database), LAG_COUNTED_MAX);
  }

  /** Why nothing is carried over though it should be; empty where another instance works. For readiness. */
  problems(): readonly string[] {
    return this.#standstill.problems(`the relay ${this.fullName}`, this.options.standstillMs ?? STANDSTILL_MS);
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
        else this.#standstill.end();
      } catch (error) {
        this.#standstill.begin(`it cannot read its log: ${(error as Error).message}`);
        logger.warn('the relay lost the database and tries again', { relay: name, error });
      }
      await this.#pause(TAKEOVER_MS);
    }
  }

  /** Commits that come while others are told are told by the next one. */
  async #tellOthers(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#telling = undefined;
    const { database, logger, name } = this.options;
    await database.relaxed
      .query({ name: 'relay-tell', text: 'SELECT pg_notify($1, $2)', values: [CHANNEL, this.#leaseName] })
      .catch((error: unknown) =>
        logger.debug('the working relay could not be told; it looks by itself', { relay: name, error }),
      );
  }

  async #work(lease: LeaseConnection): Promise<void> {
    const { logger, name } = this.options;
    await lease.listen(CHANNEL, (leaseName) => {
      if (leaseName === this.#leaseName) this.#wakeup.wake();
    });
    this.#place = await this.#checkpoint.begin(lease, 'beginning');
    this.#unstoredSinceMs = undefined;
    this.#isActive = true;
    logger.info('relay active', { relay: name, checkpoint: this.#place });
    try {
      await this.#carryOver(lease);
    } finally {
      if (!lease.isLost) await this.#store(lease);
    }
  }

  async #carryOver(lease: LeaseConnection): Promise<void> {
    const { reader, batchSize, pollMs = POLL_MS } = this.options;
    let hiddenPauseMs = HIDDEN_PAUSE_MS;
    let looksAt = Date.now() + STALL_ALARM_MS;
    while (!this.#isStopping) {
      this.#wakeup.clear();
      lease.assertHeld();
      const { rows, isMoreHidden } = await reader.readPage(lease, this.#place, batchSize);
      const last = rows.at(-1);
      if (last === undefined && isMoreHidden) this.#standstill.begin('a transaction that may write is still open');
      else if (last === undefined) this.#standstill.end();
      else {
        if (!(await this.#publish(rows, lease))) return;
        this.#place = last.position;
        this.#unstoredSinceMs ??= performance.now();
        looksAt = Date.now() + STALL_ALARM_MS;
        // Busy: a moment's patience makes one round of queries out of several. A lone event never waits.
        if (rows.length >= BUSY_ROWS && rows.length < batchSize) await this.#pause(BUSY_LINGER_MS);
      }
      await this.#storeWhenDue(lease);
      if (rows.length >= batchSize) continue;
      hiddenPauseMs = isMoreHidden && last === undefined ? hiddenPauseMs * 2 : HIDDEN_PAUSE_MS;
      if (isMoreHidden && Date.now() >= looksAt) {
        looksAt = Date.now() + STALL_ALARM_MS;
        await this.#alarmIfStalled(lease, this.#place);
      }
      // A transaction that began earlier is still open, as short as they are. It ends in a moment.
      await this.#rest(lease, isMoreHidden ? Math.min(hiddenPauseMs, HIDDEN_PAUSE_MAX_MS, pollMs) : pollMs);
    }
  }

  /** Until told, at most `ms`; stores the place meanwhile when it is time. */
  async #rest(lease: LeaseConnection, ms: number): Promise<void> {
    if (this.#unstoredSinceMs === undefined) return this.#wakeup.wait(ms);
    const untilStoredMs = Math.max(0, this.#unstoredSinceMs + STORE_AFTER_MS - performance.now());
    await this.#wakeup.wait(Math.min(ms, untilStoredMs));
    await this.#storeWhenDue(lease);
    if (ms > untilStoredMs && this.#unstoredSinceMs === undefined) await this.#wakeup.wait(ms - untilStoredMs);
  }

  async #storeWhenDue(lease: LeaseConnection): Promise<void> {
    if (this.#unstoredSinceMs !== undefined && performance.now() - this.#unstoredSinceMs >= STORE_AFTER_MS)
      await this.#store(lease);
  }

  /** After the publication: a crash between the two repeats it, and never skips it. */
  async #store(lease: LeaseConnection): Promise<void> {
    if (this.#unstoredSinceMs === undefined) return;
    this.#unstoredSinceMs = undefined;
    await this.#checkpoint.store(lease, this.#place);
    await this.options.onStored?.(this.#place);
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
    let failure = 'nobody has taken yet what it publishes';
    for (let attempt = 1; ; attempt += 1) {
      this.#standstill.begin(failure);
      try {
        await publish(rows);
        this.#standstill.end();
        return true;
      } catch (error) {
        failure = `it cannot publish: ${(error as Error).message}`;
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
