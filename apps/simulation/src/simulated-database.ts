import { Database, migrate } from '@paymatch/platform-postgres';
import { Connections } from './connections.js';
import { schemas } from './services.js';

/** So many schedules leave rows behind that are gone before their room is given back. */
const TRUNCATE_EVERY = 200;

/** One database in which one schedule after the other begins from nothing. */
export class SimulatedDatabase {
  private emptied = 0;

  private constructor(
    readonly url: string,
    readonly connections: Connections,
    private readonly tables: readonly string[],
  ) {}

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
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT IN ('migrations', 'origin') ORDER BY 1`,
    );
    const tables: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await connections.query(`SELECT 1 FROM ${name} LIMIT 1`);
      if (rowCount === 0) tables.push(name);
    }
    return new SimulatedDatabase(url, connections, tables);
  }

  async empty(): Promise<void> {
    this.emptied += 1;
    const statements =
      this.emptied % TRUNCATE_EVERY === 1
        ? [`TRUNCATE ${this.tables.join(', ')}`]
        : this.tables.map((table) => `DELETE FROM ${table}`);
    // Events refuse to be removed; here only a schedule is over, not a history.
    await this.connections.query(
      ['SET session_replication_role = replica', ...statements, 'RESET session_replication_role'].join('; '),
    );
  }

  close(): Promise<void> {
    return this.connections.close();
  }
}
