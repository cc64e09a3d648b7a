import { Database, migrate } from '@paymatch/platform-postgres';
import { Connections } from './connections.js';
import { schemas } from './services.js';
import { Vocabulary, type DatabaseFunction } from './statement-words.js';

/** So many schedules leave rows behind that are gone before their room is given back. */
const TRUNCATE_EVERY = 200;

interface Parts {
  readonly url: string;
  readonly connections: Connections;
  readonly vocabulary: Vocabulary;
  readonly tables: readonly string[];
}

/** One database in which one schedule after the other begins from nothing. */
export class SimulatedDatabase {
  private emptied = 0;

  private constructor(private readonly parts: Parts) {}

  get url(): string {
    return this.parts.url;
  }

  get connections(): Connections {
    return this.parts.connections;
  }

  /** What statements mean in it. */
  get vocabulary(): Vocabulary {
    return this.parts.vocabulary;
  }

  /** Migrates the database and remembers which tables are empty then. */
  static async open(url: string): Promise<SimulatedDatabase> {
    for (const options of schemas) {
      const database = await Database.connect({ url, poolMax: 2, applicationName: 'simulation', ...options });
      await migrate(database);
      await database.close();
    }
    const connections = await Connections.open(url);
    const { rows } = await connections.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT IN ('migrations', 'origin')
         ORDER BY 1`,
    );
    const tables: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await connections.query(`SELECT 1 FROM ${name} LIMIT 1`);
      if (rowCount === 0) tables.push(name);
    }
    await connections.query(emptying(tables));
    return new SimulatedDatabase({ url, connections, tables, vocabulary: await vocabularyOf(connections, tables) });
  }

  async empty(): Promise<void> {
    this.emptied += 1;
    const isTruncated = this.emptied % TRUNCATE_EVERY === 0;
    await this.connections.query(isTruncated ? `TRUNCATE ${this.parts.tables.join(', ')}` : 'SELECT pg_temp.empty()');
  }

  close(): Promise<void> {
    return this.connections.close();
  }
}

/**
 * A function, so that its statements are planned once. Events refuse to be removed; here only a schedule is over, not a
 * history.
 */
function emptying(tables: readonly string[]): string {
  return `
    ${tables.map((table) => `ALTER TABLE ${table} SET (autovacuum_enabled = false)`).join('; ')};
    SET session_replication_role = replica;
    CREATE FUNCTION pg_temp.empty() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      ${tables.map((table) => `DELETE FROM ${table};`).join('\n')} END $$`;
}

async function vocabularyOf(connections: Connections, tables: readonly string[]): Promise<Vocabulary> {
  const names = schemas.map(({ schema }) => schema);
  const { rows: functions } = await connections.query<DatabaseFunction>(
    `SELECT pronamespace::regnamespace || '.' || proname AS name, prosrc AS body FROM pg_proc
      WHERE pronamespace::regnamespace::text = ANY($1)`,
    [names],
  );
  const { rows: cascades } = await connections.query<{ from: string; to: string[] }>(
    `SELECT confrelid::regclass::text AS from, array_agg(conrelid::regclass::text) AS to FROM pg_constraint
      WHERE contype = 'f' AND confdeltype <> 'a' GROUP BY confrelid`,
  );
  return new Vocabulary(functions, new Map(cascades.map(({ from, to }) => [from, to])), new Set(tables));
}
