import {
  formatMinor,
  type CreditView,
  type PaymentEventData,
  type ReviewCase,
  type StoredMessage,
  type CreditsAndCases,
  type WebhookDeliveryView,
} from '@paymatch/contracts';
import type { PageOpening } from '@paymatch/gateway-read-models';

export const timelineKinds = ['payment', 'message', 'case', 'webhook'] as const;

/** One thing that happened: a code and what belongs to it, for the reader's own language to say. */
export interface TimelineEntry {
  readonly id: string;
  readonly at: string;
  readonly kind: (typeof timelineKinds)[number];
  readonly code: string;
  readonly params: Readonly<Record<string, string | null>>;
  /** Of a fact of the payment: what `as-of` shows it at. */
  readonly version: number | null;
  readonly message: StoredMessage | null;
}

const RANK: Readonly<Record<TimelineEntry['kind'], number>> = { message: 0, case: 1, payment: 2, webhook: 3 };

/** All that is known of a payment in the order of time; of one moment what caused comes before what came of it. */
export function timelineOf(known: {
  readonly facts: readonly PaymentEventData[];
  readonly opening: PageOpening | null;
  readonly creditsAndCases: CreditsAndCases;
  readonly deliveries: readonly WebhookDeliveryView[];
}): readonly TimelineEntry[] {
  const entries = [
    ...known.facts.map(ofFact),
    ...(known.opening === null ? [] : [ofOpening(known.opening, known.facts[0]?.payment.id ?? '')]),
    ...known.creditsAndCases.credits.flatMap(({ credit, messages }) =>
      messages.map((message) => ofMessage(message, credit)),
    ),
    ...known.creditsAndCases.cases.flatMap(ofCase),
    ...known.deliveries.flatMap(ofDelivery),
  ];
  return entries.sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || RANK[a.kind] - RANK[b.kind] || (a.version ?? 0) - (b.version ?? 0),
  );
}

const text = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
const money = (value: unknown): string | null => (typeof value === 'number' ? formatMinor(value) : null);

function ofFact({ type, eventId, details, payment }: PaymentEventData): TimelineEntry {
  return {
    id: eventId,
    at: text(details['at']) ?? payment.updatedAt,
    kind: 'payment',
    code: type.slice('payments.'.length).replaceAll('-', '_'),
    params: { status: payment.status, currency: payment.currency, ...factParams({ type, details, payment }) },
    version: payment.version,
    message: null,
  };
}

function ofOpening({ firstOpenedAt, count }: PageOpening, paymentId: string): TimelineEntry {
  return {
    id: `${paymentId}:page`,
    at: firstOpenedAt,
    kind: 'payment',
    code: 'page_opened',
    params: { count: String(count) },
    version: null,
    message: null,
  };
}

function factParams({
  type,
  details,
  payment,
}: Pick<PaymentEventData, 'type' | 'details' | 'payment'>): TimelineEntry['params'] {
  switch (type) {
    case 'payments.payment-created':
      return {
        amount: formatMinor(payment.amountMinor),
        source: payment.source,
        method: payment.method,
        invoice_id: payment.invoiceId,
        expires_at: payment.expiresAt,
      };
    case 'payments.trx-submitted':
      return {
        provider: payment.provider,
        trx_id: payment.trxId,
        sender_number: payment.senderNumber,
        wallet_number: payment.walletNumber,
        attempt: String(payment.trxAttempts),
      };
    case 'payments.payment-completed':
      return {
        received_amount: money(details['receivedMinor']),
        provider: payment.provider,
        trx_id: payment.trxId,
        sender_number: payment.senderNumber,
        credit_id: payment.creditId,
        matched_by: matchedBy(details),
        decided_by: text(details['decidedBy']),
      };
    case 'payments.payment-failed':
      return {
        reason: payment.failureReason,
        decided_by: text(details['decidedBy']),
        note: text(details['note']),
      };
    case 'payments.payment-expired':
    case 'payments.expiry-brought-forward':
      return { expires_at: payment.expiresAt };
    case 'payments.review-required':
      return {
        reason: text(details['reason']),
        credit_id: text(details['creditId']),
        trx_id: text(details['trxId']),
        expected_amount: money(details['expectedMinor']),
        received_amount: money(details['receivedMinor']),
      };
    case 'payments.review-resolved':
      return {
        resolution: text(details['resolution']),
        remaining_reason: text(details['remainingReason']),
        credit_id: text(details['creditId']),
        decided_by: text(details['decidedBy']),
      };
    case 'payments.refund-recorded':
      return {
        amount: money(details['amountMinor']),
        source: text(details['source']),
        refund_id: text(details['refundId']),
        note: text(details['note']),
        refunded_amount: formatMinor(payment.refundedMinor),
      };
    case 'payments.money-returned':
      return { amount: money(details['amountMinor']), reason: text(details['reason']) };
    case 'payments.personal-data-erased':
      return {};
  }
}

/** Why this money is this payment's: a person said so, or what the customer and the money have in common. */
function matchedBy(details: PaymentEventData['details']): string {
  if (text(details['decidedBy']) !== null) return 'person';
  const claimKey = text(details['claimKey']) ?? '';
  if (claimKey.startsWith('trx:')) return 'transaction_id';
  if (claimKey.startsWith('pix:')) return 'pix';
  if (claimKey.startsWith('bank:')) return 'bank_transfer';
  return claimKey.startsWith('simulated:') ? 'simulation' : 'amount_and_sender';
}

function ofMessage(message: StoredMessage, credit: CreditView): TimelineEntry {
  return {
    id: message.rawId,
    at: message.arrivedAt,
    kind: 'message',
    code: 'message_arrived',
    params: {
      credit_id: credit.creditId,
      provider: credit.provider,
      trx_id: credit.trxId,
      amount: formatMinor(credit.amountMinor),
      currency: credit.currency,
      sender_number: credit.senderNumber,
      credit_status: credit.status,
      device_id: message.deviceId,
    },
    version: null,
    message,
  };
}

function ofCase(found: ReviewCase): readonly TimelineEntry[] {
  return found.history.map(({ at, actor, action, note }, index) => ({
    id: `${found.id}:${index}`,
    at,
    kind: 'case',
    code: `case_${action}`,
    params: { case_id: found.id, reason: found.reason, actor, note, resolution: found.resolution ?? null },
    version: null,
    message: null,
  }));
}

/** Each attempt; and what became of a delivery that is over without one that was taken. */
function ofDelivery(delivery: WebhookDeliveryView): readonly TimelineEntry[] {
  const about = { delivery_id: delivery.id, endpoint_id: delivery.endpointId, event: delivery.event };
  const last = delivery.attempts.length - 1;
  const attempts = delivery.attempts.map(({ at, httpStatus, error, durationMs }, index): TimelineEntry => ({
    id: `${delivery.id}:${index}`,
    at,
    kind: 'webhook',
    code:
      index < last || delivery.status !== 'delivered'
        ? index === last && delivery.status === 'given_up'
          ? 'webhook_given_up'
          : 'webhook_failed'
        : 'webhook_delivered',
    params: {
      ...about,
      attempt: String(index + 1),
      http_status: text(httpStatus),
      error,
      duration_ms: String(durationMs),
      next_attempt_at: index === last ? delivery.nextAttemptAt : null,
    },
    version: null,
    message: null,
  }));
  if (attempts.length > 0) return attempts;
  return [
    {
      id: delivery.id,
      at: delivery.createdAt,
      kind: 'webhook',
      code: `webhook_${delivery.status}`,
      params: { ...about, next_attempt_at: delivery.nextAttemptAt },
      version: null,
      message: null,
    },
  ];
}
