import {
  contractVersion,
  examplePayment,
  newId,
  type PaymentEventData,
  type PaymentEventType,
  type PaymentSnapshot,
} from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';

export const T0 = Date.parse('2026-06-12T08:30:00.000Z');

export function snapshot(change: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  return examplePayment(
    {
      merchantId: 'm1',
      invoiceId: 'ORDER-42',
      metadata: { channel: 'web' },
      ...change,
    },
    T0,
  );
}

export function fact(
  type: PaymentEventType,
  payment: PaymentSnapshot,
  occurredAtMs: number = T0,
): Message<PaymentEventData> {
  const eventId = newId(occurredAtMs);
  return {
    id: eventId,
    type,
    source: 'payments',
    key: payment.id,
    time: new Date(occurredAtMs).toISOString(),
    dataVersion: contractVersion,
    correlationId: `corr-${payment.id}`,
    causationId: null,
    data: { type, eventId, details: {}, payment },
  };
}

/** The facts of a payment that is created, gets its TrxID and completes. */
export function lifeOf(base: PaymentSnapshot): readonly Message<PaymentEventData>[] {
  return [
    fact('payments.payment-created', { ...base, version: 1, status: 'pending' }),
    fact(
      'payments.trx-submitted',
      { ...base, version: 2, status: 'awaiting_verification', trxId: 'AB12CD34EF', provider: 'bkash' },
      T0 + 1_000,
    ),
    fact(
      'payments.payment-completed',
      {
        ...base,
        version: 3,
        status: 'completed',
        trxId: 'AB12CD34EF',
        provider: 'bkash',
        completedAt: new Date(T0 + 2_000).toISOString(),
      },
      T0 + 2_000,
    ),
  ];
}

/** A payment of contract B that is over. */
export function callbackFact(callbackUrl: string, change: Partial<PaymentSnapshot> = {}): Message<PaymentEventData> {
  return fact(
    'payments.payment-completed',
    snapshot({
      dialect: 'smartfastpay',
      method: 'pix',
      currency: 'BRL',
      amountMinor: 155_700,
      status: 'completed',
      version: 2,
      callbackUrl,
      customerId: '58f0c005',
      invoiceId: 'T/1',
      exchange: {
        rate: '5.19',
        baseCurrency: 'USD',
        baseAmountMinor: 30_000,
        source: 'table',
        quotedAt: new Date(T0).toISOString(),
      },
      ...change,
    }),
    T0 + 1_000,
  );
}
