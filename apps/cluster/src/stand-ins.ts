import { startEmbeddedPostgres, type EmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { ComposeError } from './compose-error.js';
import type { ComposeService } from './compose-file.js';
import type { Way } from './way.js';

/**
 * PostgreSQL of the compose file, without its image: the embedded one, with the user, password and database the file
 * asks for.
 */
export async function startPostgres(service: ComposeService, dataDir: string, way?: Way): Promise<EmbeddedPostgres> {
  const { POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: database } = service.environment;
  if (!user || !password || !database)
    throw new ComposeError(`services.${service.name} must set POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB`);
  const server = await startEmbeddedPostgres({ dataDir, durable: true, ...(way && { port: way.port }) });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [user]);
    await client.query(
      `${role.rowCount ? 'ALTER' : 'CREATE'} ROLE ${escapeIdentifier(user)} SUPERUSER LOGIN PASSWORD ` +
        `${escapeLiteral(password)}`,
    );
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (!known.rowCount)
      await client.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${escapeIdentifier(user)}`);
  } finally {
    await client.end();
  }
  return server;
}
