import {
  withoutPersonalData,
  type PaymentEventData,
  type PaymentEventType,
  type PaymentSnapshot,
} from '@paymatch/contracts';
import type { PaymentEvent } from '@paymatch/payments-domain';
import type { StoredEvent } from '@paymatch/platform-event-store';
import { decodeEvent } from './payment-event.codec.js';

const publishedTypes: Readonly<Record<PaymentEvent['type'], PaymentEventType>> = {
  PaymentCreated: 'payments.payment-created',
  TrxSubmitted: 'payments.trx-submitted',
  PaymentCompleted: 'payments.payment-completed',
  PaymentFailed: 'payments.payment-failed',
  PaymentExpired: 'payments.payment-expired',
  ExpiryBroughtForward: 'payments.expiry-brought-forward',
  ReviewRequired: 'payments.review-required',
  MessageMissing: 'payments.review-required',
  ReviewResolved: 'payments.review-resolved',
  RefundRecorded: 'payments.refund-recorded',
  MoneyReturned: 'payments.money-returned',
  PersonalDataErased: 'payments.personal-data-erased',
};

/** The payment as others see it after one more event. `snapshot` is null only before `PaymentCreated`. */
export function evolveSnapshot(
  snapshot: PaymentSnapshot | null,
  event: PaymentEvent,
  place: { readonly id: string; readonly version: number },
): PaymentSnapshot {
  if (event.type === 'PaymentCreated') return createdPayment(event, place);
  if (snapshot === null) throw new Error(`stream ${place.id} begins with ${event.type}, not PaymentCreated`);
  return { ...snapshot, ...changeBy(event, snapshot), version: place.version, updatedAt: event.at };
}

/** What the event changes, besides the payment's version. */
function changeBy(
  event: Exclude<PaymentEvent, { type: 'PaymentCreated' }>,
  snapshot: PaymentSnapshot,
): Partial<PaymentSnapshot> {
  switch (event.type) {
    case 'TrxSubmitted':
      return {
        status: 'awaiting_verification',
        provider: event.provider,
        trxId: event.trxId,
        senderNumber: event.senderNumber,
        walletNumber: event.walletNumber,
        trxAttempts: snapshot.trxAttempts + 1,
      };
    case 'PaymentCompleted':
      return {
        status: 'completed',
        completedAt: event.at,
        creditId: event.creditId,
        receivedMinor: event.receivedMinor,
        provider: event.provider,
        trxId: event.trxId ?? snapshot.trxId,
        senderNumber: event.senderNumber ?? snapshot.senderNumber,
        walletNumber: event.walletNumber ?? snapshot.walletNumber,
        reviewReason: null,
        failureReason: null,
      };
    case 'PaymentFailed':
      return { status: 'failed', failureReason: event.reason };
    case 'PaymentExpired':
      return { status: 'expired' };
    case 'ExpiryBroughtForward':
      return { expiresAt: event.expiresAt };
    case 'MessageMissing':
      return { reviewReason: 'message_missing' };
    case 'ReviewResolved':
      return { reviewReason: event.remainingReason };
    case 'ReviewRequired':
      return { reviewReason: event.reason, receivedMinor: event.receivedMinor };
    // What was paid stays paid: the fact itself says that money went back.
    case 'MoneyReturned':
      return {};
    case 'PersonalDataErased':
      return withoutPersonalData(snapshot, event.pseudonym);
    case 'RefundRecorded': {
      const refundedMinor = snapshot.refundedMinor + event.amountMinor;
      return {
        refundedMinor,
        status: refundedMinor >= snapshot.amountMinor ? 'refunded' : 'partially_refunded',
      };
    }
  }
}

function createdPayment(
  event: Extract<PaymentEvent, { type: 'PaymentCreated' }>,
  place: { readonly id: string; readonly version: number },
): PaymentSnapshot {
  const { type: _type, at, ...facts } = event;
  return {
    id: place.id,
    version: place.version,
    ...facts,
    status: 'pending',
    refundedMinor: 0,
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
    completedAt: null,
    updatedAt: at,
  };
}

/**
 * Folds a stream's events, in order, into the facts as they are published: each with the payment as it stood after it.
 */
export function publishedFacts(events: readonly StoredEvent[]): readonly PaymentEventData[] {
  let payment: PaymentSnapshot | null = null;
  return events.map((stored) => {
    const event = decodeEvent(stored);
    payment = evolveSnapshot(payment, event, { id: stored.streamId, version: stored.streamVersion });
    return publishedFact(event, payment, stored.messageId);
  });
}

/** One published fact. `details` is the event without its type, for consumers that need more than the payment. */
export function publishedFact(event: PaymentEvent, payment: PaymentSnapshot, eventId: string): PaymentEventData {
  const { type, ...details } = event;
  // The creation's facts are all in the payment itself.
  const said = type === 'MessageMissing' ? { ...details, reason: 'message_missing', creditId: null } : details;
  return { type: publishedTypes[type], eventId, details: type === 'PaymentCreated' ? {} : said, payment };
}
