import { formatMinor, orderedMinor, utcMicroTime, type PaymentSnapshot } from '@paymatch/contracts';
import type { Standing } from '@paymatch/gateway-read-models';
import { PAYMENT_WORDS, TRANSACTION_WORDS } from '../requests/list-request.js';

/** What one unit of BRL costs in BRL, as contract B spells it: no conversion. */
const NO_CONVERSION = '1.00';

/**
 * Where a payment stands by the server's time: past its time it never reads as pending, even if the sweep has not run.
 */
export function standingOf(payment: PaymentSnapshot, nowMs: number): Standing {
  switch (payment.status) {
    case 'pending':
      return nowMs >= Date.parse(payment.expiresAt) ? 'expired' : 'open';
    case 'awaiting_verification':
      return 'open';
    case 'completed':
    case 'partially_refunded':
    case 'refunded':
      return 'settled';
    case 'failed':
      return 'failed';
    case 'expired':
      return 'expired';
  }
}

/**
 * The answer of `POST /payment`: what the payer needs, and beside the contract's fields a page that shows it to them.
 */
export function createdPayment(
  payment: PaymentSnapshot,
  at: { readonly nowMs: number; readonly publicUrl: string },
): Readonly<Record<string, unknown>> {
  return {
    id: payment.id,
    status: PAYMENT_WORDS[standingOf(payment, at.nowMs)],
    payment: { method: payment.method },
    values: {
      total: formatMinor(payment.amountMinor),
      subtotal: formatMinor(orderedMinor(payment)),
      exchange: payment.exchange?.rate ?? NO_CONVERSION,
      fee: Number(formatMinor(payment.charge?.amountMinor ?? 0)),
    },
    ...receiverOf(payment),
    checkout_url: `${at.publicUrl}/pay/${payment.id}`,
  };
}

function receiverOf(payment: PaymentSnapshot): Readonly<Record<string, unknown>> {
  const read = (name: string): string => {
    const value = payment.instructions?.[name];
    if (value === undefined) throw new Error(`payment ${payment.id} of contract B has no instruction "${name}"`);
    return value;
  };
  if (payment.method === 'pix')
    return { pix: { qrcode: read('brCode'), reference: read('brCode'), beneficiary: read('beneficiary') } };
  return {
    bank: {
      name: read('bankName'),
      code: read('bankCode'),
      agency: read('agency'),
      account: read('account'),
      account_operation: read('accountOperation'),
      document: read('document'),
      beneficiary: read('beneficiary'),
    },
  };
}

/** One payment as `GET /payment/{id}` shows it. */
export function paymentAnswer(payment: PaymentSnapshot, nowMs: number): Readonly<Record<string, unknown>> {
  return {
    ...head(payment),
    status: PAYMENT_WORDS[standingOf(payment, nowMs)],
    method: payment.method,
    ...times(payment),
  };
}

/** A row of `GET /payments`: the contract shows `method` and documents `payment_method`, so both are there. */
export function paymentRow(payment: PaymentSnapshot, nowMs: number): Readonly<Record<string, unknown>> {
  return {
    ...head(payment),
    status: PAYMENT_WORDS[standingOf(payment, nowMs)],
    method: payment.method,
    payment_method: payment.method,
    ...times(payment),
  };
}

/** One payment as `GET /transaction/{id}` shows it. */
export function transactionAnswer(payment: PaymentSnapshot, nowMs: number): Readonly<Record<string, unknown>> {
  const standing = standingOf(payment, nowMs);
  return {
    ...head(payment),
    status: TRANSACTION_WORDS[standing],
    type: 'payment',
    method: payment.method,
    payment_status: PAYMENT_WORDS[standing],
    ...times(payment),
  };
}

/** A row of `GET /transactions`. */
export function transactionRow(payment: PaymentSnapshot, nowMs: number): Readonly<Record<string, unknown>> {
  const standing = standingOf(payment, nowMs);
  return {
    ...head(payment),
    status: TRANSACTION_WORDS[standing],
    type: 'payment',
    method: payment.method,
    payment_method: payment.method,
    payment_status: PAYMENT_WORDS[standing],
    ...times(payment),
  };
}

/** Amounts are shown in the currency that was asked for, not the one that is paid. */
function head(payment: PaymentSnapshot): Readonly<Record<string, unknown>> {
  return {
    id: payment.id,
    customer_id: payment.customerId,
    transaction_id: payment.invoiceId,
    amount: formatMinor(payment.exchange?.baseAmountMinor ?? orderedMinor(payment)),
    currency: payment.exchange?.baseCurrency ?? payment.currency,
  };
}

function times(payment: PaymentSnapshot): Readonly<Record<string, unknown>> {
  return { created_at: utcMicroTime(payment.createdAt), updated_at: utcMicroTime(payment.updatedAt) };
}

/** A list's body: rows, and the pagination beside them at the top level. */
export function listAnswer(
  rows: readonly unknown[],
  list: { readonly page: number; readonly perPage: number; readonly total: number },
): Readonly<Record<string, unknown>> {
  const { page, perPage, total } = list;
  return {
    data: rows,
    current_page: page,
    last_page: Math.max(1, Math.ceil(total / perPage)),
    per_page: perPage,
    to: rows.length === 0 ? null : (page - 1) * perPage + rows.length,
    total,
  };
}
