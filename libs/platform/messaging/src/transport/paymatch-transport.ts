import { setTimeout as sleep } from 'node:timers/promises';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { SupervisedLoop } from '@paymatch/platform-loops';
import { passingOn, type Logger, type Metrics, type Tracing } from '@paymatch/platform-observability';
import { isObservable, lastValueFrom } from 'rxjs';
import { describeFault } from '../fault.js';
import { decodeMessage, type OutgoingMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import type { Carrier, Subscription } from '../message-bus.js';
import type { ParkingLot, ReplayReport } from '../parking/parking-lot.js';
import { BatchRunner } from '../runner/batch-runner.js';
import { faultKindOf } from '../runner/fault-kind.js';
import { defaultRunnerSettings, type RunnerSettings } from '../runner/runner-settings.js';
import { tracedHandler } from '../traced-bus.js';
import { handledMessages } from './handled-messages.js';

export interface TransportOptions {
  readonly carrier: Carrier;
  /** The parking lot of one service, named as the groups are (`payments.credit-events` belongs to `payments`). */
  readonly parkingLotOf: (service: string) => ParkingLot;
  /** Where the service's handlers write; needed for a carrier that keeps a group's place somewhere else. */
  readonly effectsOf?: (service: string) => RelaxedEffects;
  readonly logger: Logger;
  readonly runner?: Partial<RunnerSettings>;
  /** The newest data version the handlers know; what is newer is parked. 1 when absent. */
  readonly dataVersionMax?: number;
  /** How long `close` waits for work in hand. 10 s when absent. */
  readonly closeDeadlineMs?: number;
  /** How long one batch may take before the consumer counts as stalled. 60 s when absent. */
  readonly stallMs?: number;
  /** How often a consumer looks whether a replay is asked for. 2 s when absent. */
  readonly replayLookMs?: number;
  readonly metrics?: Metrics;
  readonly tracing?: Tracing;
  /** Called with the reason, again and again, while the start waits for the messaging system. */
  readonly onWaiting?: (fault: string) => void;
}

const START_RETRY_MS = 1_000;
const REPLAY_LOOK_MS = 2_000;
const REPLAYED_ORDERS_MAX = 100;

/** What handlers may have written without waiting for the disk (`Database` of the service). */
export interface RelaxedEffects {
  readonly lostConnections: number;
  flushRelaxed(since: number): Promise<void>;
}

/** `@EventPattern({ topic, group }, extras)` and `@MessagePattern({ topic, group })`. */
interface HandlerPattern {
  readonly topic: string;
  readonly group: string;
}

/** Second argument of `@EventPattern`. */
export interface EventPatternExtras {
  /** 500 when absent. */
  readonly batchSizeMax?: number;
  /** Where the group begins that has never consumed. `beginning` when absent. */
  readonly from?: 'beginning' | 'end';
  readonly dataVersionMax?: number;
  /** `false`: messages of one key need no order, and one that is parked holds up no other. `true` when absent. */
  readonly isOrdered?: boolean;
}

interface EventConsumer extends HandlerPattern {
  readonly extras: EventPatternExtras;
  readonly handle: (batch: readonly Message[]) => Promise<unknown>;
  readonly runner: BatchRunner;
  subscription?: Subscription;
}

interface CommandHandler extends HandlerPattern {
  readonly handle: (command: Message) => Promise<unknown>;
}

/**
 * The Nest transport over a carrier. Event handlers get a decoded batch (`readonly Message[]`) through the runner,
 * command handlers one `Message`. Connect it with `attachTransport`.
 */
export class PaymatchTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumers: EventConsumer[] = [];
  private readonly commands: CommandHandler[] = [];
  private readonly stopping = new AbortController();
  private isAttached = false;
  private readonly replays: SupervisedLoop;
  private readonly handling: ReturnType<typeof handledMessages>;

  constructor(private readonly transport: TransportOptions) {
    super();
    this.handling = handledMessages(transport.metrics);
    this.replays = new SupervisedLoop({
      name: 'the look at parked messages',
      turn: () => this.replayRequested(),
      logger: transport.logger,
      everyMs: transport.replayLookMs ?? REPLAY_LOOK_MS,
      firstAfterMs: 0,
    });
  }

  override addHandler(
    // Nest's own signature.
    // eslint-disable-next-line no-restricted-syntax
    ...[pattern, callback, isEventHandler = false, extras = {}]: Parameters<Server['addHandler']>
  ): void {
    const { topic, group } = checkedPattern(pattern);
    const isTaken = [...this.consumers, ...this.commands].some(
      (other) => other.topic === topic && other.group === group,
    );
    if (isTaken) throw new Error(`two handlers for topic ${topic} in group ${group}`);
    super.addHandler(pattern, callback, isEventHandler, extras);
    const invoke = (payload: unknown): Promise<unknown> => outcomeOf(callback(payload, { topic, group }));
    const about = { tracing: this.transport.tracing ?? passingOn, topic, group };
    if (isEventHandler) {
      const handle = tracedHandler(about, invoke);
      const runner = this.createRunner({ topic, group }, { extras, invoke: handle });
      this.consumers.push({ topic, group, extras, handle, runner });
    } else {
      const handle = tracedHandler(about, ([command]) => invoke(command));
      this.commands.push({ topic, group, handle: (command) => handle([command]) });
    }
  }

  /** @internal Only `attachTransport` calls it. */
  markAttached(): void {
    this.isAttached = true;
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Finishes the work in hand within the deadline; what waits for its next attempt is delivered again. */
  async close(): Promise<void> {
    for (const { runner } of this.consumers) runner.stop();
    this.stopping.abort();
    await Promise.all([this.replays.stop(), this.transport.carrier.stop(this.transport.closeDeadlineMs ?? 10_000)]);
  }

  on(): never {
    throw new Error('the transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.transport.carrier as T;
  }

  /** Empty when work gets done; otherwise what is waited for, or stuck. For readiness. */
  problems(): readonly string[] {
    const waiting = this.consumers.flatMap(({ topic, group, runner }) =>
      runner.waitingFor().map((reason) => `consumer ${group} of ${topic}: ${reason}`),
    );
    return [...new Set([...this.transport.carrier.problems(), ...waiting, ...this.stalls()])];
  }

  /** What only a new process would mend; for liveness. Waiting for a broker or a database that is away is none. */
  stalls(): readonly string[] {
    const stallMs = this.transport.stallMs ?? 60_000;
    const stalled = this.consumers.filter(({ subscription, runner }) => {
      const progress = subscription?.progress();
      if (progress === undefined || progress.isIdle || runner.waitingFor().length > 0) return false;
      return Date.now() - progress.lastProgressAtMs > stallMs;
    });
    return [
      ...this.transport.carrier.stalls(),
      ...stalled.map(({ topic, group }) => `consumer ${group} of ${topic} has made no progress for ${stallMs} ms`),
    ];
  }

  /** What people have asked for, in this process or another. */
  private async replayRequested(): Promise<void> {
    const services = new Set(this.consumers.map(({ group }) => serviceOf(group)));
    for (const service of services) {
      const requested = await this.transport.parkingLotOf(service).requestedReplays();
      for (const consumer of this.consumers)
        if (requested.some(({ group, topic }) => group === consumer.group && topic === consumer.topic))
          await this.replayAll(consumer);
    }
  }

  private async replayAll(consumer: EventConsumer): Promise<void> {
    const orders = await this.parkingLotFor(consumer.group).requestedOrders(consumer, REPLAYED_ORDERS_MAX);
    for (const { group, topic, key } of orders) {
      const { replayedCount, error } = await this.replayOrder(consumer, key);
      const level = error === null ? 'info' : 'warn';
      this.transport.logger[level]('parked messages were replayed', { group, topic, key, replayedCount, error });
    }
  }

  private async replayOrder(consumer: EventConsumer, key: string): Promise<ReplayReport> {
    const { group, topic, extras } = consumer;
    const handle = async (wire: OutgoingMessage): Promise<void> => {
      const effects = this.transport.effectsOf?.(serviceOf(group));
      const losses = effects?.lostConnections ?? 0;
      await consumer.handle([decodeMessage(wire, this.dataVersionMaxOf(extras))]);
      await effects?.flushRelaxed(losses);
    };
    return this.parkingLotFor(group).replay({ group, topic, key }, handle, {
      isOrdered: extras.isOrdered ?? true,
      isAway: (error) => faultKindOf(error) === 'away',
    });
  }

  private async start(): Promise<void> {
    if (!this.isAttached)
      throw new Error("the transport must be connected with attachTransport, or handlers' errors are lost");
    const { carrier } = this.transport;
    await this.untilThere(() => carrier.start());
    this.replays.start();
    await Promise.all([
      ...this.commands.map(({ topic, group, handle }) => this.untilThere(() => carrier.serve(topic, group, handle))),
      ...this.consumers.map((consumer) => this.untilThere(() => this.subscribe(consumer))),
    ]);
  }

  private async subscribe(consumer: EventConsumer): Promise<void> {
    const { topic, group, extras, runner } = consumer;
    consumer.subscription = await this.transport.carrier.subscribe({
      group,
      topics: [topic],
      from: extras.from ?? 'beginning',
      batchSizeMax: extras.batchSizeMax ?? 500,
      onBatch: (batch) => this.take(consumer, batch),
      onOwnershipChange: () => runner.ownershipChanged(),
    });
  }

  /** The broker may come up after us, or go away while we start: it is waited for, and never in silence. */
  private async untilThere(step: () => Promise<void>): Promise<void> {
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      try {
        return await step();
      } catch (error) {
        if (faultKindOf(error) !== 'away') throw error;
        const fault = describeFault(error);
        this.transport.logger.warn('waiting for the messaging system', { attempt, fault });
        this.transport.onWaiting?.(fault);
        await sleep(START_RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async take({ group, topic, runner }: EventConsumer, batch: readonly WireMessage[]): Promise<void> {
    const taken = this.handling({ group, topic }, batch.length);
    const effects = this.transport.carrier.keepsPlacesElsewhere
      ? this.transport.effectsOf?.(serviceOf(group))
      : undefined;
    const losses = effects?.lostConnections ?? 0;
    await runner.run(batch);
    // A crash of the database must not take along what the carrier will never bring again.
    await effects?.flushRelaxed(losses);
    taken();
  }

  private createRunner(
    pattern: HandlerPattern,
    handler: { readonly extras: EventPatternExtras; readonly invoke: EventConsumer['handle'] },
  ): BatchRunner {
    return new BatchRunner({
      ...pattern,
      handle: handler.invoke,
      parkingLot: this.parkingLotFor(pattern.group),
      logger: this.transport.logger,
      settings: { ...defaultRunnerSettings, ...this.transport.runner },
      dataVersionMax: this.dataVersionMaxOf(handler.extras),
      isOrdered: handler.extras.isOrdered ?? true,
    });
  }

  private parkingLotFor(group: string): ParkingLot {
    return this.transport.parkingLotOf(serviceOf(group));
  }

  private dataVersionMaxOf(extras: EventPatternExtras): number {
    return extras.dataVersionMax ?? this.transport.dataVersionMax ?? 1;
  }
}

function serviceOf(group: string): string {
  return group.slice(0, group.indexOf('.'));
}

function checkedPattern(pattern: unknown): HandlerPattern {
  const { topic, group } = (pattern ?? {}) as Partial<HandlerPattern>;
  if (typeof topic !== 'string' || typeof group !== 'string')
    throw new Error(`a handler's pattern must be { topic, group }, not ${JSON.stringify(pattern)}`);
  if (!/^[a-z-]+\.[a-z0-9-]+$/.test(group)) throw new Error(`group ${group} must be named {service}.{purpose}`);
  return { topic, group };
}

/** What a handler promised, whether Nest wraps it in an observable or not. */
async function outcomeOf(result: ReturnType<MessageHandler>): Promise<unknown> {
  const value: unknown = await result;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}
