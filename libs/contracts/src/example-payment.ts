import { newId } from './ids.js';
import type { PaymentSnapshot } from './payment.contract.js';

const OPEN_MS = 30 * 60_000;

/**
 * A payment of contract A over 500 taka as it is once it was made at `atMs` (milliseconds since 1970), open for half an
 * hour; `change` makes it another. What a test event of a webhook tells, and what tests begin with.
 */
export function examplePayment(change: Partial<PaymentSnapshot> = {}, atMs: number = Date.now()): PaymentSnapshot {
  const at = new Date(atMs).toISOString();
  return {
    id: idAt(atMs),
    merchantId: newId(),
    livemode: true,
    version: 1,
    dialect: 'fastaar',
    source: 'api',
    method: 'wallet',
    status: 'pending',
    amountMinor: 50_000,
    refundedMinor: 0,
    currency: 'BDT',
    invoiceId: null,
    customerId: null,
    metadata: {},
    successUrl: null,
    cancelUrl: null,
    callbackUrl: null,
    payer: null,
    exchange: null,
    charge: null,
    instructions: null,
    provider: null,
    trxId: null,
    senderNumber: null,
    walletNumber: null,
    failureReason: null,
    reviewReason: null,
    receivedMinor: null,
    creditId: null,
    trxAttempts: 0,
    createdAt: at,
    expiresAt: new Date(atMs + OPEN_MS).toISOString(),
    completedAt: null,
    updatedAt: at,
    ...change,
  };
}

/** Of that time, also where later ones were made before. */
function idAt(atMs: number): string {
  const hex = atMs.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-${newId().slice(14)}`;
}
