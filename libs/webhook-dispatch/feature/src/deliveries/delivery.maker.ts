import {
  callbackSigner,
  endpointSigner,
  isUuid,
  newId,
  type PaymentEventData,
  type PaymentSnapshot,
} from '@paymatch/contracts';
import type { TextSealer } from '@paymatch/platform-secrets';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { isSubscribed, webhookEventOf, type WebhookEventName } from '@paymatch/webhook-dispatch-domain';
import { webhookDialects } from '../dialects/dialects.js';
import type { Audience, WebhookDialect } from '../dialects/webhook.dialect.js';
import { findEndpointsOf, isOpen, lockEndpoints, type EndpointRow } from '../endpoints/endpoint.store.js';
import { ensureSecrets, signersWithSecret } from '../endpoints/signing-secret.store.js';
import { insertEvents, type NewEvent } from '../events/event.store.js';
import { insertDeliveries, type NewDelivery } from './delivery.store.js';

/** A fact that somebody may have to be told of. */
export interface Candidate {
  readonly message: Message<PaymentEventData>;
  readonly payment: PaymentSnapshot;
  readonly event: WebhookEventName;
  readonly dialect: WebhookDialect;
  readonly audience: Audience;
}

export interface MakerOptions {
  readonly database: Database;
  readonly sealer: TextSealer;
  readonly publicUrl: string;
}

/** Keeps the events of a batch of facts and makes their deliveries; facts that came before make nothing. Returns how many deliveries are new. */
export async function makeDeliveries(
  messages: readonly Message<PaymentEventData>[],
  nowMs: number,
  options: MakerOptions,
): Promise<number> {
  const candidates = messages.map(candidateOf).filter((candidate) => candidate !== null);
  if (candidates.length === 0) return 0;
  await ensureCallbackSecrets(candidates, options);
  return await options.database.transaction((tx) =>
    insertCandidates(tx, candidates, { nowMs, publicUrl: options.publicUrl }),
  );
}

/** `null`: nobody outside is ever told of that fact. Throws `ContractError` on a message that is no fact of a payment. */
export function candidateOf(message: Message<PaymentEventData>): Candidate | null {
  const fact = message.data;
  const payment = fact?.payment;
  const dialect = webhookDialects[payment?.dialect];
  if (
    typeof fact?.eventId !== 'string' ||
    !isUuid(fact.eventId) ||
    dialect === undefined ||
    !Number.isInteger(payment.version)
  ) {
    throw new ContractError(`${message.type} ${message.id} carries no event id, or no payment of a known dialect`);
  }
  const event = webhookEventOf(fact.type);
  if (event === null) return null;
  const audience = dialect.audienceOf(payment, event);
  return audience === null ? null : { message, payment, event, dialect, audience };
}

/** The secret exists before anything is signed with it. */
async function ensureCallbackSecrets(
  candidates: readonly Candidate[],
  { database, sealer }: MakerOptions,
): Promise<void> {
  const signers = [
    ...new Set(
      candidates.filter(({ audience }) => audience.kind === 'callback').map(({ payment }) => callbackSigner(payment)),
    ),
  ];
  if (signers.length === 0) return;
  const known = await signersWithSecret(database, signers);
  const missing = signers.filter((signer) => !known.has(signer));
  if (missing.length > 0) await ensureSecrets(database, missing, { sealer });
}

/** The endpoints are read under a lock: one that is set or closed at this moment must not miss these deliveries. */
export async function insertCandidates(
  tx: Tx,
  candidates: readonly Candidate[],
  context: { readonly nowMs: number; readonly publicUrl: string },
): Promise<number> {
  const { nowMs, publicUrl } = context;
  const events = candidates.map((candidate) => newEvent(candidate, publicUrl));
  const freshIds = await insertEvents(tx, events, nowMs);
  const fresh = candidates.filter(({ message }) => freshIds.has(message.data.eventId));
  if (fresh.length === 0) return 0;
  const endpoints = await endpointsFor(tx, fresh);
  // The same fact twice in one batch is one.
  const once = new Map(fresh.map((candidate) => [candidate.message.data.eventId, candidate]));
  const deliveries = [...once.values()].flatMap((candidate) => deliveriesOf(candidate, { endpoints, nowMs }));
  return deliveries.length === 0 ? 0 : await insertDeliveries(tx, deliveries, nowMs);
}

async function endpointsFor(tx: Tx, candidates: readonly Candidate[]): Promise<readonly EndpointRow[]> {
  const owners = new Map(
    candidates
      .filter(({ audience }) => audience.kind === 'endpoints')
      .map(({ payment: { merchantId, livemode } }) => [`${merchantId}:${livemode}`, { merchantId, livemode }]),
  );
  if (owners.size === 0) return [];
  const found = await findEndpointsOf(tx, [...owners.values()]);
  if (found.length === 0) return [];
  return [
    ...(
      await lockEndpoints(
        tx,
        found.map(({ id }) => id),
        'SHARE',
      )
    ).values(),
  ];
}

function newEvent({ message, payment, event, dialect, audience }: Candidate, publicUrl: string): NewEvent {
  return {
    id: message.data.eventId,
    merchantId: payment.merchantId,
    livemode: payment.livemode,
    dialect: payment.dialect,
    event,
    paymentId: payment.id,
    sequence: payment.version,
    callbackUrl: audience.kind === 'callback' ? audience.url : null,
    correlationId: message.correlationId,
    body: dialect.render({ event, fact: message.data, occurredAt: message.time, publicUrl }),
    occurredAt: message.time,
  };
}

function deliveriesOf(
  { message, payment, event, audience }: Candidate,
  context: { readonly endpoints: readonly EndpointRow[]; readonly nowMs: number },
): readonly NewDelivery[] {
  const { merchantId, livemode } = payment;
  const common = {
    merchantId,
    livemode,
    paymentId: payment.id,
    event,
    eventId: message.data.eventId,
    sequence: payment.version,
  };
  if (audience.kind === 'callback')
    return [{ ...common, id: message.data.eventId, endpointId: null, receiver: audience.receiver, isHeld: false }];
  return context.endpoints
    .filter(
      (endpoint) =>
        endpoint.merchant_id === merchantId &&
        endpoint.livemode === livemode &&
        endpoint.status !== 'removed' &&
        isSubscribed(endpoint, event),
    )
    .map((endpoint) => ({
      ...common,
      id: newId(context.nowMs),
      endpointId: endpoint.id,
      receiver: endpointSigner(endpoint.id),
      isHeld: !isOpen(endpoint),
    }));
}
