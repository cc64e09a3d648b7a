import { examplePayment, type PaymentSnapshot } from '@paymatch/contracts';

const MERCHANTS = 20;
export const YEAR_MS = 365 * 86_400_000;
export const BEGIN_MS = Date.UTC(2026, 0, 1);

/** Ids that lie in the order of time over a year, as payments' do: the time first, then the number itself. */
function idOf(kind: string, index: number, count: number): string {
  const ms = (BEGIN_MS + Math.floor((YEAR_MS * index) / count)).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${kind}-8000-${index.toString(16).padStart(12, '0')}`;
}

export function merchantIdOf(merchant: number): string {
  return `0198a3c2-0000-7000-8000-${merchant.toString(16).padStart(12, '0')}`;
}

/** Twenty merchants, the first of whom has half of everything. */
function merchantOf(index: number): string {
  return merchantIdOf(index % 2 === 0 ? 0 : 1 + ((index >> 1) % (MERCHANTS - 1)));
}

/**
 * Of a hundred payments: 70 completed, 26 expired, 4 refunded; and the newest thousandth pending, as the sweep of
 * expiry leaves them.
 */
function statusOf(index: number, count: number): PaymentSnapshot['status'] {
  if (index >= count * 0.999) return 'pending';
  const share = (index * 37) % 100;
  return share < 70 ? 'completed' : share < 96 ? 'expired' : 'refunded';
}

/** Payments of one year, in the order of their ids, each made where it is needed. */
export function* manyPayments(count: number, from = 0, to = count): Generator<PaymentSnapshot> {
  for (let index = from; index < to; index += 1) {
    const at = new Date(BEGIN_MS + Math.floor((YEAR_MS * index) / count)).toISOString();
    const status = statusOf(index, count);
    yield examplePayment(
      {
        id: idOf('000', index, count),
        merchantId: merchantOf(index),
        version: status === 'pending' ? 1 : 3,
        status,
        refundedMinor: status === 'refunded' ? 50_000 : 0,
        invoiceId: `INV-${index}`,
        metadata: { channel: 'web' },
        successUrl: 'https://shop.example.com/thanks',
        provider: status === 'pending' ? null : 'bkash',
        trxId: status === 'pending' ? null : `T${index.toString(36).padStart(9, '0').toUpperCase()}`,
        senderNumber: '01712345678',
        walletNumber: '01900000001',
        receivedMinor: status === 'completed' ? 50_000 : null,
        trxAttempts: 1,
        expiresAt: status === 'pending' ? new Date(BEGIN_MS + 2 * YEAR_MS).toISOString() : at,
        completedAt: status === 'completed' ? at : null,
      },
      Date.parse(at),
    );
  }
}

/** Writes payments created, claimed and completed, three events each, as the service stores them. */
export function paymentEventsSql(payments: number): string {
  const at = '2026-06-12T08:30:00.000Z';
  const created = {
    at,
    merchantId: merchantIdOf(0),
    livemode: true,
    dialect: 'fastaar',
    source: 'api',
    method: 'wallet',
    amountMinor: 50_000,
    currency: 'BDT',
    invoiceId: 'ORDER-42',
    customerId: null,
    metadata: { channel: 'web' },
    successUrl: 'https://shop.example.com/thanks',
    cancelUrl: null,
    callbackUrl: null,
    payer: null,
    exchange: null,
    charge: null,
    instructions: null,
    expiresAt: '2026-06-12T09:00:00.000Z',
  };
  const submitted = {
    at,
    provider: 'bkash',
    trxId: 'DFC7XOID8Q',
    senderNumber: '01712345678',
    walletNumber: '01900000001',
  };
  const completed = { ...submitted, creditId: 'c0', receivedMinor: 50_000, source: 'sms' };
  const events = [
    { type: 'PaymentCreated', version: 2, data: created },
    { type: 'TrxSubmitted', version: 1, data: submitted },
    { type: 'PaymentCompleted', version: 1, data: completed },
  ];
  const rows = events.map(
    ({ type, version, data }, index) => `(${index + 1}, '${type}', ${version}, '${JSON.stringify(data)}'::json)`,
  );
  return `
    INSERT INTO payments.events (message_id, merchant_id, livemode, stream_id, stream_version, type, version, data,
      occurred_at, command_id, command_index, correlation_id)
    SELECT gen_random_uuid(), '${merchantIdOf(0)}', true, stream_id, e.stream_version, e.type, e.version, e.data,
      '${at}', gen_random_uuid()::text, 0, 'bench'
      FROM (SELECT n, (lpad(to_hex(1781253000000 + n), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid
        AS stream_id
              FROM generate_series(1, ${payments}) AS n) AS streams
     CROSS JOIN (VALUES ${rows.join(', ')})
             AS e(stream_version, type, version, data)
     ORDER BY n, e.stream_version`;
}
