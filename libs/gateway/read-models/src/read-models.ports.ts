import type {
  PaymentCommand,
  PaymentEventData,
  PaymentHistoryReply,
  PaymentReply,
  PaymentSnapshot,
  PaymentStatus,
} from '@paymatch/contracts';

export interface PaymentListQuery {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly status: PaymentStatus | null;
  readonly invoiceId: string | null;
  /** Absent = payments of both contracts. */
  readonly dialect?: PaymentSnapshot['dialect'];
  readonly perPage: number;
  readonly page: number;
  readonly nowMs: number;
}

/** One refund of a payment; no other refund of the installation has its `id`. */
export interface PaymentRefund {
  readonly id: number;
  readonly amountMinor: number;
  readonly source: 'api' | 'panel';
  readonly createdAt: string;
}

/** The payments as lists and pages see them. Written by the projection only. */
export interface PaymentReadModel {
  /**
   * Applies facts at once, so that whoever wrote can read; the broker's copy then finds them applied. Repeats and old
   * versions change nothing.
   */
  apply(events: readonly PaymentEventData[]): Promise<void>;
  /** Any merchant's payment: for the public checkout page only. */
  findPublic(paymentId: string): Promise<PaymentSnapshot | null>;
  find(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly paymentId: string;
  }): Promise<PaymentSnapshot | null>;
  /** Newest first; a pending payment past its time counts and reads as expired. */
  list(query: PaymentListQuery): Promise<{ readonly payments: readonly PaymentSnapshot[]; readonly total: number }>;
  /** How many payments of either contract were created from that day (UTC) on. */
  createdSince(key: { readonly merchantId: string; readonly livemode: boolean; readonly since: Date }): Promise<number>;
  /** Calls back in this process whenever a newer version of that payment was applied here; returns the way to stop. */
  watch(paymentId: string, onChange: (payment: PaymentSnapshot) => void): () => void;
}

/**
 * Where a payment stands, in the four words contract B tells apart. A pending payment past its time is `expired`;
 * refunds leave it `settled`.
 */
export type Standing = 'open' | 'settled' | 'failed' | 'expired';

export interface PaymentSearchQuery {
  readonly merchantId: string;
  readonly livemode: boolean;
  /** `null` = any. */
  readonly standings: readonly Standing[] | null;
  readonly customerId: string | null;
  readonly invoiceIds: readonly string[] | null;
  /** ISO 8601 UTC with up to six decimals, both included. */
  readonly createdFrom: string | null;
  readonly createdTo: string | null;
  readonly sort: PaymentSort;
  readonly direction: 'asc' | 'desc';
  readonly perPage: number;
  readonly page: number;
  readonly nowMs: number;
}

/**
 * `created` is the order of ids; `standing` that of the groups named, rising. Ties are broken by id, in the same
 * direction.
 */
export type PaymentSort =
  | { readonly by: 'created' | 'amount' | 'updated' }
  | { readonly by: 'standing'; readonly groups: readonly (readonly Standing[])[] };

/** Contract B's payments, searched. Injected under `PAYMENT_SEARCH`. */
export interface PaymentSearch {
  search(query: PaymentSearchQuery): Promise<{ readonly payments: readonly PaymentSnapshot[]; readonly total: number }>;
  /**
   * What was asked for and has been paid, less what was refunded, by currency asked for; currencies in alphabetical
   * order.
   */
  settledTotals(merchant: {
    readonly merchantId: string;
    readonly livemode: boolean;
  }): Promise<readonly { readonly currency: string; readonly amountMinor: number }[]>;
}

/** Injected under `PAYMENT_READ_MODEL`. */
export interface PaymentRefundsReadModel {
  /** Newest first. */
  refunds(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly paymentId: string;
  }): Promise<readonly PaymentRefund[]>;
}

/**
 * Sends a payment command over the message bus and applies its facts to the read model before it answers (read your
 * writes).
 */
export interface PaymentsClient {
  /** Rejects with `Refusal` (code: `PaymentRefusalCode`) or `RequestUnavailable`. */
  send(command: PaymentCommand, context?: { readonly correlationId?: string }): Promise<PaymentReply>;
}

/** All that happened to a payment, asked of the service that owns its events. Injected under `PAYMENT_HISTORIES`. */
export interface PaymentHistories {
  /** `null`: no such payment of that merchant in that mode. Rejects with `RequestUnavailable`. */
  tell(
    key: { readonly merchantId: string; readonly livemode: boolean; readonly paymentId: string },
    context: { readonly correlationId: string },
  ): Promise<PaymentHistoryReply | null>;
}

export const PAYMENT_READ_MODEL = Symbol('PaymentReadModel');
export const PAYMENTS_CLIENT = Symbol('PaymentsClient');
export const PAYMENT_HISTORIES = Symbol('PaymentHistories');
export const PAYMENT_SEARCH = Symbol('PaymentSearch');
