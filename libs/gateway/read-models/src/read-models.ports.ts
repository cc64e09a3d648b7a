import type { PaymentCommand, PaymentEventData, PaymentReply, PaymentSnapshot, PaymentStatus } from '@paymatch/contracts';

export interface PaymentListQuery {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly status: PaymentStatus | null;
  readonly invoiceId: string | null;
  readonly perPage: number;
  readonly page: number;
  readonly nowMs: number;
}

/** One refund of a payment; `id` counts inside its payment. */
export interface PaymentRefund {
  readonly id: number;
  readonly amountMinor: number;
  readonly source: 'api' | 'panel';
  readonly createdAt: string;
}

/** The payments as lists and pages see them. Written by the projection only. */
export interface PaymentReadModel {
  /** Applies facts at once, so that whoever wrote can read; the broker's copy then finds them applied. Repeats and old versions change nothing. */
  apply(events: readonly PaymentEventData[]): Promise<void>;
  /** Any merchant's payment: for the public checkout page only. */
  findPublic(paymentId: string): Promise<PaymentSnapshot | null>;
  find(key: { readonly merchantId: string; readonly livemode: boolean; readonly paymentId: string }): Promise<PaymentSnapshot | null>;
  /** Newest first; a pending payment past its time counts and reads as expired. */
  list(query: PaymentListQuery): Promise<{ readonly payments: readonly PaymentSnapshot[]; readonly total: number }>;
  /** Calls back in this process whenever a newer version of that payment was applied here; returns the way to stop. */
  watch(paymentId: string, onChange: (payment: PaymentSnapshot) => void): () => void;
}

/** Injected under `PAYMENT_READ_MODEL`. */
export interface PaymentRefundsReadModel {
  /** Newest first. */
  refunds(key: { readonly merchantId: string; readonly livemode: boolean; readonly paymentId: string }): Promise<readonly PaymentRefund[]>;
}

/** Sends a payment command over the message bus and applies its facts to the read model before it answers (read your writes). */
export interface PaymentsClient {
  /** Rejects with `Refusal` (code: `PaymentRefusalCode`) or `RequestUnavailable`. */
  send(command: PaymentCommand, context?: { readonly correlationId?: string }): Promise<PaymentReply>;
}

export const PAYMENT_READ_MODEL = Symbol('PaymentReadModel');
export const PAYMENTS_CLIENT = Symbol('PaymentsClient');
