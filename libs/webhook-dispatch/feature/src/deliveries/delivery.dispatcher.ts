import { randomUUID } from 'node:crypto';
import type { TextSealer } from '@paymatch/platform-secrets';
import type { Database } from '@paymatch/platform-postgres';
import type { Clock, Logger } from '@paymatch/platform-observability';
import { webhookDialects } from '../dialects/dialects.js';
import type { WebhookSender } from '../sender/webhook.sender.js';
import { AttemptRecorder } from './attempt.recorder.js';
import { answerText, maskHeaders } from './attempt-details.js';
import type { FactOutbox } from './attempt.store.js';
import type { FinishedAttempt } from './recorded-attempt.js';
import { ReceiverPaces } from './receiver-paces.js';
import { claimDeliveries, renewLeases, type ClaimedDelivery } from './delivery-claim.store.js';

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
  /** Net under the nudges: retries that become due, leases that end, deliveries other processes made. 1 s when absent. */
  readonly pollMs?: number;
  /** How long a delivery waits for a dispatcher that died. Kept up while the attempt lasts. 6 s when absent. */
  readonly leaseMs?: number;
  /** How often leases are kept up; a sixth of `leaseMs` when absent. */
  readonly renewMs?: number;
  /** From 0 (inclusive) to 1 (exclusive); `Math.random` when absent. */
  readonly random?: () => number;
  readonly onRecorded?: () => void;
}

/** What is to be remembered of an attempt beside its times. */
type SentAttempt = Pick<FinishedAttempt, 'result' | 'requestHeaders' | 'answer'>;

const POLL_MS = 1_000;
const LEASE_MS = 6_000;

/**
 * Sends what is due. Claims by lease, sends outside any transaction, records in batches. Several may run, in one process or many:
 * a delivery is sent by whoever holds its lease, and a dispatcher that dies loses nothing but the time until its leases end.
 */
export class DeliveryDispatcher {
  private readonly recorder: AttemptRecorder;
  private readonly leaseMs: number;
  private readonly paces: ReceiverPaces;
  private readonly inFlight = new Set<Promise<void>>();
  /** Leases with attempts under way, and how many. */
  private readonly leases = new Map<string, number>();
  private renewTimer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private isStopping = false;
  private isNudged = false;
  private wake: () => void = () => undefined;
  private afterReceiver = '';

