import type { PaymentSnapshot } from '@paymatch/contracts';

export interface PageOpening {
  readonly firstOpenedAt: string;
  /** Up to a thousand; more are not counted. */
  readonly count: number;
}

/** When customers opened the page of their payment. Injected under `PAGE_OPENINGS`. */
export interface PageOpenings {
  /** Waits for nothing: it is written a moment later, with others'. */
  note(payment: Pick<PaymentSnapshot, 'id' | 'merchantId' | 'livemode'>, atMs: number): void;
  find(
    key: Pick<PaymentSnapshot, 'merchantId' | 'livemode'> & { readonly paymentId: string },
  ): Promise<PageOpening | null>;
}

export const PAGE_OPENINGS = Symbol('PageOpenings');
