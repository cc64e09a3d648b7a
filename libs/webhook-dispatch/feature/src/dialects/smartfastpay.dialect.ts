import { callbackSigner, formatMinor, orderedMinor, type PaymentSnapshot } from '@paymatch/contracts';
import { isCallbackEvent, smartfastpaySchedule, smartfastpaySignature } from '@paymatch/webhook-dispatch-domain';
import type { WebhookDialect } from './webhook.dialect.js';

/** Contract B, Callback. Its secret is the merchant's for that mode (`GET /webhook/secret`). */
export const smartfastpayDialect: WebhookDialect = {
  schedule: smartfastpaySchedule,
  audienceOf: (payment, event) => {
    if (payment.callbackUrl === null || !isCallbackEvent(event)) return null;
    return {
      kind: 'callback',
      receiver: `${callbackSigner(payment)}:${originOf(payment.callbackUrl)}`,
      url: payment.callbackUrl,
    };
  },
  render: ({ fact: { eventId, payment } }) => JSON.stringify({ requestId: eventId, data: [callbackEntry(payment)] }),
  sign: ({ body, secrets, nowMs }) => ({
    'smartfastpay-signature': smartfastpaySignature(secrets[0], { body, nowMs }),
  }),
};

function callbackEntry(payment: PaymentSnapshot): Record<string, unknown> {
  return {
    id: payment.id,
    customer_id: payment.customerId,
    transaction_id: payment.invoiceId,
    // In the currency the merchant asked for, not the one the payer sends.
    amount: formatMinor(payment.exchange?.baseAmountMinor ?? orderedMinor(payment)),
    ...callbackStatus(payment),
    exchange: payment.exchange?.rate ?? '1.00',
  };
}

/** Contract B, Status: the transaction's word and the payment's word. */
function callbackStatus(payment: PaymentSnapshot): Record<string, string> {
  switch (payment.status) {
    case 'completed':
    case 'partially_refunded':
    case 'refunded':
      return { status: 'paid', type: 'payment', payment_status: 'paid' };
    case 'failed':
      return { status: 'canceled', type: 'payment', payment_status: 'denied' };
    case 'expired':
      return { status: 'canceled', type: 'payment', payment_status: 'expired' };
    case 'pending':
    case 'awaiting_verification':
      throw new Error(
        `a callback of payment ${payment.id} in status ${payment.status}: only finished payments call back`,
      );
  }
}

/** Callbacks of one merchant to one host share a receiver, so that a dead host is probed and paused as one. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'malformed';
}
