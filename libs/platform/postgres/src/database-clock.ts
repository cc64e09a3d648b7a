import { SupervisedLoop } from '@paymatch/platform-loops';
import type { Logger } from '@paymatch/platform-observability';
import type { SqlRunner } from './database.js';

const EVERY_MS = 10_000;

/**
 * The database's time, which is one for all processes: for moments that several of them compare, such as the end of a
 * lease. Between two looks at it this process's monotonic clock goes on, so that neither a wrong wall clock nor one
 * that is set right has any part in it.
 */
export class DatabaseClock {
  private readonly loop: SupervisedLoop;

  private constructor(
    private readonly database: SqlRunner,
    private anchor: { readonly atMs: number; readonly monotonicMs: number },
    logger: Logger,
  ) {
    this.loop = new SupervisedLoop({
      name: "the look at the database's clock",
      logger,
      everyMs: EVERY_MS,
      turn: () => this.look(),
    });
  }

  /** Looks for the first time, and from then on every ten seconds; a look that fails leaves the last one in force. */
  static async start(database: SqlRunner, logger: Logger): Promise<DatabaseClock> {
    const clock = new DatabaseClock(database, await lookAt(database), logger);
    clock.loop.start();
    return clock;
  }

  nowMs(): number {
    return Math.round(this.anchor.atMs + performance.now() - this.anchor.monotonicMs);
  }

  async look(): Promise<void> {
    this.anchor = await lookAt(this.database);
  }

  /** Nest ends it with the application it belongs to. */
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }
}

/** Right to within half of what the question took. */
async function lookAt(database: SqlRunner): Promise<{ readonly atMs: number; readonly monotonicMs: number }> {
  const askedMs = performance.now();
  const { rows } = await database.query<{ ms: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  return { atMs: rows[0]!.ms, monotonicMs: (askedMs + performance.now()) / 2 };
}
