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
/** How long "there is none" is believed: whoever then sets a rate wants to sell at once. */
const ABSENCE_MS = 1_000;
const HELD_MAX = 10_000;

interface Held {
  quote: ExchangeQuote | null;
  freshUntilMs: number;
  asking: Promise<void> | null;
}

/**
 * Rates, from one source. A source that cannot be reached is no reason to stop selling while the last quote is still
 * within its age; past that there is no rate at all.
 */
export class ExchangeDesk implements ExchangeRates {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly source: ExchangeSource,
    private readonly surroundings: { readonly clock: Clock; readonly logger: Logger },
    private readonly options: ExchangeDeskOptions,
  ) {}

  async quote(baseCurrency: string, merchantId: string): Promise<ExchangeQuote> {
    const held = this.heldOf(this.source.isPerMerchant ? `${baseCurrency} ${merchantId}` : baseCurrency);
    if (this.surroundings.clock.nowMs() >= held.freshUntilMs)
      await (held.asking ??= this.ask(held, { baseCurrency, merchantId }).finally(() => {
        held.asking = null;
      }));
    const { quote } = held;
    if (quote === null) throw new ExchangeUnavailable(`There is no exchange rate for ${baseCurrency} at this moment.`);
    if (this.surroundings.clock.nowMs() - Date.parse(quote.quotedAt) > this.options.ageMaxMs) {
      throw new ExchangeUnavailable(
        `The newest exchange rate for ${baseCurrency} is of ${quote.quotedAt}, which is too old to sell at.`,
      );
    }
    return quote;
  }

  private heldOf(key: string): Held {
    let held = this.held.get(key);
    if (held !== undefined) return held;
    held = { quote: null, freshUntilMs: Number.NEGATIVE_INFINITY, asking: null };
    if (this.held.size >= HELD_MAX) this.held.delete(this.held.keys().next().value!);
    this.held.set(key, held);
    return held;
  }

  private async ask(held: Held, wanted: { readonly baseCurrency: string; readonly merchantId: string }): Promise<void> {
    const { clock, logger } = this.surroundings;
    const { baseCurrency, merchantId } = wanted;
    try {
      held.quote = await this.source.latest(baseCurrency, merchantId);
      held.freshUntilMs =
        clock.nowMs() + (held.quote === null ? Math.min(ABSENCE_MS, this.options.cacheMs) : this.options.cacheMs);
    } catch (error) {
      if (held.quote === null)
        throw new ExchangeUnavailable(`The source of exchange rates for ${baseCurrency} cannot be reached.`, {
          cause: error,
        });
      logger.warn('no new exchange rate could be had; the last one is used while it is young enough', {
        baseCurrency,
        quotedAt: held.quote.quotedAt,
        error,
      });
      held.freshUntilMs = clock.nowMs() + Math.min(RETRY_MS, this.options.cacheMs);
    }
  }
}