  constructor(private readonly options: DispatcherOptions) {
    this.leaseMs = options.leaseMs ?? LEASE_MS;
    this.paces = new ReceiverPaces(options.perReceiverMax);
    const { database, outbox, clock, logger } = options;
    this.recorder = new AttemptRecorder({
      database,
      outbox,
      clock,
      logger,
      leaseMs: this.leaseMs,
      onRecorded: () => options.onRecorded?.(),
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

  /** Claims no more and waits for the attempts under way; those that do not end in time are sent again by lease. */
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

  private async run(): Promise<void> {
    while (!this.isStopping) {
      this.isNudged = false;
      const claimedCount = await this.claimAndSend();
      // A full answer means there may be more; otherwise only a nudge, a free slot or time can bring work.
      if (claimedCount === 0 || this.inFlight.size >= this.options.inFlightMax) await this.pause();
    }
  }

  private async claimAndSend(): Promise<number> {
    const countMax = this.options.inFlightMax - this.inFlight.size;
    if (countMax <= 0) return 0;
    let claimed: readonly ClaimedDelivery[];
    try {
      claimed = await this.claim(countMax);
    } catch (error) {
      // The next turn is the retry; what was claimed by an answer that got lost comes back when its lease ends.
      this.options.logger.warn('webhook deliveries could not be claimed; trying again', { error });
      return 0;
    }
    for (const delivery of claimed) {
      this.leases.set(delivery.leaseId, (this.leases.get(delivery.leaseId) ?? 0) + 1);
      const attempt: Promise<void> = this.attempt(delivery).finally(() => {
        this.inFlight.delete(attempt);
        this.release(delivery.leaseId);
        this.nudge();
      });
      this.inFlight.add(attempt);
    }
    return claimed.length;
  }

  private release(leaseId: string): void {
    const left = (this.leases.get(leaseId) ?? 0) - 1;
    if (left > 0) this.leases.set(leaseId, left);
    else this.leases.delete(leaseId);
  }

  /** A lease is short, so that a dead dispatcher's deliveries go on soon, and is kept up as long as its attempts last. */
  private async renew(): Promise<void> {
    if (this.leases.size === 0) return;
    const { database, clock, logger } = this.options;
    try {
      await renewLeases(database, [...this.leases.keys()], new Date(clock.nowMs() + this.leaseMs));
    } catch (error) {
      logger.warn('webhook leases could not be kept up; what is under way may be sent twice', { error });
    }
  }

  /** From where the last turn ended; when that reaches the end of the receivers, the next one begins at the first. */
  private async claim(countMax: number): Promise<readonly ClaimedDelivery[]> {
    const { database, clock } = this.options;
    const nowMs = clock.nowMs();
    const ask = (afterReceiver: string, count: number): Promise<readonly ClaimedDelivery[]> =>
      claimDeliveries(database, {
        leaseId: randomUUID(),
        nowMs,
        leaseMs: this.leaseMs,
        countMax: count,
        perReceiver: this.paces.start,
        limits: this.paces.limits(),
        // Kept up twice in this time, and still not later: nobody is there any more.
        aliveUntilMs: nowMs + (this.leaseMs * 2) / 3,
        afterReceiver,
      });
    const first = await ask(this.afterReceiver, countMax);
    const isFromStart = this.afterReceiver === '';
    this.afterReceiver = first.length < countMax ? '' : lastReceiver(first);
    if (isFromStart || first.length === countMax) return first;
    const rest = await ask('', countMax - first.length);
    this.afterReceiver = rest.length < countMax - first.length ? '' : lastReceiver(rest);
    return [...first, ...rest];
  }

  private async attempt(delivery: ClaimedDelivery): Promise<void> {
    const startedAtMs = this.options.clock.nowMs();
    const startedAt = performance.now();
    const over = this.paces.begin(delivery.receiver);
    const { result, ...details } = await this.send(delivery, startedAtMs);
    const durationMs = performance.now() - startedAt;
    over(result, durationMs);
    await this.recorder.record({
      delivery,
      result,
      startedAtMs,
      durationMs,
      ...details,
      jitter: (this.options.random ?? Math.random)(),
    });
  }

  private async send(delivery: ClaimedDelivery, nowMs: number): Promise<SentAttempt> {
    try {
      const { event, eventId, body, url } = delivery;
      const secrets = this.secretsOf(delivery);
      const sign = webhookDialects[delivery.dialect].sign;
      const signed = sign({ event, eventId, body: body.toString('utf8'), secrets, nowMs });
      const ours = { 'content-type': 'application/json', 'user-agent': 'Paymatch-Webhooks/1', ...signed };
      const headers = { ...delivery.headers, ...ours };
      let answer: string | undefined;
      const onAnswer = (beginning: Buffer): void => {
        answer = answerText(beginning, [...secrets, ...Object.values(delivery.headers)]);
      };
      const result = await this.options.sender.send({ url, body, headers, onAnswer });
      return { result, requestHeaders: maskHeaders(headers), ...(answer !== undefined && { answer }) };
    } catch (error) {
      this.options.logger.error('webhook attempt failed by our own fault', {
        deliveryId: delivery.id,
        paymentId: delivery.paymentId,
        correlationId: delivery.correlationId,
        error,
      });
      return { result: { kind: 'failed', error: 'internal_error' } };
    }
  }

  private secretsOf({ id, signer, sealedSecrets }: ClaimedDelivery): readonly [string, ...string[]] {
    const [secret, ...previous] = sealedSecrets.map((sealed) => this.options.sealer.open(sealed, signer));
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

function lastReceiver(claimed: readonly ClaimedDelivery[]): string {
  return claimed.reduce((last, { receiver }) => (receiver > last ? receiver : last), '');
}
