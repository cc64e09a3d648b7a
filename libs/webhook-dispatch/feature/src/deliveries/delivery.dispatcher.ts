import { randomUUID } from 'node:crypto';
import type { TextSealer } from '@paymatch/platform-secrets';
import type { Database } from '@paymatch/platform-postgres';
import { passingOn, type Clock, type Logger, type Tracing } from '@paymatch/platform-observability';
import { webhookDialects } from '../dialects/dialects.js';
import { signedAttempt } from '../sender/signed-attempt.js';
import type { WebhookSender } from '../sender/webhook.sender.js';
import { beginAttempt, endAttempt } from './attempt-span.js';
import { AttemptRecorder } from './attempt.recorder.js';
import type { FactOutbox } from './attempt.store.js';
import type { FinishedAttempt } from './recorded-attempt.js';
import { EndpointRates } from './endpoint-rates.js';
import { OpenedSecrets } from './opened-secrets.js';
import type { WebhookMeasures } from './webhook.measures.js';
import { ReceiverPaces } from './receiver-paces.js';
import {
  leaseDeliveries,
  renewLeases,
  type LeasedDelivery,
  type Leased,
  type LeaseTerms,
} from './delivery-lease.store.js';

export interface DispatcherOptions {
  readonly database: Database;
  readonly sender: WebhookSender;
  /** Opens the signing secrets. */
  readonly sealer: TextSealer;
  readonly outbox: FactOutbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly inFlightMax: number;
  /** At most this many to one receiver at the same time; how many within that follows how it answers. */
  readonly perReceiverMax: number;
  /**
   * Net under the nudges: retries that become due, leases that end, deliveries other processes made. 1 s when absent.
   */
  readonly pollMs?: number;
  /** How long a delivery waits for a dispatcher that died. Kept up while the attempt lasts. 6 s when absent. */
  readonly leaseMs?: number;
  /** How often leases are kept up; a sixth of `leaseMs` when absent. */
  readonly renewMs?: number;
  /** From 0 (inclusive) to 1 (exclusive); `Math.random` when absent. */
  readonly random?: () => number;
  /** Called after a commit that left facts in the outbox. */
  readonly onFacts?: () => void;
  readonly measures?: WebhookMeasures;
  readonly tracing?: Tracing;
}

/** What is to be remembered of an attempt beside its times. */
type SentAttempt = Pick<FinishedAttempt, 'result' | 'requestHeaders' | 'answer'>;

const POLL_MS = 1_000;
const LEASE_MS = 6_000;

/**
 * Takes what is due by lease, sends it outside any transaction, records in batches. Several may run, in one process or
 * many: a delivery is sent by whoever holds its lease, and a dispatcher that dies loses nothing but the time until its
 * leases end.
 */
export class DeliveryDispatcher {
  private readonly recorder: AttemptRecorder;
  private readonly leaseMs: number;
  private readonly paces: ReceiverPaces;
  private readonly secrets: OpenedSecrets;
  private readonly rates: EndpointRates;
  private readonly inFlight = new Set<Promise<void>>();
  /** Leases with attempts under way, and how many. */
  private readonly leases = new Map<string, number>();
  private renewTimer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private isStopping = false;
  private isNudged = false;
  /** The last lease or making that was begun; never rejects. */
  private leasing: Promise<void> = Promise.resolve();
  /** More was due than there were slots or room for: whenever an attempt ends, there may be. */
  private hasMore = false;
  private wake: () => void = () => undefined;
  private afterReceiver = '';

  constructor(private readonly options: DispatcherOptions) {
    this.leaseMs = options.leaseMs ?? LEASE_MS;
    this.paces = new ReceiverPaces(options.perReceiverMax);
    this.secrets = new OpenedSecrets(options.sealer);
    const { database, outbox, clock, logger } = options;
    this.rates = new EndpointRates({ database, clock, logger });
    this.recorder = new AttemptRecorder({
      database,
      outbox,
      clock,
      logger,
      leaseMs: this.leaseMs,
      onFacts: () => options.onFacts?.(),
      measures: options.measures,
    });
  }

  start(): void {
    this.renewTimer ??= setInterval(() => void this.renew(), this.options.renewMs ?? this.leaseMs / 6);
    this.running ??= this.run();
  }

  /** Something may be due now. Costs nothing when it is not. */
  nudge(): void {
    this.isNudged = true;
    this.wake();
  }

