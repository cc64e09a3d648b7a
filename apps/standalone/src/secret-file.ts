import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '@paymatch/platform-config';
import { Database } from '@paymatch/platform-postgres';
import { writeWhole } from '@paymatch/platform-secrets';

/** Shorter ones are not accepted as secrets; a generated one is longer. */
const LENGTH_MIN = 32;

/**
 * The secret of a development installation: made once, kept in the data folder, readable by its owner only. A lost or
 * torn one is made anew only while nothing rests on it: keys, phones and webhooks would silently stop working under
 * another.
 */
export async function ensureSecret(dataDir: string, restsOnSecret: () => Promise<boolean>): Promise<string> {
  const file = path.join(dataDir, 'secret');
  const secret = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (secret.length >= LENGTH_MIN) return secret;
  if (await restsOnSecret()) {
    throw new ConfigError(
      [
        `${file} is ${existsSync(file) ? 'empty or cut off' : 'missing'}, and the database holds keys and secrets ` +
          'that only the old one opens.',
        `Put the file back from a backup, or set PAYMATCH_SECRET to what was in it.`,
        'If it is lost for good, set PAYMATCH_SECRET to a new one; API keys, phones and webhook endpoints must ' +
          'then be made anew.',
      ].join('\n'),
    );
  }
  const fresh = randomBytes(32).toString('base64url');
  writeWhole(file, fresh);
  return fresh;
}

/**
 * Whether a gateway has run on this database with merchants of its own, whose keys and secrets are sealed or hashed
 * with the secret.
 */
export async function hasMerchants(databaseUrl: string): Promise<boolean> {
  const database = await Database.connect({
    url: databaseUrl,
    schema: 'gateway',
    poolMax: 1,
    applicationName: 'paymatch start',
  });
  try {
    const { rows } = await database.query<{ isThere: boolean }>(
      `SELECT to_regclass('gateway.merchants') IS NOT NULL AS "isThere"`,
    );
    return (
      rows[0]?.isThere === true && (await database.query('SELECT 1 FROM gateway.merchants LIMIT 1')).rowCount === 1
    );
  } finally {
    await database.close();
  }
}
