import { setTimeout as sleep } from 'node:timers/promises';
import { SupervisedLoop } from '@paymatch/platform-loops';
import { noMetrics, type Clock, type Counter, type Logger, type Metrics } from '@paymatch/platform-observability';
import type { SqlRunner } from './database.js';
import { TableWalk, type KeptTable } from './table-walk.js';

export interface RetentionOptions {
  readonly sql: SqlRunner;
  readonly tables: readonly KeptTable[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: Metrics;
}

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000;

/** Removes what is old enough from tables that would grow for ever: a walk through each, once an hour. */
export class Retention {
  private readonly loop: SupervisedLoop;
  private readonly pruned: Counter;

  constructor(private readonly options: RetentionOptions) {
    this.pruned = (options.metrics ?? noMetrics).counter({
      name: 'paymatch_rows_pruned_total',
      help: 'Rows removed, or emptied, because they were kept long enough',
      labels: ['table'],
    });
    this.loop = new SupervisedLoop({
      name: 'the removal of what is kept no longer',
      logger: options.logger,
      everyMs: EVERY_MS,
      firstAfterMs: FIRST_AFTER_MS,
      turn: (isStopping) => this.run(isStopping),
    });
  }

  start(): void {
    if (this.options.tables.length > 0) this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One walk through every table. Rests after each step as long as it took: at most half a connection's time. */
  async run(isStopping: () => boolean = () => false): Promise<void> {
    const { sql, tables, clock } = this.options;
    for (const kept of tables) {
      const walk = new TableWalk(sql, kept);
      while (!isStopping()) {
        const startedMs = performance.now();
        const count = await walk.step(clock.nowMs());
        if (count === null) break;
        if (count > 0) this.pruned.add({ table: kept.table }, count);
        await sleep(performance.now() - startedMs, undefined, { ref: false });
      }
    }
  }
}
