import { createHash } from 'node:crypto';
import type { SqlRunner } from '@paymatch/platform-postgres';
import { parserVersion, type TemplateRegistry } from '@paymatch/sms-matching-domain';

/** The same for the same templates read by the same rules. */
export function registryVersion(registry: TemplateRegistry): string {
  return createHash('sha256')
    .update(JSON.stringify([parserVersion, registry.templates]))
    .digest('hex')
    .slice(0, 32);
}

/** Makes a registry known; a repeat changes nothing. */
export async function registerVersion(runner: SqlRunner, version: string): Promise<void> {
  await runner.query('INSERT INTO sms_matching.registries (version) VALUES ($1) ON CONFLICT DO NOTHING', [version]);
}

/**
 * Registries that came before this one. While two versions of the service run side by side, the older one must not read
 * anew what the newer one has read: they would take turns for ever.
 */
export async function earlierVersions(runner: SqlRunner, version: string): Promise<readonly string[]> {
  const { rows } = await runner.query<{ version: string }>(
    'SELECT earlier.version FROM sms_matching.registries earlier, sms_matching.registries own WHERE own.version = $1 AND earlier.first_seen < own.first_seen',
    [version],
  );
  return rows.map((row) => row.version);
}
