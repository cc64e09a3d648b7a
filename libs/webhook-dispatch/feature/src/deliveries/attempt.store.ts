import type { Message } from '@paymatch/platform-messaging';
import type { Tx } from '@paymatch/platform-postgres';
import { decideDelivery, judgeAttempt, type AttemptOutcome } from '@paymatch/webhook-dispatch-domain';
import { recordAlarms } from '../alarms/attempt-alarms.js';
import { webhookDialects } from '../dialects/dialects.js';
import { disableEndpoint, isOpen, lockEndpoints } from '../endpoints/endpoint.store.js';
import { finishDelivered } from './delivered.store.js';
import { holdDeliveries, releaseHeads, supersedeFailed, type Line } from './delivery.store.js';
import { recordHealth } from './receiver-health.store.js';
import type { FinishedAttempt, RecordedAttempt } from './recorded-attempt.js';
import { webhookEventsTopic, webhookFact } from './webhook.facts.js';

export interface FactOutbox {
  append(tx: Tx, topic: string, messages: readonly Message[]): Promise<void>;
}

export interface Recorded {
  readonly attempts: readonly RecordedAttempt[];
  /** How many facts wait in the outbox. */
  readonly factCount: number;
}

/**
 * Writes down a batch of attempts and everything that follows from them in one transaction: the attempts, each
 * delivery's next state, disabled endpoints, receivers' health, the next delivery of each finished payment, and the
 * facts for others. Locks are taken in one order everywhere: endpoints, deliveries by (payment, sequence), receivers.
 */
export async function recordAttempts(
  tx: Tx,
  attempts: readonly FinishedAttempt[],
  context: { readonly outbox: FactOutbox; readonly nowMs: number },
): Promise<Recorded> {
  const { nowMs, outbox } = context;
  const judged = attempts.map((attempt) => ({ attempt, outcome: judgeAttempt(attempt.result, nowMs) }));
  const disabled = await disableGoneEndpoints(tx, judged, nowMs);
  const endpoints = await lockEndpoints(tx, endpointIdsOf(attempts), 'SHARE');
  const held = await heldLeases(tx, attempts);
  const recorded = judged.map(({ attempt, outcome }): RecordedAttempt => {
    const { delivery } = attempt;
    const receiver =
      delivery.endpointId === null ? 'callback' : isOpen(endpoints.get(delivery.endpointId)) ? 'active' : 'closed';
    // "Gone" from an address that the merchant has replaced meanwhile says nothing about the new one.
    const applicable: AttemptOutcome =
      outcome.kind === 'gone' && receiver === 'active'
        ? { kind: 'failed', slowDown: false, retryAfterMs: null }
        : outcome;
    const decision =
      held.get(delivery.id) !== delivery.leaseId
        ? null
        : decideDelivery({
            outcome: applicable,
            receiver,
            schedule: webhookDialects[delivery.dialect].schedule,
            attemptsMade: delivery.attemptsMade + 1,
            jitter: attempt.jitter,
            nowMs,
          });
    return { attempt, outcome, decision, disabledEndpoint: disabled.has(attempt) };
  });
  await writeDown(tx, recorded, nowMs);
  if (disabled.size > 0) await holdDeliveries(tx, endpointIdsOf([...disabled]));
  await recordHealth(
    tx,
    judged.map(({ attempt, outcome }) => ({ receiver: attempt.delivery.receiver, outcome })),
    nowMs,
  );
  const failed = recorded.filter(({ decision }) => decision?.status === 'retry' || decision?.status === 'held');
  if (failed.length > 0) await supersedeFailed(tx, linesOf(failed));
  await releaseHeads(tx, linesOf(recorded), nowMs);
  await recordAlarms(tx, recorded, { endpoints, nowMs });
  const facts = recorded.flatMap((entry) => factsOf(entry, nowMs));
  if (facts.length > 0) await outbox.append(tx, webhookEventsTopic, facts);
  return { attempts: recorded, factCount: facts.length };
}

function endpointIdsOf(attempts: readonly FinishedAttempt[]): readonly string[] {
  return [...new Set(attempts.map(({ delivery }) => delivery.endpointId).filter((id) => id !== null))];
}

function linesOf(recorded: readonly RecordedAttempt[]): readonly Line[] {
  return recorded.map(({ attempt }) => attempt.delivery);
}

async function writeDown(tx: Tx, recorded: readonly RecordedAttempt[], nowMs: number): Promise<void> {
  const attemptsOf = (isDelivered: boolean): readonly FinishedAttempt[] =>
    recorded.filter(({ outcome }) => (outcome.kind === 'delivered') === isDelivered).map(({ attempt }) => attempt);
  const [delivered, others] = [attemptsOf(true), attemptsOf(false)];
  if (delivered.length > 0) await finishDelivered(tx, delivered, { nowMs, isJudged: true });
  if (others.length > 0) await insertAttempts(tx, others);
  await reschedule(
    tx,
    recorded.filter(({ decision }) => decision?.status === 'retry' || decision?.status === 'held'),
  );
  await giveUp(
    tx,
    recorded.filter(({ decision }) => decision?.status === 'given_up'),
  );
}

type Judged = { readonly attempt: FinishedAttempt; readonly outcome: AttemptOutcome };

