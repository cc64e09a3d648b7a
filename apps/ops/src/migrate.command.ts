import { text } from '@paymatch/platform-config';
import { connectDatabase, type ServiceDefinition } from '@paymatch/platform-service';
import type { Database } from '@paymatch/platform-postgres';
import { databaseUrlSetting, opsLogger, readSettings, type OpsCommand } from './ops-command.js';
import { services } from './services.js';

const databaseWaitMs = 60_000;

/** Makes all tables and, for services whose password is given, a role that reaches its own schema and nothing else. */
export const migrateCommand: OpsCommand = {
  name: 'migrate',
  usage: 'migrate',
  summary: 'make or update all tables, and a database role per service whose PAYMATCH_<SERVICE>_DB_PASSWORD is set',
  async run() {
    const { databaseUrl } = readSettings({ databaseUrl: databaseUrlSetting });
    const logger = opsLogger();
    for (const service of services) {
      const database = await connectDatabase({
        url: databaseUrl,
        schema: service.schema,
        migrations: service.migrations,
        entities: service.entities ?? [],
        poolMax: 2,
        applicationName: 'paymatch ops',
        logger,
        waitMs: databaseWaitMs,
        migrates: true,
      });
      try {
        const password = passwordOf(service);
        if (password !== null) await ensureRole(database, password);
        console.log(
          `${service.name}: schema ${service.schema} is up to ` +
            `date${password === null ? '' : `, role ${service.schema} may use it`}`,
        );
      } finally {
        await database.close();
      }
    }
    return 0;
  },
};

function passwordOf(service: ServiceDefinition): string | null {
  const env = `PAYMATCH_${service.name.replaceAll('-', '_').toUpperCase()}_DB_PASSWORD`;
  if (!process.env[env] && !process.env[`${env}_FILE`]) return null;
  return readSettings({
    password: text({ env, doc: `password of the database role of ${service.name}`, isSecret: true }),
  }).password;
}

interface RoleRow {
  readonly rolsuper: boolean;
  readonly rolcreatedb: boolean;
  readonly rolcreaterole: boolean;
}

/**
 * Repeats bring the role's password and rights up to date. Names are ours; the password is quoted by PostgreSQL itself.
 * Who runs this need not be a superuser: rights the role does not have are not taken from it, since PostgreSQL lets
 * superusers alone say so.
 */
async function ensureRole(database: Database, password: string): Promise<void> {
  const role = database.schema;
  const { rows } = await database.query<RoleRow>(
    'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = $1',
    [role],
  );
  const known = rows[0];
  const hasTooMuch = known && (known.rolsuper || known.rolcreatedb || known.rolcreaterole);
  const statement = await database.query<{ sql: string }>(
    `SELECT format('%s ROLE %I LOGIN %s PASSWORD %L', $1::text, $2::text, $3::text, $4::text) AS sql`,
    [known ? 'ALTER' : 'CREATE', role, hasTooMuch ? 'NOSUPERUSER NOCREATEDB NOCREATEROLE' : '', password],
  );
  await database.query(statement.rows[0]!.sql);
  await database.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
  await database.query(`GRANT USAGE ON SCHEMA ${role} TO ${role}`);
  await database.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA ${role} TO ${role}`);
  await database.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${role} TO ${role}`);
  await database.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${role} TO ${role}`);
}
