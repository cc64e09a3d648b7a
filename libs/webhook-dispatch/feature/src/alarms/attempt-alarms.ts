import type { Tx } from '@paymatch/platform-postgres';
import { nextSpell, type AttemptResult, type FailingSpell } from '@paymatch/webhook-dispatch-domain';
import type { RecordedAttempt } from '../deliveries/recorded-attempt.js';
import type { EndpointRow } from '../endpoints/endpoint.store.js';
import { insertAlarms, type NewAlarm } from './alarm.store.js';
import {
  forgetFailures,
  lockFailures,
  markRecovered,
  saveSpell,
  type EndpointFailures,
} from './endpoint-failures.store.js';

/**
 * What attempts say about the health of their endpoints, and what the merchant's people must hear of them; in the
 * transaction that writes the attempts down, after everything else it locks. The share of the budget that is used up by
 * a spell of failure is looked at by the watch.
 */
export async function recordAlarms(
  tx: Tx,
  recorded: readonly RecordedAttempt[],
  context: { readonly endpoints: ReadonlyMap<string, EndpointRow>; readonly nowMs: number },
): Promise<void> {
  const { endpoints, nowMs } = context;
  const alarms = recorded.flatMap((entry) => [...givenUp(entry), ...gone(entry)]);
  // What is gone is not tried any more.
  const goneIds = recorded.filter((entry) => entry.disabledEndpoint).map(({ attempt }) => attempt.delivery.endpointId!);
  if (goneIds.length > 0) await forgetFailures(tx, goneIds);
  const attempts = recorded.filter((entry) => isOfPresentAddress(entry, endpoints));
  const ids = [...new Set(attempts.map(({ attempt }) => attempt.delivery.endpointId!))].sort();
  if (ids.length > 0) {
    const failures = await lockFailures(tx, ids);
    for (const id of ids) {
      const ofEndpoint = attempts.filter(({ attempt }) => attempt.delivery.endpointId === id);
      const before = failures.get(id) ?? null;
      alarms.push(...(await recordSpell(tx, ofEndpoint, { endpoint: endpoints.get(id)!, before, nowMs })));
    }
  }
  await insertAlarms(tx, alarms, nowMs);
}

/**
 * An address that was replaced, or an endpoint that was closed by hand, is judged no more; nor is anybody for a fault
 * of ours.
 */
function isOfPresentAddress({ attempt }: RecordedAttempt, endpoints: ReadonlyMap<string, EndpointRow>): boolean {
  const { endpointId, url } = attempt.delivery;
  const endpoint = endpointId === null ? undefined : endpoints.get(endpointId);
  if (endpoint === undefined || endpoint.url !== url) return false;
  if (attempt.result.kind === 'failed' && attempt.result.error === 'internal_error') return false;
  return endpoint.status === 'active' || endpoint.disabled_reason === 'failing';
}

async function recordSpell(
  tx: Tx,
  attempts: readonly RecordedAttempt[],
  context: { readonly endpoint: EndpointRow; readonly before: EndpointFailures | null; readonly nowMs: number },
): Promise<readonly NewAlarm[]> {
  const { endpoint, before, nowMs } = context;
  const after = attempts.reduce<FailingSpell | null>(
    (spell, { outcome }) => nextSpell(spell, outcome.kind === 'delivered', nowMs),
    before,
  );
  const hasDelivered = attempts.some(({ outcome }) => outcome.kind === 'delivered');
  if (endpoint.status !== 'active') {
    // The watch opens it, under the endpoint's lock.
    if (hasDelivered) await markRecovered(tx, endpoint.id, nowMs);
    else if (after !== null && before !== null) await saveSpell(tx, spellOf(after, attempts, endpoint.id));
    return [];
  }
  if (before !== null && hasDelivered) await forgetFailures(tx, [endpoint.id]);
  if (after !== null) await saveSpell(tx, spellOf(after, attempts, endpoint.id));
  return before !== null && hasDelivered && before.announcedPercent > 0 ? [recoveredAlarm(endpoint, before)] : [];
}

function spellOf(spell: FailingSpell, attempts: readonly RecordedAttempt[], endpointId: string) {
  const last = attempts.findLast(({ outcome }) => outcome.kind !== 'delivered')!;
  return { ...spell, endpointId, lastResult: resultText(last.attempt.result) };
}

export function recoveredAlarm(endpoint: EndpointRow, failures: EndpointFailures): NewAlarm {
  const failingSince = new Date(failures.sinceMs).toISOString();
  return {
    type: 'endpoint.recovered',
    ...ofEndpoint(endpoint),
    details: {
      failingSince,
      failedAttempts: failures.failedAttempts,
      ...(endpoint.url !== null && { url: endpoint.url }),
    },
    occasion: `recovered:${endpoint.id}:${failingSince}`,
  };
}

export function ofEndpoint(endpoint: EndpointRow): Pick<NewAlarm, 'merchantId' | 'livemode' | 'endpointId'> {
  return { merchantId: endpoint.merchant_id, livemode: endpoint.livemode, endpointId: endpoint.id };
}

function givenUp({ attempt, decision }: RecordedAttempt): readonly NewAlarm[] {
  if (decision?.status !== 'given_up') return [];
  const { delivery, result } = attempt;
  const { merchantId, livemode, endpointId, paymentId, event, url } = delivery;
  return [
    {
      type: 'delivery.given-up',
      merchantId,
      livemode,
      endpointId,
      deliveryId: delivery.id,
      paymentId,
      details: { event, url, failedAttempts: delivery.attemptsMade + 1, lastResult: resultText(result) },
      // Sent again by hand and given up again is another occasion; the lease is the attempt's own.
      occasion: `given-up:${delivery.id}:${delivery.leaseId}`,
    },
  ];
}

function gone({ attempt, disabledEndpoint }: RecordedAttempt): readonly NewAlarm[] {
  const { merchantId, livemode, endpointId, id, leaseId, url } = attempt.delivery;
  if (!disabledEndpoint || endpointId === null) return [];
  const details = { reason: 'gone', url, lastResult: resultText(attempt.result) };
  return [{ type: 'endpoint.disabled', merchantId, livemode, endpointId, details, occasion: `gone:${id}:${leaseId}` }];
}

function resultText(result: AttemptResult): string {
  return result.kind === 'answered' ? String(result.httpStatus) : result.error;
}
