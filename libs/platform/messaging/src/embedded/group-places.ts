import type { LeaseConnection, LogPosition } from '@paymatch/platform-log';
import type { Logger } from '@paymatch/platform-observability';
import { prepared } from '@paymatch/platform-postgres';
import { describeFault } from '../fault.js';

/** So long a batch that was taken may be one that a crash delivers again. */
const STORE_AFTER_MS = 200;

/**
 * Only forward: a consumer that lost its lease while it worked cannot undo the next one's progress. In one order, so
 * that two never wait in a circle.
 */
const STORE = prepared(`
  WITH reached AS (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS r (reader, xid, pos)),
  behind AS (
    SELECT c.reader FROM bus.reader_checkpoints c JOIN reached r ON r.reader = c.reader
     WHERE (c.xid, c.pos) < (r.xid::xid8, r.pos) ORDER BY c.reader FOR UPDATE OF c)
  UPDATE bus.reader_checkpoints c SET xid = r.xid::xid8, pos = r.pos
    FROM reached r JOIN behind ON behind.reader = r.reader
   WHERE c.reader = r.reader AND (c.xid, c.pos) < (r.xid::xid8, r.pos)`);

/**
 * How far the groups of one session have come, stored together a moment later: every batch of every group by itself
 * cost as many statements as its messages. Through the session of their leases: who has lost them can no longer store.
 */
export class GroupPlaces {
  private readonly reached = new Map<string, LogPosition>();
  private timer: NodeJS.Timeout | undefined;
  private storing: Promise<void> = Promise.resolve();

  constructor(
    private readonly lease: LeaseConnection,
    private readonly logger: Logger,
  ) {}

  note(reader: string, place: LogPosition): void {
    this.reached.set(reader, place);
    this.timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) =>
        this.logger.warn('places could not be stored; what lies behind them is delivered again', {
          fault: describeFault(error),
        }),
      );
    }, STORE_AFTER_MS);
  }

  /** Resolves when everything noted is stored. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const result = this.storing.then(() => this.store());
    this.storing = result.catch(() => undefined);
    return result;
  }

  private async store(): Promise<void> {
    const reached = [...this.reached];
    this.reached.clear();
    if (reached.length === 0 || this.lease.isLost) return;
    const values = [
      reached.map(([reader]) => reader),
      reached.map(([, { xid }]) => xid),
      reached.map(([, { pos }]) => pos),
    ];
    try {
      await this.lease.query({ ...STORE, values });
    } catch (error) {
      // Stored with the next ones, unless the session is lost and the places with it.
      for (const [reader, place] of reached) if (!this.reached.has(reader)) this.reached.set(reader, place);
      throw error;
    }
  }
}
