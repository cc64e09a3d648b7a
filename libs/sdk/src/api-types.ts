// Written by `node scripts/sdk-types.mjs` from the OpenAPI document; a test holds it up to date.

export interface AdvanceTestClock {
  readonly advance_seconds?: number | null | undefined;
  readonly advance_to?: string | null | undefined;
}

export interface CreateCustomer {
  readonly name: string;
  readonly phone: string;
  readonly email?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly notes?: string | null | undefined;
}

export interface CreatePayment {
  readonly amount: string | number;
  readonly currency?: 'BDT' | null | undefined;
  readonly invoice_id?: string | null | undefined;
  readonly invoice_number?: string | null | undefined;
  readonly success_url?: string | null | undefined;
  readonly cancel_url?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | readonly [] | null | undefined;
  readonly customer_id?: number | null | undefined;
}

export interface Customer {
  readonly id: number;
  readonly object: 'customer';
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly notes: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Event {
  readonly id: string;
  readonly event:
    | 'payment.created'
    | 'payment.awaiting_verification'
    | 'payment.completed'
    | 'payment.failed'
    | 'payment.expired'
    | 'payment.refunded'
    | 'payment.review_required'
    | 'payment.review_resolved';
  readonly livemode: boolean;
  readonly sequence: number;
  readonly created_at: string;
  readonly data: Payment | null;
  /** True in what was sent to try an endpoint; absent from the feed. */
  readonly test?: boolean | undefined;
  readonly pruned?: true | undefined;
  readonly payment_id?: string | undefined;
}

export interface Payment {
  /** A lower-case ULID. */
  readonly id: string;
  readonly object: 'payment';
  /** What the shop asked for. */
  readonly amount: string;
  /** What the customer has still to send, the charge included. */
  readonly amount_due: string;
  readonly refunded_amount: string;
  readonly gateway_charge: string;
  readonly gateway_charge_type: 'fixed' | 'percent' | null;
  readonly gateway_charge_value: string | null;
  readonly currency: 'BDT';
  readonly livemode: boolean;
  readonly source: 'api' | 'payment_link' | 'panel';
  readonly status:
    'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
  readonly invoice_id: string | null;
  /** The same value as `invoice_id`. */
  readonly invoice_number: string | null;
  readonly customer_id: number | null;
  readonly provider: string | null;
  /** The same value as `provider`. */
  readonly payment_method: string | null;
  readonly customer_trx_id: string | null;
  /** The same value as `customer_trx_id`. */
  readonly trx_id: string | null;
  /** The customer's number. */
  readonly customer_sender_number: string | null;
  /** The same value: the customer's number, never the merchant's wallet. */
  readonly wallet_number: string | null;
  /** The merchant's wallet that was picked at checkout. */
  readonly receiving_wallet_number: string | null;
  readonly received_amount: string | null;
  /** Why a person looks at it. */
  readonly review_reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly failure_reason: 'duplicate_trx_id' | 'rejected_by_admin' | 'cancelled_by_customer' | null;
  readonly success_url: string | null;
  readonly cancel_url: string | null;
  /** Where the customer pays. */
  readonly checkout_url: string;
  readonly expires_at: string;
  readonly verified_at: string | null;
  readonly completed_at: string | null;
  readonly created_at: string;
}

export interface Refund {
  /** Unique in the installation, for ever. */
  readonly id: number;
  readonly amount: string;
  readonly source: 'api' | 'panel';
  readonly created_at: string;
}

export interface RefundPayment {
  readonly amount?: string | number | null | undefined;
}

export interface TestClock {
  readonly object: 'test_clock';
  /** What the clock shows. */
  readonly now: string;
  /** How far it is ahead of real time. */
  readonly advanced_seconds: number;
  /** When it was moved last, in real time. */
  readonly advanced_at: string | null;
}

export interface TestMessage {
  readonly sender: string;
  readonly body: string;
}

export interface UpdateCustomer {
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly notes?: string | null | undefined;
}

export interface ListPayments {
  readonly per_page?: number | undefined;
  readonly page?: number | undefined;
  readonly status?:
    | 'pending'
    | 'awaiting_verification'
    | 'completed'
    | 'failed'
    | 'expired'
    | 'partially_refunded'
    | 'refunded'
    | undefined;
  readonly invoice_id?: string | undefined;
  readonly invoice_number?: string | undefined;
}

export interface ListCustomers {
  readonly per_page?: number | undefined;
  readonly page?: number | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export interface ListEvents {
  readonly after?: string | undefined;
  readonly type?:
    | 'payment.created'
    | 'payment.awaiting_verification'
    | 'payment.completed'
    | 'payment.failed'
    | 'payment.expired'
    | 'payment.refunded'
    | 'payment.review_required'
    | 'payment.review_resolved'
    | undefined;
  readonly limit?: number | undefined;
}
