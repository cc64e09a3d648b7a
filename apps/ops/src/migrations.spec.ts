import { busMigrations, BUS_SCHEMA } from '@paymatch/platform-messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { services } from './services.js';

/**
 * Migrations before this one are as they are: they ran on every installation there is. A new one is numbered by the
 * moment it is written (`Date.now()`).
 */
const FIRST_HELD = 1_764_000_000_000;
/** `bus` numbers began later. */
const EARLIER = new Set(['BusLog1795132800000']);

type MigrationClass = new () => MigrationInterface & { readonly transaction?: boolean };

const all = [
  ...services.map(({ schema, migrations }) => ({
    schema,
    migrations: migrations as unknown as readonly MigrationClass[],
  })),
  { schema: BUS_SCHEMA, migrations: busMigrations as readonly MigrationClass[] },
];

const numberOf = (migration: MigrationClass): number => Number(/\d{13}$/.exec(migration.name)?.[0]);

/** Tables with a row for each merchant, person or phone, which any statement is through with in a moment. */
const SMALL =
  /^gateway\.(merchants|merchant_settings|api_keys|users|memberships|wallets|devices|plans|subscriptions|oauth_clients|pix_accounts|bank_accounts)$|^webhook_dispatch\.(endpoints|receivers|retention|alarm_channels)$|^\w+\.(origin|reader_checkpoints|registries)$/;

/** What holds up everybody who writes for as long as a table is long; `$1` is the table. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [
    /ALTER TABLE (?:ONLY )?([\w.]+)[^;]*\bTYPE\b/gi,
    'rewrites the table: add a column, fill it in steps, read it instead',
  ],
  [
    /ALTER TABLE (?:ONLY )?([\w.]+)[^;]*\bSET NOT NULL\b/gi,
    'reads the whole table under a lock: a CHECK … NOT VALID, then VALIDATE',
  ],
  [
    /ALTER TABLE (?:ONLY )?([\w.]+)[^;]*\bADD (?:CONSTRAINT \w+ )?(?:CHECK|FOREIGN KEY)(?![^;]*NOT VALID)/gi,
    'reads the whole table under a lock: add it NOT VALID, and VALIDATE it in a migration of its own',
  ],
  [
    /ALTER TABLE (?:ONLY )?([\w.]+)[^;]*\bADD (?:CONSTRAINT \w+ )?(?:UNIQUE|PRIMARY KEY)(?! USING INDEX)/gi,
    'builds an index under a lock: build it concurrently, then ADD CONSTRAINT … USING INDEX',
  ],
  [
    /ALTER TABLE (?:ONLY )?([\w.]+)[^;]*\bADD COLUMN[^;]*(?:DEFAULT (?:gen_random|clock_timestamp|random|nextval)|GENERATED)/gi,
    'rewrites the table: add the column without, and fill it in steps',
  ],
  [
    /CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)[^;]*?\bON ([\w.]+)/gi,
    'keeps everybody from writing: buildIndexConcurrently',
  ],
  [
    /\b(?:UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?|LOCK TABLE|CLUSTER|VACUUM FULL|REINDEX TABLE) ([\w.]+)/gi,
    'touches every row at once',
  ],
];

/** What a migration asks of a database that answers nothing. */
async function statementsOf(migration: MigrationClass): Promise<readonly string[]> {
  const statements: string[] = [];
  const runner = {
    query: async (text: string) => {
      statements.push(text);
      return [];
    },
  } as unknown as QueryRunner;
  await new migration().up(runner);
  // A function's body is not carried out, nor is what sets off a trigger.
  return statements.map((text) =>
    text
      .replace(/--.*$/gm, '')
      .replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, '')
      .replace(/CREATE TRIGGER[^;]*/gi, ''),
  );
}

async function faultsOf(migration: MigrationClass): Promise<readonly string[]> {
  const statements = await statementsOf(migration);
  const made = new Set(
    statements.flatMap((text) =>
      [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?([\w.]+)/gi)].map(([, name]) => name),
    ),
  );
  const faults = statements.flatMap((text) =>
    FORBIDDEN.flatMap(([shape, why]) =>
      [...text.matchAll(shape)]
        .map(([, table = '']) => table)
        .filter((table) => !made.has(table) && !SMALL.test(table))
        .map((table) => `${migration.name}: ${table}: ${why}`),
    ),
  );
  const isConcurrent = statements.some((text) => /INDEX CONCURRENTLY/i.test(text));
  if (isConcurrent && new migration().transaction !== false)
    faults.push(`${migration.name}: builds an index concurrently, so it sets transaction = false`);
  if (isConcurrent && statements.some((text) => !/INDEX CONCURRENTLY|pg_index|lock_timeout/i.test(text)))
    faults.push(`${migration.name}: builds an index, so it does nothing else`);
  return faults;
}

describe('migrations', () => {
  it.each(all.map(({ schema, migrations }) => [schema, migrations] as const))(
    'of %s hold nobody up who writes while an upgrade runs',
    async (_schema, migrations) => {
      const held = migrations.filter((each) => numberOf(each) >= FIRST_HELD && !EARLIER.has(each.name));
      expect((await Promise.all(held.map(faultsOf))).flat()).toEqual([]);
    },
  );

  it('have a number each, and no name twice in a schema', () => {
    for (const { migrations } of all) {
      const names = migrations.map(({ name }) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
      expect(migrations.filter((each) => !(numberOf(each) > 0))).toEqual([]);
    }
  });

  const madeOf = (...texts: readonly string[]): MigrationClass => {
    class Tried1764000000000 {
      async up(runner: QueryRunner): Promise<void> {
        for (const text of texts) await runner.query(text);
      }
      async down(): Promise<void> {
        throw new Error('migrations go forward only');
      }
    }
    return Tried1764000000000;
  };

  it.each([
    'ALTER TABLE payments.events ALTER COLUMN data TYPE jsonb',
    'ALTER TABLE gateway.payments_v1 ALTER COLUMN x SET NOT NULL',
    'ALTER TABLE gateway.payments_v1 ADD CONSTRAINT y CHECK (x > 0)',
    'ALTER TABLE gateway.payments_v1 ADD CONSTRAINT y UNIQUE (x)',
    'ALTER TABLE gateway.payments_v1 ADD COLUMN z uuid DEFAULT gen_random_uuid()',
    'CREATE INDEX a ON payments.events (type)',
    'UPDATE sms_matching.credits SET x = 1',
    'CREATE INDEX CONCURRENTLY a ON payments.events (type)',
  ])('are refused: %s', async (text) => {
    expect(await faultsOf(madeOf(text))).toHaveLength(1);
  });

  it.each([
    'ALTER TABLE gateway.payments_v1 ADD COLUMN x text',
    'ALTER TABLE gateway.payments_v1 ADD CONSTRAINT y CHECK (x > 0) NOT VALID',
    'CREATE TABLE payments.more (id int PRIMARY KEY); CREATE INDEX b ON payments.more (id)',
    'UPDATE gateway.merchants SET x = 1',
    'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ UPDATE payments.events SET x = 1 $$',
  ])('are taken: %s', async (text) => {
    expect(await faultsOf(madeOf(text))).toEqual([]);
  });
});
