import type { PaymentSnapshot } from '@paymatch/contracts';
import type { Logger } from '@paymatch/platform-observability';
import type { SqlRunner } from '@paymatch/platform-postgres';
import type { PageOpening, PageOpenings } from './page-openings.ports.js';

const FLUSH_MS = 1_000;
/** Payments whose openings wait to be written; those of others are not noted meanwhile. */
const WAITING_MAX = 5_000;
const COUNT_MAX = 1_000;

interface Waiting {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly firstMs: number;
  readonly count: number;
}

/**
 * Openings are gathered for a second and written in one statement. What a killed process had gathered is lost: nothing
 * rests on it.
 */
export class PostgresPageOpenings implements PageOpenings {
  private waiting = new Map<string, Waiting>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly sql: SqlRunner,
    private readonly logger: Logger,
  ) {}

  note({ id, merchantId, livemode }: Pick<PaymentSnapshot, 'id' | 'merchantId' | 'livemode'>, atMs: number): void {
    if (this.isClosed) return;
    this.gather(id, { merchantId, livemode, firstMs: atMs, count: 1 });
    this.plan();
  }

  async find(
    key: Pick<PaymentSnapshot, 'merchantId' | 'livemode'> & { readonly paymentId: string },
  ): Promise<PageOpening | null> {
    const { rows } = await this.sql.query<{ at: Date; count: number }>({
      name: 'page-opening',
      text: `SELECT first_opened_at AS at, opened_count AS count FROM gateway.page_openings
              WHERE payment_id = $1 AND merchant_id = $2 AND livemode = $3`,
      values: [key.paymentId, key.merchantId, key.livemode],
    });
    const [row] = rows;
    return row === undefined ? null : { firstOpenedAt: new Date(row.at).toISOString(), count: row.count };
  }

  /** Nest calls it when the gateway stops, after HTTP has ended and before the database does. */
  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.writing;
    await this.write();
  }

  private gather(id: string, more: Waiting): void {
    const known = this.waiting.get(id);
    if (known === undefined && this.waiting.size >= WAITING_MAX) return;
    this.waiting.set(
      id,
      known === undefined
        ? more
        : {
            ...known,
            firstMs: Math.min(known.firstMs, more.firstMs),
            count: Math.min(known.count + more.count, COUNT_MAX),
          },
    );
  }

  private plan(): void {
    if (this.timer !== undefined || this.isClosed || this.waiting.size === 0) return;
    this.timer = setTimeout(() => {
      this.writing = this.write().finally(() => {
        this.timer = undefined;
        this.plan();
      });
    }, FLUSH_MS);
    this.timer.unref();
  }

  /** What could not be written waits for the next time. */
  private async write(): Promise<void> {
    const batch = [...this.waiting];
    if (batch.length === 0) return;
    this.waiting = new Map();
    try {
      await this.sql.query({
        name: 'note-page-openings',
        // In the order of their ids: two gateways never wait for each other in a circle.
        text: `INSERT INTO gateway.page_openings AS o (payment_id, merchant_id, livemode, first_opened_at, opened_count)
               SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::timestamptz[], $5::integer[]) AS i(id)
                ORDER BY i.id
               ON CONFLICT (payment_id) DO UPDATE
                  SET first_opened_at = LEAST(o.first_opened_at, excluded.first_opened_at),
                      opened_count = LEAST(o.opened_count + excluded.opened_count, ${COUNT_MAX})
                WHERE o.opened_count < ${COUNT_MAX}`,
        values: [
          batch.map(([id]) => id),
          batch.map(([, { merchantId }]) => merchantId),
          batch.map(([, { livemode }]) => livemode),
          batch.map(([, { firstMs }]) => new Date(firstMs)),
          batch.map(([, { count }]) => count),
        ],
      });
    } catch (error) {
      this.logger.warn('openings of pages could not be written and are tried again', { error });
      for (const [id, more] of batch) this.gather(id, more);
    }
  }
}
