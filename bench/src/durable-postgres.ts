import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@paymatch/platform-dev-servers';

/** Runs `work` against a fresh PostgreSQL with fsync, synchronous_commit and full_page_writes on. */
export async function withDurablePostgres<T>(work: (url: string, server: EmbeddedPostgres) => Promise<T>): Promise<T> {
  // BENCH_DIR puts the data on the disk in question when the temporary folder is in memory.
  const dataDir = mkdtempSync(path.join(process.env['BENCH_DIR'] ?? os.tmpdir(), 'paymatch-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: true });
  try {
    return await work(server.url, server);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
