import { uuidToUlid } from './ids.js';
import { formatMinor } from './money.js';
import { dhakaTime } from './times.js';
import { orderedMinor, type PaymentSnapshot, type PaymentStatus } from './payment.contract.js';

/** Contract A's payment object: the answer of `/api/v1/payments` and `data` of a webhook. */
export interface FastaarPayment {
  id: string;
  object: 'payment';
  amount: string;
  amount_due: string;
  refunded_amount: string;
  gateway_charge: string;
  gateway_charge_type: string | null;
  gateway_charge_value: string | null;
  currency: string;
  livemode: boolean;
  source: 'api' | 'payment_link' | 'panel';
  status: PaymentStatus;
  invoice_id: string | null;
  invoice_number: string | null;
  customer_id: number | null;
  provider: string | null;
  payment_method: string | null;
  customer_trx_id: string | null;
  trx_id: string | null;
  customer_sender_number: string | null;
  /** The same value: the customer's number, as the contract's clients read it. */
  wallet_number: string | null;
  /** The merchant's wallet that the customer was shown, or that the money came to. */
  receiving_wallet_number: string | null;
  received_amount: string | null;
  review_reason: string | null;
  metadata: Readonly<Record<string, string>>;
  failure_reason: string | null;
  success_url: string | null;
  cancel_url: string | null;
  checkout_url: string;
  expires_at: string;
  verified_at: string | null;
  completed_at: string | null;
  created_at: string;
}

/**
 * Renders a payment as contract A shows it. `publicUrl` is the gateway's public base without a trailing slash.
 * `nowMs` decides expiry: a payment past its time never reads as pending, even if the sweep has not run.
 */
export function renderFastaarPayment(payment: PaymentSnapshot, publicUrl: string, nowMs: number): FastaarPayment {
  const id = uuidToUlid(payment.id);
  const status = payment.status === 'pending' && nowMs >= Date.parse(payment.expiresAt) ? 'expired' : payment.status;
  const isPaid = status === 'completed' || status === 'partially_refunded' || status === 'refunded';
  const completedAt = payment.completedAt === null ? null : dhakaTime(payment.completedAt);
  // Payments written down before it was kept have none.
  const receivedMinor = payment.receivedMinor ?? null;
  return {
    id,
    object: 'payment',
    amount: formatMinor(orderedMinor(payment)),
    amount_due: formatMinor(isPaid ? 0 : payment.amountMinor),
    refunded_amount: formatMinor(payment.refundedMinor),
    gateway_charge: formatMinor(payment.charge?.amountMinor ?? 0),
    gateway_charge_type: payment.charge?.type ?? null,
    gateway_charge_value: payment.charge?.value ?? null,
    currency: payment.currency,
    livemode: payment.livemode,
    source: payment.source,
    status,
    invoice_id: payment.invoiceId,
    invoice_number: payment.invoiceId,
    customer_id: payment.customerId === null ? null : Number(payment.customerId),
    provider: payment.provider,
    payment_method: payment.provider,
    customer_trx_id: payment.trxId,
    trx_id: payment.trxId,
    customer_sender_number: payment.senderNumber,
    wallet_number: payment.senderNumber,
    receiving_wallet_number: payment.walletNumber,
    received_amount: receivedMinor === null ? null : formatMinor(receivedMinor),
    review_reason: payment.reviewReason,
    metadata: payment.metadata,
    failure_reason: payment.failureReason,
    success_url: payment.successUrl,
    cancel_url: payment.cancelUrl,
    checkout_url: `${publicUrl}/pay/${id}`,
    expires_at: dhakaTime(payment.expiresAt),
    verified_at: completedAt,
    completed_at: completedAt,
    created_at: dhakaTime(payment.createdAt),
  };
}
