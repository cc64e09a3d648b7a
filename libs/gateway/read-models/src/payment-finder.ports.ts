import type { PaymentMethod, PaymentSnapshot, PaymentStatus } from '@paymatch/contracts';
import type { NamedCustomer } from './customers/customer-book.ports.js';

/** One thing that a text in the search box may mean. */
export type PaymentNeedle =
  | { readonly by: 'id' | 'invoice' | 'trxId' | 'sender' | 'customer'; readonly value: string }
  | { readonly by: 'amount'; readonly value: number }
  /** Of one contract's customers: both may call different people by the same word. */
  | { readonly by: 'namedCustomer'; readonly value: NamedCustomer };

export interface PaymentFilter {
  readonly merchantId: string;
  readonly livemode: boolean;
  /** Payments that have any of these; `null` = all. */
  readonly needles: readonly PaymentNeedle[] | null;
  readonly statuses: readonly PaymentStatus[] | null;
  readonly method: PaymentMethod | null;
  readonly provider: string | null;
  readonly walletNumber: string | null;
  readonly source: PaymentSnapshot['source'] | null;
  readonly customer?: NamedCustomer | null;
  /** Both included. */
  readonly amountFromMinor: number | null;
  readonly amountToMinor: number | null;
  /** ISO 8601 UTC; from the minute that it lies in, up to the end of the minute before it or that it lies in. */
  readonly createdFrom: string | null;
  readonly createdTo: string | null;
}

export interface FoundPayments {
  readonly payments: readonly PaymentSnapshot[];
  /** The cursor of the next page; `null`: that was all. A page may be short, even empty, and have a next one. */
  readonly next: string | null;
}

export interface PaymentTotals {
  readonly count: number;
  /** `false`: there are more than were looked through. */
  readonly isExact: boolean;
  readonly byCurrency: readonly { readonly currency: string; readonly count: number; readonly amountMinor: number }[];
}

/** Payments of both contracts, as people look for them. Injected under `PAYMENT_FINDER`. */
export interface PaymentFinder {
  /** Newest first; `after` is an earlier page's `next`. */
  find(filter: PaymentFilter, page: { readonly after: string | null; readonly limit: number }): Promise<FoundPayments>;
  totals(filter: PaymentFilter): Promise<PaymentTotals>;
}

export const PAYMENT_FINDER = Symbol('PaymentFinder');
