import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { endpointSigner, newId } from '@paymatch/contracts';
import { budgetUsedPercent, stepToTell } from '@paymatch/webhook-dispatch-domain';
import type { FactOutbox } from '../deliveries/attempt.store.js';
import { holdDeliveries, releaseOldest, resumeDeliveries } from '../deliveries/delivery.store.js';
import { forgetHealth } from '../deliveries/receiver-health.store.js';
import { webhookEventsTopic, webhookFact } from '../deliveries/webhook.facts.js';
import { disableEndpoint, enableEndpoint, lockEndpoints, type EndpointRow } from '../endpoints/endpoint.store.js';
import { insertAlarms, type NewAlarm } from './alarm.store.js';
import { ofEndpoint, recoveredAlarm } from './attempt-alarms.js';
import {
  findFailures,
  forgetFailures,
  lockFailures,
  markAnnounced,
  planProbe,
  type EndpointFailures,
} from './endpoint-failures.store.js';

export interface EndpointWatchOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly outbox: FactOutbox;
  /** How long an endpoint may take nothing before it is disabled. */
  readonly budgetMs: number;
  /** How often a disabled one is tried. */
  readonly probeMs: number;
  /** Called when something may have become due. */
  readonly onDue: () => void;
}

const LOOK_MAX = 500;
const NOTHING_WAITING_MS = 10_000;

/**
 * Looks at endpoints that fail: tells of each step of the failure budget once, disables at its end, tries a disabled
 * one with the oldest delivery that waits, and opens it when that was taken. Several may run: what each does about an
 * endpoint it does under the endpoint's lock.
 */
export class EndpointWatch {
  private after: string | null = null;

  constructor(private readonly options: EndpointWatchOptions) {}

  /** `true` when there are more endpoints to look at. */
  async step(): Promise<boolean> {
    const found = await findFailures(this.options.database, { after: this.after, limit: LOOK_MAX });
    const hasMore = found.length === LOOK_MAX;
    this.after = hasMore ? found.at(-1)!.endpointId : null;
    const nowMs = this.options.clock.nowMs();
    let isDue = false;
    for (const failures of found)
      if (this.needsWork(failures, nowMs) && (await this.look(failures, nowMs))) isDue = true;
    if (isDue) this.options.onDue();
    return hasMore;
  }

  private needsWork(failures: EndpointFailures, nowMs: number): boolean {
    const { hasRecovered, probeAtMs, announcedPercent } = failures;
    if (hasRecovered) return true;
    if (probeAtMs !== null) return probeAtMs <= nowMs;
    return stepToTell(budgetUsedPercent(failures, this.options.budgetMs, nowMs), announcedPercent) !== null;
  }

  /** Gives whether deliveries have become due. */
  private look({ endpointId }: EndpointFailures, nowMs: number): Promise<boolean> {
    return this.options.database.transaction(async (tx) => {
      const endpoint = (await lockEndpoints(tx, [endpointId], 'UPDATE')).get(endpointId);
      const failures = (await lockFailures(tx, [endpointId])).get(endpointId);
      if (failures === undefined || endpoint === undefined || !this.needsWork(failures, nowMs)) return false;
      if (endpoint.status === 'active') return await this.spendBudget(tx, { endpoint, failures, nowMs });
      if (endpoint.disabled_reason !== 'failing') return false;
      return failures.hasRecovered
        ? await this.open(tx, { endpoint, failures, nowMs })
        : await this.probe(tx, { endpoint, failures, nowMs });
    });
  }

  private async spendBudget(tx: Tx, { endpoint, failures, nowMs }: Look): Promise<boolean> {
    const used = budgetUsedPercent(failures, this.options.budgetMs, nowMs);
    const step = stepToTell(used, failures.announcedPercent);
    if (step === null) return false;
    await markAnnounced(tx, endpoint.id, step);
    const alarms = [failingAlarm(endpoint, failures, step)];
    if (step === 100 && endpoint.url !== null) {
      await disableEndpoint(tx, { id: endpoint.id, url: endpoint.url, reason: 'failing', nowMs });
      await holdDeliveries(tx, [endpoint.id]);
      await planProbe(tx, endpoint.id, nowMs + this.options.probeMs);
      alarms.push(disabledAlarm(endpoint, failures));
      const { merchant_id: merchantId, livemode, id: endpointId } = endpoint;
      await this.tell(
        tx,
        { type: 'webhooks.endpoint-disabled', merchantId, livemode, endpointId, reason: 'failing' },
        nowMs,
      );
    }
    await insertAlarms(tx, alarms, nowMs);
    return false;
  }

  /** With nothing waiting, the next delivery that is made is tried soon after it is there. */
  private async probe(tx: Tx, { endpoint, nowMs }: Look): Promise<boolean> {
    const isReleased = endpoint.url !== null && (await releaseOldest(tx, endpoint.id, nowMs));
    await planProbe(tx, endpoint.id, nowMs + (isReleased ? this.options.probeMs : NOTHING_WAITING_MS));
    return isReleased;
  }

  private async open(tx: Tx, { endpoint, failures, nowMs }: Look): Promise<boolean> {
    await enableEndpoint(tx, { id: endpoint.id, nowMs });
    await forgetFailures(tx, [endpoint.id]);
    await forgetHealth(tx, [endpointSigner(endpoint.id)]);
    // As at a new address: what failed while it was ill has its whole schedule before it.
    await resumeDeliveries(tx, endpoint.id, { nowMs, isNewUrl: true });
    await insertAlarms(tx, [recoveredAlarm(endpoint, failures)], nowMs);
    const { merchant_id: merchantId, livemode, id: endpointId } = endpoint;
    await this.tell(tx, { type: 'webhooks.endpoint-recovered', merchantId, livemode, endpointId }, nowMs);
    return true;
  }

  private async tell(tx: Tx, fact: Parameters<typeof webhookFact>[0], nowMs: number): Promise<void> {
    const message = webhookFact(fact, { nowMs, correlationId: newId(nowMs) });
    await this.options.outbox.append(tx, webhookEventsTopic, [message]);
  }
}

interface Look {
  readonly endpoint: EndpointRow;
  readonly failures: EndpointFailures;
  readonly nowMs: number;
}

function failingAlarm(endpoint: EndpointRow, failures: EndpointFailures, step: number): NewAlarm {
  return {
    type: 'endpoint.failing',
    ...ofEndpoint(endpoint),
    details: { budgetUsedPercent: step, ...detailsOf(endpoint, failures) },
    occasion: `failing:${endpoint.id}:${failures.sinceMs}:${step}`,
  };
}

function disabledAlarm(endpoint: EndpointRow, failures: EndpointFailures): NewAlarm {
  return {
    type: 'endpoint.disabled',
    ...ofEndpoint(endpoint),
    details: { reason: 'failing', ...detailsOf(endpoint, failures) },
    occasion: `disabled:${endpoint.id}:${failures.sinceMs}`,
  };
}

function detailsOf(endpoint: EndpointRow, failures: EndpointFailures) {
  return {
    failingSince: new Date(failures.sinceMs).toISOString(),
    failedAttempts: failures.failedAttempts,
    lastResult: failures.lastResult,
    ...(endpoint.url !== null && { url: endpoint.url }),
  };
}
