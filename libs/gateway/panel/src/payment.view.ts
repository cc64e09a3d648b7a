import { formatMinor, type PaymentSnapshot, type ReviewCase } from '@paymatch/contracts';
import { spelledIn } from './payment-spelling.js';
import type { AskedPhone } from './review-case.view.js';

const orNull = (minor: number | null | undefined): string | null =>
  minor === null || minor === undefined ? null : formatMinor(minor);

/** A payment of either contract, as lists show it. */
export function renderListedPayment(payment: PaymentSnapshot): object {
  return {
    id: spelledIn(payment.dialect, payment.id),
    livemode: payment.livemode,
    version: payment.version,
    contract: payment.dialect,
    source: payment.source,
    method: payment.method,
    status: payment.status,
    amount: formatMinor(payment.amountMinor),
    refunded_amount: formatMinor(payment.refundedMinor),
    received_amount: orNull(payment.receivedMinor),
    currency: payment.currency,
    invoice_id: payment.invoiceId,
    customer_id: payment.customerId,
    provider: payment.provider,
    trx_id: payment.trxId,
    sender_number: payment.senderNumber,
    wallet_number: payment.walletNumber,
    failure_reason: payment.failureReason,
    review_reason: payment.reviewReason,
    created_at: payment.createdAt,
    expires_at: payment.expiresAt,
    completed_at: payment.completedAt,
    updated_at: payment.updatedAt,
  };
}

/** All of it. */
export function renderWholePayment(payment: PaymentSnapshot, publicUrl: string): object {
  const { payer, exchange, charge = null } = payment;
  return {
    ...renderListedPayment(payment),
    metadata: payment.metadata,
    success_url: payment.successUrl,
    cancel_url: payment.cancelUrl,
    callback_url: payment.callbackUrl,
    checkout_url: `${publicUrl}/pay/${spelledIn(payment.dialect, payment.id)}`,
    payer:
      payer === null
        ? null
        : { name: payer.name, email: payer.email, document: payer.document, document_type: payer.documentType },
    exchange:
      exchange === null
        ? null
        : {
            rate: exchange.rate,
            base_currency: exchange.baseCurrency,
            base_amount: formatMinor(exchange.baseAmountMinor),
            source: exchange.source,
            quoted_at: exchange.quotedAt,
          },
    charge:
      charge === null ? null : { type: charge.type, value: charge.value, amount: formatMinor(charge.amountMinor) },
    credit_id: payment.creditId,
    trx_attempts: payment.trxAttempts,
  };
}

/** What a payment waits for, in a word and what belongs to it; `null`: nothing. */
export function renderMissing(
  payment: PaymentSnapshot,
  known: { readonly phones: readonly AskedPhone[]; readonly openCase: ReviewCase | null },
): object | null {
  const { phones, openCase } = known;
  const code = missingCode(payment, known);
  if (code === null) return null;
  return {
    code,
    since: openCase?.openedAt ?? payment.updatedAt,
    until: payment.status === 'pending' ? payment.expiresAt : null,
    reason: openCase?.reason ?? null,
    case_id: openCase?.id ?? null,
    phones: phones.map(({ id, name, lastHeardAt }) => ({ id, name, last_heard_at: lastHeardAt })),
  };
}

export const missingCodes = ['decision', 'transaction_id', 'transfer', 'message', 'phone'] as const;
type MissingCode = (typeof missingCodes)[number];

function missingCode(
  payment: PaymentSnapshot,
  { phones, openCase }: { readonly phones: readonly AskedPhone[]; readonly openCase: ReviewCase | null },
): MissingCode | null {
  if (openCase !== null && openCase.reason !== 'message_missing') return 'decision';
  if (payment.status === 'awaiting_verification') return phones.length === 0 ? 'phone' : 'message';
  if (payment.status !== 'pending') return openCase === null ? null : 'decision';
  return payment.method === 'wallet' ? 'transaction_id' : 'transfer';
}
