import { callbackSigner, isUuid, newId, type PaymentEventData, type PaymentSnapshot } from '@paymatch/contracts';
import type { TextSealer } from '@paymatch/platform-secrets';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import { withTrace } from '@paymatch/platform-observability';
import {
  booleanArray,
  byteaArray,
  int4Array,
  textArray,
  timestamptzArray,
  uuidArray,
  type Database,
  type SqlRunner,
} from '@paymatch/platform-postgres';
import { outcomeEvents, patternsOf, webhookEventOf, type WebhookEventName } from '@paymatch/webhook-dispatch-domain';
import { webhookDialects } from '../dialects/dialects.js';
import type { Audience, WebhookDialect } from '../dialects/webhook.dialect.js';
import { ensureSecrets, signersWithSecret } from '../endpoints/signing-secret.store.js';
import { sendingOf, termValues, type LeaseTerms, type Leased, type SendingRow } from './delivery-lease.store.js';

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

export interface Made extends Leased {
  /** How many deliveries are new. */
  readonly madeCount: number;
}

/**
 * Keeps the events of a batch of facts and makes their deliveries; facts that came before make nothing. What can be
 * sent at once is leased to the caller: should it die, the leases end, and another dispatcher sends.
 */
export async function makeDeliveries(
  messages: readonly Message<PaymentEventData>[],
  terms: LeaseTerms,
  options: MakerOptions,
): Promise<Made> {
  const candidates = messages.map(candidateOf).filter((candidate) => candidate !== null);
  if (candidates.length === 0) return { madeCount: 0, deliveries: [], hasMore: false };
  await ensureCallbackSecrets(candidates, options);
  // Made again from the facts after a crash of the database, under the same ids: nobody has to wait for the disk.
  return await insertCandidates(options.database.relaxed, candidates, { terms, publicUrl: options.publicUrl });
}

/**
 * `null`: nobody outside is ever told of that fact. Throws `ContractError` on a message that is no fact of a payment.
 */
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

interface MadeRow extends SendingRow {
  readonly event_id: string;
  readonly is_due: boolean;
  readonly is_leased: boolean;
}

export async function insertCandidates(
  runner: SqlRunner,
  candidates: readonly Candidate[],
  { terms, publicUrl }: { readonly terms: LeaseTerms; readonly publicUrl: string },
): Promise<Made> {
  const kept = candidates.map((candidate) => ({ ...candidate, body: bodyOf(candidate, publicUrl) }));
  const { rows } = await runner.query<MadeRow>({
    name: 'webhook-deliveries-make',
    text: `SELECT * FROM webhook_dispatch.make_deliveries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
      $15, $16, $17, $18,
      $19, $20, $21, $22, $23, $24)`,
    values: [...factValues(kept, terms.nowMs), outcomeEvents, ...termValues(terms)],
  });
  const byEvent = new Map(kept.map((candidate) => [candidate.message.data.eventId, candidate]));
  return {
    madeCount: rows.length,
    hasMore: rows.some(({ is_due: isDue }) => isDue),
    deliveries: rows
      .filter(({ is_leased: isLeased }) => isLeased)
      .map((row) => {
        const { message, payment, event, audience, body } = byEvent.get(row.event_id)!;
        return {
          ...sendingOf(row, audience.kind === 'callback' ? audience.url : null),
          leaseId: terms.leaseId,
          merchantId: payment.merchantId,
          livemode: payment.livemode,
          dialect: payment.dialect,
          paymentId: payment.id,
          event,
          eventId: row.event_id,
          correlationId: message.correlationId,
          traceparent: message.traceparent,
          body,
          attemptsMade: 0,
        };
      }),
  };
}

function bodyOf({ message, event, dialect }: Candidate, publicUrl: string): Buffer {
  return Buffer.from(dialect.render({ event, fact: message.data, occurredAt: message.time, publicUrl }), 'utf8');
}

type KeptCandidate = Candidate & { readonly body: Buffer };

function factValues(candidates: readonly KeptCandidate[], nowMs: number): readonly Buffer[] {
  const column = <T>(valueOf: (candidate: KeptCandidate) => T): readonly T[] => candidates.map(valueOf);
  return [
    uuidArray(column(({ message }) => message.data.eventId)),
    textArray(column(({ payment }) => payment.merchantId)),
    booleanArray(column(({ payment }) => payment.livemode)),
    textArray(column(({ payment }) => payment.dialect)),
    textArray(column(({ event }) => event)),
    textArray(column(({ event }) => patternsOf(event)[1])),
    uuidArray(column(({ payment }) => payment.id)),
    int4Array(column(({ payment }) => payment.version)),
    textArray(column(({ audience }) => (audience.kind === 'callback' ? audience.url : null))),
    textArray(column(({ audience }) => (audience.kind === 'callback' ? audience.receiver : null))),
    textArray(column(({ message }) => withTrace(message.correlationId, message.traceparent))),
    byteaArray(column(({ body }) => body)),
    timestamptzArray(column(({ message }) => message.time)),
    uuidArray(column(() => newId(nowMs))),
  ];
}
