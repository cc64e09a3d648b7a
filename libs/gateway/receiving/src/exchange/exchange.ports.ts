/** What one unit of `baseCurrency` costs in BRL. */
export interface ExchangeQuote {
  readonly baseCurrency: string;
  /** Plain decimal text, as its source gave it, e.g. `5.19`. */
  readonly rate: string;
  /** `operator`, or `bcb-ptax`. */
  readonly source: string;
  /** ISO 8601 UTC: when the source says it held. */
  readonly quotedAt: string;
}

/** Where rates come from. */
export interface ExchangeSource {
  /** Whether merchants may get different rates of it. */
  readonly isPerMerchant: boolean;
  /** The newest rate there is, however old; `null` when there is none. */
  latest(baseCurrency: string, merchantId: string): Promise<ExchangeQuote | null>;
}

/** Rates as payments are made with them. */
export interface ExchangeRates {
  /** Throws `ExchangeUnavailable` rather than guess. */
  quote(baseCurrency: string, merchantId: string): Promise<ExchangeQuote>;
}

/** There is no rate to be had, or only one that is too old. Answered with 503. */
export class ExchangeUnavailable extends Error {
  override readonly name = 'ExchangeUnavailable';
}

/** A rate somebody set. */
export interface ExchangeRateView {
  readonly id: string;
  readonly baseCurrency: string;
  readonly rate: string;
  readonly setBy: string;
  readonly quotedAt: string;
  /** The installation's, for merchants without one of their own. */
  readonly isForAll: boolean;
}

/** Rates set by hand: a merchant's own come before the installation's. Injected under `EXCHANGE_TABLE`. */
export interface ExchangeTable extends ExchangeSource {
  /**
   * Throws RangeError on what is not a positive plain decimal. Earlier rates stay on record. `merchantId` null = the
   * installation's.
   */
  set(rate: {
    readonly merchantId: string | null;
    readonly baseCurrency: string;
    readonly rate: string;
    readonly setBy: string;
  }): Promise<ExchangeRateView>;
  /** The merchant's own and the installation's, newest first; at most 100. */
  list(merchantId: string): Promise<readonly ExchangeRateView[]>;
}

export const EXCHANGE_RATES = Symbol('ExchangeRates');
export const EXCHANGE_TABLE = Symbol('ExchangeTable');
