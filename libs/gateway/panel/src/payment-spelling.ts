import { uuidToUlid, type PaymentSnapshot } from '@paymatch/contracts';

/** A payment's id as its merchant's own contract spells it: a ULID in contract A, a UUID in contract B. */
export function spelledIn(dialect: PaymentSnapshot['dialect'] | null, paymentId: string): string {
  return dialect === 'smartfastpay' ? paymentId : uuidToUlid(paymentId);
}

/** Money in BRL comes to payments of contract B only. */
export function dialectOfCurrency(currency: string | undefined): PaymentSnapshot['dialect'] {
  return currency === 'BRL' ? 'smartfastpay' : 'fastaar';
}
