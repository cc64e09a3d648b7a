import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { Client } from 'pg';
import { migrateCommand } from './migrate.command.js';

const owner = 'paymatch_migrate_owner';
const services = ['PAYMENTS', 'SMS_MATCHING', 'WEBHOOK_DISPATCH', 'API_GATEWAY'] as const;
const roles = ['payments', 'sms_matching', 'webhook_dispatch', 'gateway'];
let test: TestDatabase;
const before = { ...process.env };

async function asAdmin(run: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: test.url });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}

const dropRoles = (): Promise<void> =>
  asAdmin(async (client) => {
    for (const role of [...roles, owner]) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      if (rowCount) await client.query(`DROP OWNED BY ${role} CASCADE`);
      await client.query(`DROP ROLE IF EXISTS ${role}`);
    }
  });

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'unused' });
  await dropRoles();
});
afterAll(async () => {
  process.env = before;
  // The owner owns the database's tables, which go with it; the roles belong to the whole server.
  await dropRoles();
  await test.drop();
});

describe('migrate without a superuser', () => {
  const url = (user: string): string => Object.assign(new URL(test.url), { username: user, password: 'owner' }).href;

  it('makes tables and roles, and does so again at every upgrade, with new passwords', async () => {
    await asAdmin(async (client) => {
      await client.query(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD 'owner'`);
      await client.query(`GRANT CREATE ON DATABASE "${new URL(test.url).pathname.slice(1)}" TO ${owner}`);
    });
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    for (const round of ['first', "second/#@'=%"]) {
      process.env = { ...before, DATABASE_URL: url(owner) };
      for (const service of services) process.env[`PAYMATCH_${service}_DB_PASSWORD`] = `${round} ${service}`;
      expect(await migrateCommand.run([])).toBe(0);
    }
    expect(said).toHaveBeenLastCalledWith('api-gateway: schema gateway is up to date, role gateway may use it');
    said.mockRestore();
    for (const [index, role] of roles.entries()) {
      const client = new Client({
        host: new URL(test.url).hostname,
        port: Number(new URL(test.url).port),
        database: new URL(test.url).pathname.slice(1),
        user: role,
        password: `second/#@'=% ${services[index]}`,
      });
      await client.connect();
      await client.query(`SELECT 1 FROM ${role}.parked_messages`);
      await client.end();
    }
  });

  it('takes away what a role should not have, when it may', async () => {
    await asAdmin((client) => client.query('ALTER ROLE payments SUPERUSER CREATEDB'));
    process.env = { ...before, DATABASE_URL: test.url, PAYMATCH_PAYMENTS_DB_PASSWORD: 'p' };
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    expect(await migrateCommand.run([])).toBe(0);
    said.mockRestore();
    await asAdmin(async (client) => {
      const { rows } = await client.query("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'payments'");
      expect(rows).toEqual([{ rolsuper: false, rolcreatedb: false }]);
    });
  });
});
