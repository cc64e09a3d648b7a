import { DataSource, type EntityTarget, type MixedList, type ObjectLiteral, type Repository } from 'typeorm';
import { Pool, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import {
  CONNECT_TIMEOUT_MS,
  connectionSettings,
  STATEMENT_TIMEOUT_MS,
  type SessionOptions,
} from './connection-settings.js';
import { copyRows } from './copy-rows.js';
import { poolUseOf, type PoolUse } from './pool-use.js';

/** Anything that runs hand-written, parameterised SQL: the pool, or one open transaction. */
export interface SqlRunner {
  query<Row extends QueryResultRow = QueryResultRow>(
    query: QueryConfig | string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
}

/** An open transaction. Every port that writes takes one, so that effects and their guards commit together. */
export interface Tx extends SqlRunner {
  readonly isTransaction: true;
}

export interface DatabaseOptions extends SessionOptions {
  readonly url: string;
  /** The service's own schema; made when missing. Nobody else reads it. */
  readonly schema: string;
  /** TypeORM entities of the plain tables. */
  readonly entities?: MixedList<Function>;
  /** TypeORM migration classes with hand-written SQL, oldest first. */
  readonly migrations?: MixedList<Function>;
  readonly poolMax: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
}

const RELAXED_POOL_MAX = 4;

/**
 * One service's connection to its own schema: a TypeORM data source (migrations, plain tables) and the `pg` pool below
 * it for hot paths. The only way to PostgreSQL in this house.
 */
export class Database implements SqlRunner {
  private readonly pool: Pool;
  readonly schema: string;
  /** The server's own timeout does not help when the network swallows its answer; the driver's does, a little later. */
  private readonly answerTimeoutMs: number;
  private relaxedPool: Pool | undefined;
  private losses = 0;
  private relaxedWrites = 0;
  private flushedWrites = 0;
  private flushing: Promise<void> | undefined;
  private serverStartedAt: string | undefined;

  private constructor(
    readonly dataSource: DataSource,
    private readonly options: DatabaseOptions,
  ) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
    this.schema = options.schema;
    this.answerTimeoutMs = (options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS) + 5_000;
    surviveLostConnections(this.pool, this.countLoss);
  }

  /** Connects; throws when the server is unreachable. Does not migrate. */
  static async connect(options: DatabaseOptions): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      schema: options.schema,
      entities: options.entities ?? [],
      migrations: options.migrations ?? [],
      migrationsTableName: 'migrations',
      synchronize: false,
      poolSize: options.poolMax,
      applicationName: options.applicationName,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      extra: connectionSettings(options),
    });
    await dataSource.initialize();
    return new Database(dataSource, options);
  }

  query<Row extends QueryResultRow = QueryResultRow>(
    query: QueryConfig | string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    return this.queryOn<Row>(this.pool, this.timed(query, values));
  }

  /**
   * For what is derived from rows that were flushed before, and is made again from them after a crash: commits here do
   * not wait for the disk. They outlive this process; when the server itself dies, the last fraction of a second may be
   * gone. Never a later commit without an earlier one: what rests on derived rows and is flushed takes them along.
   */
  get relaxed(): SqlRunner {
    const pool = this.poolOfRelaxed();
    return {
      query: async <Row extends QueryResultRow>(query: QueryConfig | string, values?: readonly unknown[]) => {
        const result = await this.queryOn<Row>(pool, this.timed(query, values));
        this.relaxedWrites += 1;
        return result;
      },
    };
  }

  private poolOfRelaxed(): Pool {
    const { url, applicationName } = this.options;
    if (!this.relaxedPool) {
      this.relaxedPool = new Pool({
        connectionString: url,
        application_name: applicationName,
        max: RELAXED_POOL_MAX,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        ...connectionSettings(this.options),
        options: '-c synchronous_commit=off',
      });
      surviveLostConnections(this.relaxedPool, this.countLoss);
    }
    return this.relaxedPool;
  }

  /**
   * Resolves when everything that `relaxed` has answered is on the disk. Throws when a connection was lost since
   * `since`, a reading of `lostConnections` from before the writes: some of them may be gone, and must be made again.
   */
  async flushRelaxed(since: number): Promise<void> {
    const wanted = this.relaxedWrites;
    while (this.flushedWrites < wanted)
      await (this.flushing ??= this.flush().finally(() => {
        this.flushing = undefined;
      }));
    if (this.losses !== since) throw new Error('a connection was lost: what had not been flushed may be gone');
  }

  private async flush(): Promise<void> {
    const upTo = this.relaxedWrites;
    // A record of its own, for a commit that wrote nothing waits for nothing; the log is flushed in order, so all
    // before it goes along. Over the pool that wrote: its connections know best whether the server is still the one
    // they wrote to.
    const { rows } = await this.queryOn<{ started_at: string }>(
      this.poolOfRelaxed(),
      this.timed(
        `SELECT set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'paymatch', 'flush'),
           pg_postmaster_start_time()::text AS started_at`,
      ),
    );
    const startedAt = rows[0]?.started_at;
    if (this.serverStartedAt !== undefined && this.serverStartedAt !== startedAt) this.losses += 1;
    this.serverStartedAt = startedAt;
    this.flushedWrites = upTo;
  }

  /**
   * Grows whenever a connection was lost: the server may have crashed, and taken along what `relaxed` had not flushed.
   * Whoever remembers having written something there must forget it then.
   */
  get lostConnections(): number {
    return this.losses;
  }

  private readonly countLoss = (): void => {
    this.losses += 1;
  };

  private async queryOn<Row extends QueryResultRow>(pool: Pool, query: QueryConfig): Promise<QueryResult<Row>> {
    // Not `pool.query`: it throws the connection away after every error, and a lost race would cost a new connection.
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      return await client.query<Row>(query);
    } catch (error) {
      if (!isRefusedStatement(error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Runs `work` in one READ COMMITTED transaction; rolls back and rethrows when it throws. No HTTP inside. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client: PoolClient = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(this.timed('BEGIN'));
      const tx: Tx = {
        isTransaction: true,
        query: <Row extends QueryResultRow>(query: QueryConfig | string, values?: readonly unknown[]) =>
          client.query<Row>(this.timed(query, values)),
      };
      const result = await work(tx);
      await client.query(this.timed('COMMIT'));
      return result;
    } catch (error) {
      // After a driver timeout the connection still waits for the old answer: no ROLLBACK gets through, closing it is
      // one.
      if (isDriverTimeout(error)) broken = error as Error;
      else
        await client.query(this.timed('ROLLBACK')).catch((rollbackError: Error) => {
          broken = rollbackError;
        });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /**
   * Fills a table from `rows`, lines of PostgreSQL's text format for COPY (see `copyLine`), in one transaction: all or
   * nothing. For loads of many thousand rows; each call holds all its rows in memory.
   */
  async copyIn(target: string, rows: readonly string[]): Promise<void> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await copyRows(client, { target, rows, timeoutMs: this.answerTimeoutMs });
    } catch (error) {
      if (!isRefusedStatement(error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private timed(query: QueryConfig | string, values?: readonly unknown[]): QueryConfig {
    const config = typeof query === 'string' ? { text: query } : query;
    return {
      query_timeout: this.answerTimeoutMs,
      ...config,
      ...(values !== undefined && { values: [...values] }),
    } as QueryConfig;
  }

  poolUse(): PoolUse {
    return poolUseOf([this.pool, ...(this.relaxedPool ? [this.relaxedPool] : [])]);
  }

  /** TypeORM repository of a plain table (merchants, keys, devices, endpoints); never on a hot path. */
  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.dataSource.getRepository(entity);
  }

  /** A connection of its own for session-level things (advisory locks); the caller releases it. */
  connection(): Promise<PoolClient> {
    return this.pool.connect();
  }

  async close(): Promise<void> {
    await this.relaxedPool?.end();
    await this.dataSource.destroy();
  }
}

/**
 * A connection that is in use when its server goes away emits 'error' besides failing its query; without a listener
 * that event ends the process. The query's own failure is what the caller acts on.
 */
function surviveLostConnections(pool: Pool, onLost: () => void): void {
  // A connection that waits in the pool tells the pool instead, which has dropped it by then.
  pool.on('error', onLost);
  const guarded = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => {
    if (guarded.has(client)) return;
    guarded.add(client);
    client.on('error', onLost);
  });
}

/** Whether PostgreSQL answered and refused the statement: the connection is as good as before. */
function isRefusedStatement(error: unknown): boolean {
  return (error as { severity?: string } | null)?.severity === 'ERROR';
}

function isDriverTimeout(error: unknown): boolean {
  return (error as { message?: string } | null)?.message === 'Query read timeout';
}
