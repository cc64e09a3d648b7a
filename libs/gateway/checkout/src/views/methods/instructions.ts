import type { PaymentSnapshot } from '@paymatch/contracts';

/** What a payment says of how to pay it; fixed at its creation, so a missing one is a mistake of ours. */
export function instructionOf(payment: PaymentSnapshot, name: string): string {
  const value = payment.instructions?.[name];
  if (value === undefined) throw new Error(`payment ${payment.id} by ${payment.method} has no instruction "${name}"`);
  return value;
}
