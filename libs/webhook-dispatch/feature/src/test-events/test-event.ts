import {
  dhakaTime,
  examplePayment,
  renderFastaarPayment,
  type PaymentSnapshot,
  type WebhookEventName,
} from '@paymatch/contracts';

/** Nobody's order: what a careless receiver would look up finds nothing. */
const INVOICE = 'WEBHOOK-TEST-EVENT';
const MINUTE_MS = 60_000;

/** How far a payment is at each event. */
const STANDS: Readonly<Record<WebhookEventName, Partial<PaymentSnapshot>>> = {
  'payment.created': { version: 1 },
  'payment.awaiting_verification': { version: 2, status: 'awaiting_verification' },
  'payment.completed': { version: 3, status: 'completed' },
  'payment.failed': { version: 3, status: 'failed', failureReason: 'rejected_by_admin' },
  'payment.expired': { version: 2, status: 'expired' },
  'payment.refunded': { version: 4, status: 'refunded', refundedMinor: 100 },
  'payment.review_required': { version: 3, status: 'awaiting_verification', reviewReason: 'amount_mismatch' },
  'payment.review_resolved': { version: 4, status: 'completed' },
};

export interface TestEvent {
  readonly id: string;
  readonly event: WebhookEventName;
  readonly merchantId: string;
  readonly publicUrl: string;
  readonly nowMs: number;
}

/**
 * The body of a made-up event: of the same shape as a real one, `test` and not live whatever the endpoint's mode, of a
 * payment that never was, over 1.00. A receiver that does not look at any of this finds no order to give away.
 */
export function renderTestEvent({ id, event, merchantId, publicUrl, nowMs }: TestEvent): string {
  const createdAt = new Date(nowMs - MINUTE_MS).toISOString();
  const at = new Date(nowMs).toISOString();
  const isSubmitted = event !== 'payment.created' && event !== 'payment.expired';
  const payment = examplePayment({
    id,
    merchantId,
    livemode: false,
    source: 'panel',
    amountMinor: 100,
    invoiceId: INVOICE,
    metadata: { test_event: 'true' },
    ...(isSubmitted && { provider: 'bkash', trxId: 'TESTEVENT0', senderNumber: '01700000000', trxAttempts: 1 }),
    createdAt,
    expiresAt: event === 'payment.expired' ? at : new Date(nowMs + 29 * MINUTE_MS).toISOString(),
    updatedAt: at,
    ...STANDS[event],
    completedAt: ['completed', 'refunded'].includes(STANDS[event].status ?? '') ? at : null,
  });
  return JSON.stringify({
    id,
    event,
    test: true,
    livemode: false,
    sequence: payment.version,
    created_at: dhakaTime(at),
    data: renderFastaarPayment(payment, publicUrl, nowMs - 1),
  });
}