  /** Leases no more and waits for the attempts under way; those that do not end in time are sent again by lease. */
  async stop(deadlineMs: number): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.running;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, deadlineMs);
    });
    await Promise.race([Promise.all(this.inFlight), deadline]);
    clearTimeout(timer);
    clearInterval(this.renewTimer);
  }

  /**
   * Lets `make` make deliveries and lease what can be sent at once, and sends that: what was just made need not be
   * looked for. Should this process die in between, the leases end.
   */
  async sendMade<T extends Leased>(make: (terms: LeaseTerms) => Promise<T>): Promise<T> {
    try {
      return await this.sendLeased(make);
    } finally {
      if (this.hasMore) this.nudge();
    }
  }

  /** One at a time: two that count at once what is under way to a receiver would both find the same room. */
  private sendLeased<T extends Leased>(lease: (terms: LeaseTerms) => Promise<T>): Promise<T> {
    const leased = this.leasing.then(() => this.sendNext(lease));
    this.leasing = leased.then(
      () => undefined,
      () => undefined,
    );
    return leased;
  }

  private async sendNext<T extends Leased>(lease: (terms: LeaseTerms) => Promise<T>): Promise<T> {
    const leased = await lease(this.termsFor(this.isStopping ? 0 : this.freeSlots()));
    if (leased.hasMore) this.hasMore = true;
    // What is not begun any more goes to somebody else when its lease ends.
    if (!this.isStopping) for (const delivery of leased.deliveries) this.begin(delivery);
    return leased;
  }

  private freeSlots(): number {
    return this.options.inFlightMax - this.inFlight.size;
  }

  private termsFor(countMax: number): LeaseTerms {
    const nowMs = this.options.clock.nowMs();
    return {
      leaseId: randomUUID(),
      nowMs,
      leaseMs: this.leaseMs,
      countMax,
      perReceiver: this.paces.start,
      limits: this.paces.limits(),
      // Kept up twice in this time, and still not later: nobody is there any more.
      aliveUntilMs: nowMs + (this.leaseMs * 2) / 3,
    };
  }

  private begin(delivery: LeasedDelivery): void {
    this.leases.set(delivery.leaseId, (this.leases.get(delivery.leaseId) ?? 0) + 1);
    const attempt: Promise<void> = this.attempt(delivery).then((mayBeDue) => {
      this.inFlight.delete(attempt);
      this.release(delivery.leaseId);
      if (mayBeDue || this.hasMore) this.nudge();
    });
    this.inFlight.add(attempt);
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      this.isNudged = false;
      await this.lease();
      await this.pause();
      // For what ended in the same turn another look is taken at once.
      await new Promise(setImmediate);
    }
  }

  private release(leaseId: string): void {
    const left = (this.leases.get(leaseId) ?? 0) - 1;
    if (left > 0) this.leases.set(leaseId, left);
    else this.leases.delete(leaseId);
  }

  /**
   * A lease is short, so that a dead dispatcher's deliveries go on soon, and is kept up as long as its attempts last.
   */
  private async renew(): Promise<void> {
    if (this.leases.size === 0) return;
    const { database, clock, logger } = this.options;
    try {
      await renewLeases(database, [...this.leases.keys()], new Date(clock.nowMs() + this.leaseMs));
    } catch (error) {
      logger.warn('webhook leases could not be kept up; what is under way may be sent twice', { error });
    }
  }

  /** From where the last turn ended. */
  private async lease(): Promise<void> {
    const { afterReceiver } = this;
    try {
      await this.sendLeased(async (terms) => {
        this.hasMore = terms.countMax === 0;
        if (this.hasMore) return { deliveries: [], hasMore: true };
        const leased = await leaseDeliveries(this.options.database, { ...terms, afterReceiver });
        const isFull = leased.deliveries.length === terms.countMax;
        this.afterReceiver = isFull ? lastReceiver(leased.deliveries, afterReceiver) : '';
        return leased;
      });
    } catch (error) {
      // The next turn is the retry; what was leased in an answer that got lost comes back when its lease ends.
      this.options.logger.warn('webhook deliveries could not be leased; trying again', { error });
    }
  }

  private async attempt(delivery: LeasedDelivery): Promise<boolean> {
    await this.rates.turn(delivery.endpointId);
    const startedAtMs = this.options.clock.nowMs();
    const startedAt = performance.now();
    const over = this.paces.begin(delivery.receiver);
    const span = beginAttempt(this.options.tracing ?? passingOn, delivery);
    const { result, ...details } = await this.send(delivery, { startedAtMs, traceparent: span?.traceparent });
    endAttempt(span, result);
    const durationMs = performance.now() - startedAt;
    over(result, durationMs);
    return await this.recorder.record({
      delivery,
      result,
      startedAtMs,
      durationMs,
      ...details,
      jitter: (this.options.random ?? Math.random)(),
    });
  }

  private async send(
    delivery: LeasedDelivery,
    { startedAtMs: nowMs, traceparent }: { readonly startedAtMs: number; readonly traceparent: string | undefined },
  ): Promise<SentAttempt> {
    try {
      const { event, eventId, body, url } = delivery;
      const secrets = this.secretsOf(delivery);
      const sign = webhookDialects[delivery.dialect].sign;
      const signed = sign({ event, eventId, body: body.toString('utf8'), secrets, nowMs });
      const own = { ownHeaders: delivery.headers, signed, secrets, traceparent };
      return await signedAttempt(this.options.sender, { url, body, ...own });
    } catch (error) {
      this.options.logger.error('webhook attempt failed by our own fault', {
        deliveryId: delivery.id,
        paymentId: delivery.paymentId,
        correlationId: delivery.correlationId,
        traceparent: delivery.traceparent,
        error,
      });
      return { result: { kind: 'failed', error: 'internal_error' } };
    }
  }

  private secretsOf({ id, signer, sealedSecrets }: LeasedDelivery): readonly [string, ...string[]] {
    const [secret, ...previous] = sealedSecrets.map((sealed) => this.secrets.open(sealed, signer));
    if (secret === undefined) throw new Error(`delivery ${id} is to be signed by ${signer}, which has no secret`);
    return [secret, ...previous];
  }

  private async pause(): Promise<void> {
    if (this.isNudged || this.isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.options.pollMs ?? POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Where the walk over the receivers ended: behind its beginning, or, once it had come round, before it. */
function lastReceiver(leased: readonly LeasedDelivery[], afterReceiver: string): string {
  const receivers = leased.map(({ receiver }) => receiver);
  const beforeBeginning = receivers.filter((receiver) => receiver <= afterReceiver);
  return (beforeBeginning.length > 0 ? beforeBeginning : receivers).reduce(
    (last, each) => (each > last ? each : last),
    '',
  );
}
