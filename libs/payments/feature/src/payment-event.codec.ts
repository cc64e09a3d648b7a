import { earlyRefundId } from '@paymatch/contracts';
import type { PaymentEvent } from '@paymatch/payments-domain';
import type { StoredEvent } from '@paymatch/platform-event-store';

/**
 * Version with which each event's shape is written today. A changed shape: version + 1, an upcast below, a golden file
 * of the old bytes.
 */
export const eventVersions: Readonly<Record<PaymentEvent['type'], number>> = {
  PaymentCreated: 2,
  TrxSubmitted: 1,
  PaymentCompleted: 1,
  PaymentFailed: 1,
  PaymentExpired: 1,
  ExpiryBroughtForward: 1,
  ReviewRequired: 1,
  MessageMissing: 1,
  ReviewResolved: 1,
  RefundRecorded: 2,
  MoneyReturned: 1,
  PersonalDataErased: 1,
};

type Data = Readonly<Record<string, unknown>>;
type Place = Pick<StoredEvent, 'streamId' | 'streamVersion'>;

/** `{type}.{version}` → the same fact in the next version's shape. Every read path goes through here. */
const upcasts: Readonly<Record<string, (data: Data, stored: Place) => Data>> = {
  'PaymentCreated.1': (data) => ({ ...data, charge: null }),
  'RefundRecorded.1': (data, { streamId, streamVersion }) => ({
    ...data,
    refundId: earlyRefundId({ paymentId: streamId, version: streamVersion, at: data.at as string }),
  }),
};

/** The store holds what no program of ours can read: somebody must look at that stream. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
}

/** A newer program wrote it: an older one must not guess at its facts, and waits until it is replaced. */
export class NewerEventError extends Error {
  override readonly name = 'NewerEventError';
}

/** What is stored as `data`: the event without its type, which is a column. */
export function encodeEvent(event: PaymentEvent): {
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
} {
  const { type, ...data } = event;
  return { type, version: eventVersions[type], data };
}

export function decodeEvent(
  stored: Pick<StoredEvent, 'type' | 'version' | 'data' | 'messageId'> & Place,
): PaymentEvent {
  const current = eventVersions[stored.type as PaymentEvent['type']];
  if (current === undefined || stored.version > current) {
    throw new NewerEventError(
      `event ${stored.messageId} is ${stored.type} version ${stored.version}; this program knows ` +
        `${current === undefined ? 'no such event' : `up to ${current}`}`,
    );
  }
  let data = stored.data as Data;
  for (let version = stored.version; version < current; version += 1) {
    const upcast = upcasts[`${stored.type}.${version}`];
    if (!upcast)
      throw new UnreadableEventError(
        `event ${stored.messageId} is ${stored.type} version ${stored.version}, which no upcast knows`,
      );
    data = upcast(data, stored);
  }
  return { type: stored.type, ...data } as PaymentEvent;
}
