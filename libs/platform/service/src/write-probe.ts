import { setTimeout as sleep } from 'node:timers/promises';
import { statfsSync } from 'node:fs';
import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';

const PROBE_EVERY_MS = 5_000;
const FREE_BYTES_MIN = 64 * 1_024 * 1_024;
/** SQLSTATE: a read-only server, no room (disk, memory), a failing disk. */
const REFUSES_WRITES = /^(?:25006|53[012]..|58...)$/;
/** Rows enough for a page of their own: a full disk is felt where a file grows, not where old room is used again. */
const PROBE_ROWS = 8;

/**
 * Looks every few seconds whether the database still takes writes. One that has no room answers reads for hours, and a
 * gateway behind which nothing can be kept must not be sent payments. A database that cannot be reached is no verdict:
 * that is waited for.
 */
export class WriteProbe {
  private problem: string | null = null;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly database: Pick<Database, 'transaction'>,
    private readonly logger: Logger,
  ) {}

  /** For `Health.addReadinessCheck`. */
  problems(): readonly string[] {
    return this.problem === null ? [] : [this.problem];
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** One look. */
  async look(): Promise<void> {
    const problem = await this.tryToWrite();
    if (problem === this.problem) return;
    if (problem === null) this.logger.info('the database takes writes again');
    else this.logger.error('the database takes no writes; this process is not ready until it does', { problem });
    this.problem = problem;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.look();
      await sleep(PROBE_EVERY_MS, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  private async tryToWrite(): Promise<string | null> {
    try {
      await this.database.transaction(async (tx) => {
        await tx.query('CREATE TEMP TABLE paymatch_write_probe (filler text) ON COMMIT DROP');
        await tx.query(
          `INSERT INTO paymatch_write_probe SELECT repeat('x', 1500) FROM generate_series(1, ${PROBE_ROWS})`,
        );
      });
      return null;
    } catch (error) {
      const { code = '', message } = error as { readonly code?: string; readonly message: string };
      return REFUSES_WRITES.test(code) ? `the database takes no writes: ${message}` : null;
    }
  }
}

/** For `Health.addReadinessCheck`: whether the disk that a folder is on has room left. */
export function freeSpaceCheck(folder: string, freeBytesMin = FREE_BYTES_MIN): () => readonly string[] {
  return () => {
    const { bavail, bsize } = statfsSync(folder);
    const free = Math.floor((bavail * bsize) / 1_048_576);
    return bavail * bsize < freeBytesMin ? [`the disk of ${folder} has ${free} MiB left`] : [];
  };
}
