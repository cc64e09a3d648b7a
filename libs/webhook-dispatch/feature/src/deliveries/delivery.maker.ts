import { newId, type PaymentEventData, type PaymentSnapshot } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { isSubscribed, webhookEventOf, type WebhookEventName } from '@paymatch/webhook-dispatch-domain';
import { webhookDialects } from '../dialects/dialects.js';
import type { Receiver, WebhookDialect } from '../dialects/webhook.dialect.js';
import {
  ensureEndpoints,
  findEndpoints,
  isOpen,
  lockEndpoints,
  type EndpointRow,
} from '../endpoints/endpoint.store.js';
import { insertDeliveries, type NewDelivery } from './delivery.store.js';

/** A fact that somebody may have to be told of. */
export interface Candidate {
  readonly message: Message<PaymentEventData>;
  readonly payment: PaymentSnapshot;
  readonly event: WebhookEventName;
  readonly dialect: WebhookDialect;
  readonly receiver: Receiver;
}

export interface MakerOptions {
  readonly database: Database;
  readonly publicUrl: string;
}

/**
 * Makes the deliveries of a batch of facts; facts that came before make none. Returns how many are new.
 * Most batches hold nothing that anybody asked for: those cost one query for all their merchants, and no transaction.
 */
export async function makeDeliveries(
  messages: readonly Message<PaymentEventData>[],
  nowMs: number,
  options: MakerOptions,
): Promise<number> {
  const candidates = messages.map(candidateOf).filter((candidate) => candidate !== null);
  if (candidates.length === 0) return 0;
  const endpoints = await findEndpoints(options.database, merchantsOf(candidates));
  const wanted = candidates.filter((candidate) => isWanted(candidate, endpoints));
  if (wanted.length === 0) return 0;
  const withoutSecret = merchantsOf(wanted).filter((merchantId) => !endpoints.has(merchantId));
  if (withoutSecret.length > 0) await ensureEndpoints(options.database, withoutSecret, nowMs);
  return await options.database.transaction((tx) => insertWanted(tx, wanted, { nowMs, publicUrl: options.publicUrl }));
}

/** `null`: nobody outside is ever told of that fact. Throws `ContractError` on a message that is no fact of a payment. */
export function candidateOf(message: Message<PaymentEventData>): Candidate | null {
  const fact = message.data;
  const payment = fact?.payment;
  const dialect = webhookDialects[payment?.dialect];
  if (typeof fact?.eventId !== 'string' || dialect === undefined || !Number.isInteger(payment.version)) {
    throw new ContractError(`${message.type} ${message.id} carries no event id, or no payment of a known dialect`);
  }
  const event = webhookEventOf(fact.type);
  if (event === null) return null;
  const receiver = dialect.receiverOf(payment, event);
  return receiver === null ? null : { message, payment, event, dialect, receiver };
}

function isWanted({ receiver, payment, event }: Candidate, endpoints: ReadonlyMap<string, EndpointRow>): boolean {
  return receiver.kind === 'callback' || isSubscribed(endpoints.get(payment.merchantId), event);
}

/** The endpoints are read again under a lock: one that is set or closed at this moment must not miss these deliveries. */
export async function insertWanted(
  tx: Tx,
  candidates: readonly Candidate[],
  context: { readonly nowMs: number; readonly publicUrl: string },
): Promise<number> {
  const endpoints = await lockEndpoints(tx, merchantsOf(candidates), 'SHARE');
  const deliveries = candidates
    .filter((candidate) => isWanted(candidate, endpoints))
    .map((candidate): NewDelivery => {
      const { message, payment, event, receiver, dialect } = candidate;
      const id = newId(context.nowMs);
      return {
        id,
        merchantId: payment.merchantId,
        dialect: payment.dialect,
        receiver: receiver.id,
        callbackUrl: receiver.kind === 'callback' ? receiver.url : null,
        paymentId: payment.id,
        event,
        eventId: message.data.eventId,
        sequence: payment.version,
        correlationId: message.correlationId,
        body: dialect.render({
          deliveryId: id,
          event,
          fact: message.data,
          occurredAt: message.time,
          publicUrl: context.publicUrl,
        }),
        isHeld: receiver.kind === 'endpoint' && !isOpen(endpoints.get(payment.merchantId)),
      };
    });
  return deliveries.length === 0 ? 0 : await insertDeliveries(tx, deliveries, context.nowMs);
}

function merchantsOf(candidates: readonly Candidate[]): readonly string[] {
  return [...new Set(candidates.map(({ payment }) => payment.merchantId))];
}
