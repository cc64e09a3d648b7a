import type { PaymentSnapshot } from '@paymatch/contracts';
import type { PaymentRefund } from './read-models.ports.js';

/** A place in the list: behind this refund. */
export interface RefundPlace {
  readonly createdAt: string;
  readonly paymentId: string;
  readonly version: number;
}

export interface RefundQuery {
  readonly merchantId: string;
  readonly livemode: boolean;
  /** ISO 8601: from, and before. */
  readonly from: string | null;
  readonly to: string | null;
  readonly after: RefundPlace | null;
  readonly limit: number;
}

export interface RefundPage {
  /** Newest first, each with its payment as it is now. */
  readonly refunds: readonly (PaymentRefund & { readonly payment: PaymentSnapshot })[];
  readonly next: RefundPlace | null;
}

/** Injected under `REFUND_BOOK`. */
export interface RefundBook {
  list(query: RefundQuery): Promise<RefundPage>;
}

export const REFUND_BOOK = Symbol('RefundBook');