/** Attempts whose answer disabled their endpoint; of several "gone" in a batch, the first. */
async function disableGoneEndpoints(
  tx: Tx,
  judged: readonly Judged[],
  nowMs: number,
): Promise<ReadonlySet<FinishedAttempt>> {
  const gone = judged
    .filter(({ attempt, outcome }) => outcome.kind === 'gone' && attempt.delivery.endpointId !== null)
    .map(({ attempt }) => attempt);
  // All of the batch's endpoints at once and for update: two dispatchers that each hold a shared lock could not both
  // raise it.
  if (gone.length > 0) await lockEndpoints(tx, endpointIdsOf(judged.map(({ attempt }) => attempt)), 'UPDATE');
  const disabled = new Set<FinishedAttempt>();
  for (const attempt of gone) {
    const { endpointId: id, url } = attempt.delivery;
    if (id !== null && (await disableEndpoint(tx, { id, url, reason: 'gone', nowMs }))) disabled.add(attempt);
  }
  return disabled;
}

/** The lease that each unfinished delivery is under now. */
async function heldLeases(tx: Tx, attempts: readonly FinishedAttempt[]): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await tx.query<{ id: string; lease_id: string | null }>({
    name: 'webhook-leases-held',
    text: `SELECT delivery_id AS id, lease_id FROM webhook_dispatch.schedule WHERE delivery_id = ANY($1::uuid[])
           ORDER BY payment_id, sequence, receiver FOR UPDATE`,
    values: [attempts.map(({ delivery }) => delivery.id)],
  });
  return new Map(rows.map((row) => [row.id, row.lease_id]));
}

async function insertAttempts(tx: Tx, attempts: readonly FinishedAttempt[]): Promise<void> {
  await tx.query({
    name: 'webhook-attempts-insert',
    text: `INSERT INTO webhook_dispatch.attempts (delivery_id, at, url, http_status, error, duration_ms,
      request_headers, answer)
           SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::int[], $5::text[], $6::int[],
             $7::jsonb[], $8::bytea[])`,
    values: [
      attempts.map(({ delivery }) => delivery.id),
      attempts.map(({ startedAtMs }) => new Date(startedAtMs)),
      attempts.map(({ delivery }) => delivery.url),
      attempts.map(({ result }) => (result.kind === 'answered' ? result.httpStatus : null)),
      attempts.map(({ result }) => (result.kind === 'failed' ? result.error : null)),
      attempts.map(({ durationMs }) => Math.round(durationMs)),
      attempts.map(({ requestHeaders }) => (requestHeaders === undefined ? null : JSON.stringify(requestHeaders))),
      attempts.map(({ answer }) => (answer === undefined ? null : Buffer.from(answer, 'utf8'))),
    ],
  });
}

async function reschedule(tx: Tx, failed: readonly RecordedAttempt[]): Promise<void> {
  if (failed.length === 0) return;
  const atOf = ({ decision }: RecordedAttempt, status: 'retry' | 'held'): Date | null =>
    decision !== null && decision.status === status && 'atMs' in decision && decision.atMs !== null
      ? new Date(decision.atMs)
      : null;
  await tx.query({
    name: 'webhook-deliveries-reschedule',
    text: `UPDATE webhook_dispatch.schedule s
           SET due_at = f.due_at, is_ready = false, held_due_at = f.held_due_at, lease_id = NULL,
             attempts_made = s.attempts_made + f.counted
           FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::int[]) AS f (id, due_at, held_due_at,
             counted)
           WHERE s.delivery_id = f.id`,
    values: [
      failed.map(({ attempt }) => attempt.delivery.id),
      failed.map((entry) => atOf(entry, 'retry')),
      failed.map((entry) => atOf(entry, 'held')),
      // "Gone" is about the endpoint: an attempt that found it so has not used up one of the delivery's own.
      failed.map((entry) => (atOf(entry, 'retry') === null && atOf(entry, 'held') === null ? 0 : 1)),
    ],
  });
}

async function giveUp(tx: Tx, ended: readonly RecordedAttempt[]): Promise<void> {
  if (ended.length === 0) return;
  await tx.query({
    name: 'webhook-deliveries-give-up',
    text: `WITH ended AS (
             DELETE FROM webhook_dispatch.schedule WHERE delivery_id = ANY($1::uuid[]) RETURNING delivery_id
           ) UPDATE webhook_dispatch.deliveries d SET status = 'given_up' FROM ended WHERE d.id = ended.delivery_id`,
    values: [ended.map(({ attempt }) => attempt.delivery.id)],
  });
}

/** What others must hear: a delivery was given up, an endpoint was disabled. */
function factsOf(
  { attempt: { delivery }, decision, disabledEndpoint }: RecordedAttempt,
  nowMs: number,
): readonly Message[] {
  const context = { nowMs, correlationId: delivery.correlationId, traceparent: delivery.traceparent };
  const { id: deliveryId, merchantId, livemode, paymentId, event, endpointId } = delivery;
  const attempts = delivery.attemptsMade + 1;
  return [
    ...(decision?.status === 'given_up'
      ? [
          webhookFact(
            { type: 'webhooks.given-up', merchantId, livemode, deliveryId, paymentId, event, attempts },
            context,
          ),
        ]
      : []),
    ...(disabledEndpoint && endpointId !== null
      ? [webhookFact({ type: 'webhooks.endpoint-disabled', merchantId, livemode, endpointId, reason: 'gone' }, context)]
      : []),
  ];
}
