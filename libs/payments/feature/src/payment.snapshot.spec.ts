import type { StoredEvent } from '@paymatch/platform-event-store';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeEvent, NewerEventError } from './payment-event.codec.js';
import { publishedFacts } from './payment.snapshot.js';

/** Bytes as the first release wrote them: whatever changes, these must be read for ever. */
const golden = JSON.parse(readFileSync(path.join(__dirname, 'payment-events.v1.golden.json'), 'utf8')) as StoredEvent[];

describe('stored events of the first release', () => {
  it('still fold into the payment they told of', () => {
    const facts = publishedFacts(golden);
    expect(facts.map((fact) => [fact.type, fact.payment.status, fact.payment.version])).toEqual([
      ['payments.payment-created', 'pending', 1],
      ['payments.trx-submitted', 'awaiting_verification', 2],
      ['payments.review-required', 'awaiting_verification', 3],
      ['payments.payment-completed', 'completed', 4],
      ['payments.refund-recorded', 'partially_refunded', 5],
      ['payments.refund-recorded', 'refunded', 6],
    ]);
    // Recorded before refunds were numbered: each has a number all the same, and always the same one.
    expect(facts.slice(4).map((fact) => fact.details.refundId)).toEqual([7_296_017_203_200_006, 7_296_018_432_000_007]);
    expect(facts[2]!.payment).toMatchObject({ reviewReason: 'amount_mismatch', receivedMinor: 49_999 });
    expect(facts[3]!.payment).toMatchObject({
      creditId: 'c1',
      trxId: 'DFC7XOID8Q',
      senderNumber: '01712345678',
      completedAt: '2026-06-12T08:40:00.000Z',
      reviewReason: null,
      receivedMinor: 50_000,
    });
    expect(facts[0]!.payment).toMatchObject({
      invoiceId: 'ORDER-42',
      amountMinor: 50_000,
      currency: 'BDT',
      metadata: { channel: 'web' },
      trxAttempts: 0,
      completedAt: null,
    });
  });

  it('keeps each fact with the payment as it stood then, not as it stands now', () => {
    const [first] = publishedFacts(golden);
    expect(first!.payment.status).toBe('pending');
    expect(first!.eventId).toBe(golden[0]!.messageId);
  });
});

describe('a stored return of money', () => {
  it('is told with the payment, which stays paid', () => {
    const stored = JSON.parse(
      readFileSync(path.join(__dirname, 'money-returned.v1.golden.json'), 'utf8'),
    ) as StoredEvent[];
    const fact = publishedFacts(stored).at(-1)!;
    expect([
      fact.type,
      fact.payment.status,
      fact.payment.version,
      fact.payment.refundedMinor,
      fact.payment.updatedAt,
    ]).toEqual(['payments.money-returned', 'completed', 3, 0, '2026-06-12T09:00:00.000Z']);
    expect(fact.details).toEqual({
      at: '2026-06-12T09:00:00.000Z',
      creditId: 'c1',
      returnId: 'D12345678202606121200abcdefghijk',
      amountMinor: 50_000,
      reason: 'Fraude',
    });
  });
});

describe('an event this program does not know', () => {
  it.each([
    { type: 'PaymentTeleported', version: 1 },
    { type: 'PaymentCreated', version: 99 },
  ])('is left to the newer program that wrote it, and not guessed at: $type v$version', ({ type, version }) => {
    expect(() => decodeEvent({ type, version, data: {}, messageId: 'e1', streamId: 'p1', streamVersion: 1 })).toThrow(
      NewerEventError,
    );
  });
});
