import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { isRate } from './conversion.js';
import type { ExchangeQuote, ExchangeRateView, ExchangeTable } from './exchange.ports.js';

const LIST_MAX = 100;

type RateRow = { rate: string; quoted_at: Date };
type ViewRow = RateRow & { id: string; base_currency: string; set_by: string; is_for_all: boolean };

/** Rates that people set by hand. Rows are added, never changed: which rate held when stays on record. */
export class OperatorExchangeTable implements ExchangeTable {
  readonly isPerMerchant = true;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async set(rate: Parameters<ExchangeTable['set']>[0]): Promise<ExchangeRateView> {
    if (!isRate(rate.rate)) throw new RangeError(`not a positive plain decimal: ${rate.rate}`);
    const quotedAt = new Date(this.clock.nowMs());
    const id = newId(quotedAt.getTime());
    const { merchantId, baseCurrency, setBy } = rate;
    await this.database.query(
      'INSERT INTO gateway.exchange_rates (id, merchant_id, base_currency, rate, set_by, quoted_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, merchantId, baseCurrency, rate.rate, setBy, quotedAt],
    );
    return {
      id,
      baseCurrency,
      rate: rate.rate,
      setBy,
      quotedAt: quotedAt.toISOString(),
      isForAll: merchantId === null,
    };
  }

  /** A merchant that sets its own rates means them, also when the installation's are newer. */
  async latest(baseCurrency: string, merchantId: string): Promise<ExchangeQuote | null> {
    const {
      rows: [row],
    } = await this.database.query<RateRow>(
      `SELECT rate::text AS rate, quoted_at FROM gateway.exchange_rates WHERE base_currency = $1 AND (merchant_id = $2
        OR merchant_id IS NULL)
        ORDER BY merchant_id IS NULL, quoted_at DESC, id DESC LIMIT 1`,
      [baseCurrency, merchantId],
    );
    return row === undefined
      ? null
      : { baseCurrency, rate: row.rate, source: 'operator', quotedAt: row.quoted_at.toISOString() };
  }

  async list(merchantId: string): Promise<readonly ExchangeRateView[]> {
    const { rows } = await this.database.query<ViewRow>(
      `SELECT id, base_currency, rate::text AS rate, set_by, quoted_at, merchant_id IS NULL AS is_for_all
        FROM gateway.exchange_rates
        WHERE merchant_id = $1 OR merchant_id IS NULL ORDER BY quoted_at DESC, id DESC LIMIT ${LIST_MAX}`,
      [merchantId],
    );
    return rows.map((row) => ({
      id: row.id,
      baseCurrency: row.base_currency,
      rate: row.rate,
      setBy: row.set_by,
      quotedAt: row.quoted_at.toISOString(),
      isForAll: row.is_for_all,
    }));
  }
}
