import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';

export interface EndpointRatesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How soon a rate that was set is obeyed. */
const LOOK_EVERY_MS = 1_000;

/**
 * Spaces out what goes to endpoints that have a rate, over all dispatchers: each webhook takes the next turn from the
 * endpoint's row, by the database's clock. An endpoint without a rate costs nothing but one look at all rates a second.
 */
export class EndpointRates {
  private rates: ReadonlyMap<string, number> = new Map();
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;

  constructor(private readonly options: EndpointRatesOptions) {}

  /** Resolves when the endpoint may be sent to; `null` is a payment's own callback. */
  async turn(endpointId: string | null): Promise<void> {
    if (endpointId === null) return;
    if (performance.now() - this.lookedAtMs > LOOK_EVERY_MS) await (this.looking ??= this.look());
    const rate = this.rates.get(endpointId);
    if (rate === undefined) return;
    const waitMs = await this.take(endpointId, 1_000 / rate);
    if (waitMs > 0) await sleep(waitMs);
  }

  private async look(): Promise<void> {
    try {
      const { rows } = await this.options.database.query<{ id: string; rate: number }>({
        name: 'webhook-rates',
        text: `SELECT id, rate_per_second AS rate FROM webhook_dispatch.endpoints WHERE rate_per_second IS NOT NULL
          AND status <> 'removed'`,
      });
      this.rates = new Map(rows.map(({ id, rate }) => [id, rate]));
    } catch (error) {
      this.options.logger.warn('the rates of webhook endpoints could not be looked at; those known hold', { error });
    } finally {
      this.lookedAtMs = performance.now();
      this.looking = null;
    }
  }

  private async take(endpointId: string, stepMs: number): Promise<number> {
    const { database, clock, logger } = this.options;
    const nowMs = clock.nowMs();
    try {
      const { rows } = await database.relaxed.query<{ wait_ms: number }>({
        name: 'webhook-rate-take',
        text: `INSERT INTO webhook_dispatch.endpoint_rates AS r (endpoint_id, free_at)
          VALUES ($1, $2::timestamptz + $3::float8 * interval '1 ms')
          ON CONFLICT (endpoint_id) DO UPDATE
            SET free_at = greatest(r.free_at, $2::timestamptz) + $3::float8 * interval '1 ms'
          RETURNING (extract(epoch FROM r.free_at - $2::timestamptz) * 1000 - $3::float8)::float8 AS wait_ms`,
        values: [endpointId, new Date(nowMs), stepMs],
      });
      return rows[0]!.wait_ms;
    } catch (error) {
      // Nothing can be written down of the attempt either; this dispatcher alone keeps the pace meanwhile.
      logger.warn('the turn at a webhook endpoint could not be taken', { endpointId, error });
      return stepMs;
    }
  }
}
