import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { isRate } from './conversion.js';
import type { ExchangeQuote, ExchangeTable } from './exchange.ports.js';

type RateRow = { rate: string; quoted_at: Date };

/** Rates the operator sets by hand. Rows are added, never changed: which rate held when stays on record. */
export class OperatorExchangeTable implements ExchangeTable {
  constructor(private readonly database: Database, private readonly clock: Clock) {}

  async set(rate: { readonly baseCurrency: string; readonly rate: string; readonly setBy: string }): Promise<ExchangeQuote> {
    if (!isRate(rate.rate)) throw new RangeError(`not a positive plain decimal: ${rate.rate}`);
    const quotedAt = new Date(this.clock.nowMs());
    await this.database.query(
      'INSERT INTO gateway.exchange_rates (id, base_currency, rate, set_by, quoted_at) VALUES ($1, $2, $3, $4, $5)',
      [newId(quotedAt.getTime()), rate.baseCurrency, rate.rate, rate.setBy, quotedAt]);
    return { baseCurrency: rate.baseCurrency, rate: rate.rate, source: 'operator', quotedAt: quotedAt.toISOString() };
  }

  async latest(baseCurrency: string): Promise<ExchangeQuote | null> {
    const { rows: [row] } = await this.database.query<RateRow>(
      'SELECT rate::text AS rate, quoted_at FROM gateway.exchange_rates WHERE base_currency = $1 ORDER BY quoted_at DESC, id DESC LIMIT 1', [baseCurrency]);
    return row === undefined ? null : { baseCurrency, rate: row.rate, source: 'operator', quotedAt: row.quoted_at.toISOString() };
  }
}
