import { examplePayment, newId, type PaymentSnapshot } from '@paymatch/contracts';

const AT_MS = Date.parse('2026-06-12T08:00:00.000Z');

/** A wallet payment of contract A that has just been made. */
export function madePayment(merchantId: string, change: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  return examplePayment(
    { id: newId(), merchantId, expiresAt: new Date(AT_MS + 3_600_000).toISOString(), ...change },
    AT_MS,
  );
}
