import { setTimeout as sleep } from 'node:timers/promises';

/** A transaction that was open too long, and what it did when that was found. */
export interface LongTransaction {
  readonly pid: number;
  readonly openMs: number;
  readonly state: string;
  readonly query: string;
}

export interface WatchTransactionsOptions {
  /** 250 when absent: longer, and whoever waits for one of its rows feels it. */
  readonly openMsMax?: number;
}

export interface TransactionWatch {
  /** Ends the watch; the transactions that had written and were open longer than allowed, each once. */
  stop(): Promise<readonly LongTransaction[]>;
}

const EVERY_MS = 10;
const APPLICATION = 'transaction watch';

interface Seen {
  openMs: number;
  long?: Omit<LongTransaction, 'openMs'>;
}

/**
 * Watches every transaction of the database at `url` that has written: `expect(await watch.stop()).toEqual([])`. Time
 * in which this process could not look either (a busy machine) does not count, so that a slow machine fails no test.
 */
export async function watchTransactions(
  url: string,
  { openMsMax = 250 }: WatchTransactionsOptions = {},
): Promise<TransactionWatch> {
  // Loaded on use: unit tests import this library too, and must not pay for a database driver.
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url, application_name: APPLICATION });
  await client.connect();
  const seen = new Map<string, Seen>();
  let isStopping = false;
  const watching = (async () => {
    for (let last = performance.now(); !isStopping; await sleep(EVERY_MS)) {
      const { rows } = await client.query<Omit<LongTransaction, 'openMs'> & { began: string }>(
        `SELECT pid, xact_start::text AS began, state, left(query, 200) AS query FROM pg_stat_activity
          WHERE datname = current_database() AND backend_xid IS NOT NULL AND xact_start IS NOT NULL
            AND application_name <> $1`,
        [APPLICATION],
      );
      const now = performance.now();
      const passedMs = Math.min(now - last, 3 * EVERY_MS);
      last = now;
      for (const { pid, began, state, query } of rows) {
        const known = seen.get(`${pid} ${began}`) ?? { openMs: 0 };
        known.openMs += passedMs;
        // Kept as it was then: a transaction looked at while it ends would show its COMMIT.
        if (known.openMs > openMsMax) known.long ??= { pid, state, query };
        seen.set(`${pid} ${began}`, known);
      }
    }
  })();
  watching.catch(() => undefined); // `stop` reports it.
  return {
    stop: async () => {
      isStopping = true;
      await watching.finally(() => client.end());
      return [...seen.values()].flatMap(({ openMs, long }) => (long ? [{ ...long, openMs: Math.round(openMs) }] : []));
    },
  };
}
