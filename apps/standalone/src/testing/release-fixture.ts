import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Database } from '@paymatch/platform-postgres';

type Statement = readonly [text: string, values?: readonly unknown[]];

/** What `scripts/release-fixture.mjs` kept of a release. */
export interface ReleaseFixture {
  readonly release: string;
  readonly secret: string;
  /** What the migrations of that release said to the database, by schema. */
  readonly ddl: readonly (readonly Statement[])[];
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[]; readonly rows: string }[];
  readonly sequences: readonly { readonly name: string; readonly value: number }[];
  readonly demo: string;
  readonly completed: string;
  readonly waiting: string;
  readonly open: string;
  readonly sms: { readonly sender: string; readonly body: string };
}

/** Beyond every place in a log that a transaction has given out before the next one. */
const END_OF_LOG = Number.MAX_SAFE_INTEGER;

export function readReleaseFixture(file: string): ReleaseFixture {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as ReleaseFixture;
}

/** Makes an empty database what that release left behind, as if it had been stopped a moment ago. */
export async function restoreRelease(database: Database, fixture: ReleaseFixture): Promise<void> {
  for (const [text, values] of fixture.ddl.flat()) await database.query(text, values);
  await database.transaction(async (tx) => {
    // Rows come as they were, whatever refers to whatever and is not to be changed.
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query(`TRUNCATE ${fixture.tables.map(({ name }) => name).join(', ')}`);
    for (const { name, columns, rows } of fixture.tables) {
      const isCheckpoint = name.endsWith('.reader_checkpoints');
      const into = isCheckpoint ? [...columns, 'xid'] : columns;
      const from = columns.map((column) => (isCheckpoint && column === 'pos' ? String(END_OF_LOG) : column));
      await tx.query(
        `INSERT INTO ${name} (${into.join(', ')}) OVERRIDING SYSTEM VALUE
         SELECT ${[...from, ...(isCheckpoint ? ['pg_current_xact_id()'] : [])].join(', ')}
           FROM json_populate_recordset(NULL::${name}, $1::json)`,
        [rows],
      );
    }
    for (const { name, value } of fixture.sequences) await tx.query('SELECT setval($1::regclass, $2)', [name, value]);
  });
}
