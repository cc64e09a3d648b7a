import type { Clock, Logger } from '@paymatch/platform-observability';
import { ExchangeUnavailable, type ExchangeQuote, type ExchangeRates, type ExchangeSource } from './exchange.ports.js';

export interface ExchangeDeskOptions {
  /** How long a quote is used before its source is asked again. */
  readonly cacheMs: number;
  /** A quote older than this is refused. */
  readonly ageMaxMs: number;
}

/** How long a source that failed is left alone while the quote in hand will do. */
const RETRY_MS = 15_000;

interface Held {
  quote: ExchangeQuote | null;
  freshUntilMs: number;
  asking: Promise<void> | null;
}

/**
 * Rates, from one source. A source that cannot be reached is no reason to stop selling while the last quote is still within its age; past that
 * there is no rate at all.
 */
export class ExchangeDesk implements ExchangeRates {
  private readonly held = new Map<string, Held>();

  constructor(private readonly source: ExchangeSource, private readonly surroundings: { readonly clock: Clock; readonly logger: Logger }, private readonly options: ExchangeDeskOptions) {}

  async quote(baseCurrency: string): Promise<ExchangeQuote> {
    const held = this.heldOf(baseCurrency);
    if (this.surroundings.clock.nowMs() >= held.freshUntilMs) await (held.asking ??= this.ask(baseCurrency, held).finally(() => { held.asking = null; }));
    const { quote } = held;
    if (quote === null) throw new ExchangeUnavailable(`There is no exchange rate for ${baseCurrency} at this moment.`);
    if (this.surroundings.clock.nowMs() - Date.parse(quote.quotedAt) > this.options.ageMaxMs) {
      throw new ExchangeUnavailable(`The newest exchange rate for ${baseCurrency} is of ${quote.quotedAt}, which is too old to sell at.`);
    }
    return quote;
  }

  private heldOf(baseCurrency: string): Held {
    let held = this.held.get(baseCurrency);
    if (held === undefined) this.held.set(baseCurrency, (held = { quote: null, freshUntilMs: Number.NEGATIVE_INFINITY, asking: null }));
    return held;
  }

  private async ask(baseCurrency: string, held: Held): Promise<void> {
    const { clock, logger } = this.surroundings;
    try {
      held.quote = await this.source.latest(baseCurrency);
      held.freshUntilMs = clock.nowMs() + this.options.cacheMs;
    } catch (error) {
      if (held.quote === null) throw new ExchangeUnavailable(`The source of exchange rates for ${baseCurrency} cannot be reached.`, { cause: error });
      logger.warn('no new exchange rate could be had; the last one is used while it is young enough', { baseCurrency, quotedAt: held.quote.quotedAt, error });
      held.freshUntilMs = clock.nowMs() + Math.min(RETRY_MS, this.options.cacheMs);
    }
  }
}
