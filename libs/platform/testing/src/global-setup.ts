import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EmbeddedPostgres } from '@paymatch/platform-dev-servers';

declare global {
  var paymatchTestPostgres: { readonly server: EmbeddedPostgres; readonly dataDir: string } | undefined;
}

const URL_VARIABLE = 'PAYMATCH_TEST_POSTGRES_URL';
const FOLDER_PREFIX = 'paymatch-test-';

/** One PostgreSQL for the whole jest run, without any durability; a server named by the variable is used as it is. */
export default async function startTestPostgres(): Promise<void> {
  if (process.env[URL_VARIABLE]) return;
  // Jest loads this file outside of its own module system, where `@paymatch/*` means compiled files.
  const root = path.resolve(__dirname, '../../../..');
  execFileSync(
    process.execPath,
    [require.resolve('typescript/bin/tsc'), '-b', path.join(root, 'libs/platform/dev-servers')],
    { stdio: 'inherit' },
  );
  const { startEmbeddedPostgres, stopAbandonedPostgres } = await import('@paymatch/platform-dev-servers');
  await removeLeftovers(stopAbandonedPostgres);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), FOLDER_PREFIX));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  globalThis.paymatchTestPostgres = { server, dataDir };
  process.env[URL_VARIABLE] = server.url;
}

/** A killed run leaves its server running; the next run ends it and removes its folder. */
async function removeLeftovers(stopAbandoned: (dataDir: string) => Promise<boolean>): Promise<void> {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    const dataDir = path.join(os.tmpdir(), name);
    // An empty folder may belong to a run that begins at this very moment.
    if (readdirSync(dataDir).length > 0 && (await stopAbandoned(dataDir)))
      rmSync(dataDir, { recursive: true, force: true });
  }
}
