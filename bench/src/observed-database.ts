import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { Client } from 'pg';

const OBSERVER = 'bench_observer';

/**
 * Makes a data folder's PostgreSQL count statements from its next start on, and a role of its own for whoever reads the
 * counts.
 */
export async function countStatements(dataDir: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir, durable: true });
  const client = new Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query(`ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
    await client.query(`CREATE ROLE ${OBSERVER} SUPERUSER LOGIN PASSWORD '${OBSERVER}'`);
  } finally {
    await client.end();
    await server.stop();
  }
}

/** What the server has done so far. */
export interface DatabaseReading {
  readonly statements: number;
  readonly transactionStatements: number;
  readonly writeTransactions: number;
  readonly walBytes: number;
  readonly diskBytes: number;
  readonly commits: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

export interface StatementCost {
  readonly query: string;
  readonly calls: number;
  readonly ms: number;
  readonly rows: number;
  readonly walBytes: number;
}

export interface TableGrowth {
  readonly table: string;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly bytes: number;
}

const READING = `
  SELECT (SELECT COALESCE(sum(calls), 0)::float8 FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
    WHERE rolname <> '${OBSERVER}') AS statements,
         (SELECT COALESCE(sum(calls), 0)::float8 FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
           WHERE rolname <> '${OBSERVER}' AND query ~* '^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK)') AS
             "transactionStatements",
         pg_snapshot_xmax(pg_current_snapshot())::text::float8 AS "writeTransactions",
         pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS "walBytes",
         (SELECT sum(pg_database_size(oid))::float8 FROM pg_database) AS "diskBytes",
         (SELECT sum(xact_commit)::float8 FROM pg_stat_database) AS commits,
         (SELECT sum(n_tup_ins)::float8 FROM pg_stat_user_tables) AS inserted,
         (SELECT sum(n_tup_upd)::float8 FROM pg_stat_user_tables) AS updated,
         (SELECT sum(n_tup_del)::float8 FROM pg_stat_user_tables) AS deleted`;

/** Reads what the server of a running system counts, under a role whose own statements are left out. */
export class ObservedDatabase {
  private constructor(private readonly client: Client) {}

  static async connect(dataDir: string): Promise<ObservedDatabase> {
    // Line 4 of postmaster.pid is the port (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_PORT).
    const port = Number(readFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[3]);
    const client = new Client({ host: '127.0.0.1', port, user: OBSERVER, password: OBSERVER, database: 'postgres' });
    await client.connect();
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    return new ObservedDatabase(client);
  }

  async read(): Promise<DatabaseReading> {
    const { rows } = await this.client.query<DatabaseReading>(READING);
    return rows[0]!;
  }

  /** Statements asked of the server so far, by their text. */
  async statements(): Promise<ReadonlyMap<string, StatementCost>> {
    const { rows } = await this.client.query<StatementCost>(
      `SELECT regexp_replace(query, '\\s+', ' ', 'g') AS query, sum(calls)::float8 AS calls,
        sum(total_exec_time)::float8 AS ms,
              sum(rows)::float8 AS rows, sum(wal_bytes)::float8 AS "walBytes"
         FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE rolname <> '${OBSERVER}' GROUP BY 1`,
    );
    return new Map(rows.map((row) => [row.query, row]));
  }

  async tables(): Promise<ReadonlyMap<string, TableGrowth>> {
    const { rows } = await this.client.query<TableGrowth>(
      `SELECT schemaname || '.' || relname AS "table", n_tup_ins::float8 AS inserted, n_tup_upd::float8 AS updated,
              n_tup_del::float8 AS deleted, pg_total_relation_size(relid)::float8 AS bytes
         FROM pg_stat_user_tables`,
    );
    return new Map(rows.map((row) => [row.table, row]));
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
