import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Logger } from '@paymatch/platform-observability';
import { isObservable, lastValueFrom } from 'rxjs';
import { decodeMessage } from '../message.codec.js';
import type { Message } from '../message.js';
import type { Carrier, Subscription } from '../message-bus.js';
import type { ParkedFilter, ParkingLot, ReplayReport } from '../parking/parking-lot.js';
import { BatchRunner, defaultRunnerSettings, type RunnerSettings } from '../runner/batch-runner.js';

export interface TransportOptions {
  readonly carrier: Carrier;
  /** The parking lot of one service, named as the groups are (`payments.credit-events` belongs to `payments`). */
  readonly parkingLotOf: (service: string) => ParkingLot;
  readonly logger: Logger;
  readonly runner?: Partial<RunnerSettings>;
  /** The newest data version the handlers know; what is newer is parked. 1 when absent. */
  readonly dataVersionMax?: number;
  /** How long `close` waits for work in hand. 10 s when absent. */
  readonly closeDeadlineMs?: number;
  /** How long one batch may take before the consumer counts as stalled. 60 s when absent. */
  readonly stallMs?: number;
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

/** Report of `replayParked`, one entry an order. */
export interface OrderReplay extends ReplayReport {
  readonly group: string;
  readonly topic: string;
  readonly key: string;
}

/**
 * The Nest transport over a carrier. Event handlers get a decoded batch (`readonly Message[]`) through the runner, command
 * handlers one `Message`. Connect it with `attachTransport`.
 */
export class PaymatchTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumers: EventConsumer[] = [];
  private readonly commands: CommandHandler[] = [];
  private isAttached = false;

  constructor(private readonly transport: TransportOptions) {
    super();
  }

  override addHandler(
    ...[pattern, callback, isEventHandler = false, extras = {}]: Parameters<Server['addHandler']>
  ): void {
    const { topic, group } = checkedPattern(pattern);
    const isTaken = [...this.consumers, ...this.commands].some(
      (other) => other.topic === topic && other.group === group,
    );
    if (isTaken) throw new Error(`two handlers for topic ${topic} in group ${group}`);
    super.addHandler(pattern, callback, isEventHandler, extras);
    const invoke = (payload: unknown): Promise<unknown> => outcomeOf(callback(payload, { topic, group }));
    if (isEventHandler)
      this.consumers.push({
        topic,
        group,
        extras,
        handle: invoke,
        runner: this.createRunner({ topic, group }, { extras, invoke }),
      });
    else this.commands.push({ topic, group, handle: invoke });
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

  /** Finishes the work in hand within the deadline; what only waits for its next attempt is left to be delivered again. */
  async close(): Promise<void> {
    for (const { runner } of this.consumers) runner.stop();
    await this.transport.carrier.stop(this.transport.closeDeadlineMs ?? 10_000);
  }

  on(): never {
    throw new Error('the transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.transport.carrier as T;
  }

  /** Empty when healthy; for liveness and readiness. */
  problems(): readonly string[] {
    const stallMs = this.transport.stallMs ?? 60_000;
    const stalled = this.consumers.filter(({ subscription }) => {
      const progress = subscription?.progress();
      return progress !== undefined && !progress.isIdle && Date.now() - progress.lastProgressAtMs > stallMs;
    });
    return [
      ...this.transport.carrier.problems(),
      ...stalled.map(({ topic, group }) => `consumer ${group} of ${topic} has made no progress for ${stallMs} ms`),
    ];
  }

  /** The groups that handle events here, and so can be replayed here. */
  eventGroups(): readonly HandlerPattern[] {
    return this.consumers.map(({ topic, group }) => ({ topic, group }));
  }

  /** Replays parked messages through the handlers of this process, key by key; works without `listen`. */
  async replayParked(filter: Pick<ParkedFilter, 'group' | 'topic' | 'key' | 'limit'>): Promise<readonly OrderReplay[]> {
    const reports: OrderReplay[] = [];
    for (const consumer of this.consumers) {
      if ((filter.group ?? consumer.group) !== consumer.group || (filter.topic ?? consumer.topic) !== consumer.topic)
        continue;
      const lot = this.parkingLotFor(consumer.group);
      const orders = await lot.orders({ ...filter, group: consumer.group, topic: consumer.topic });
      for (const { group, topic, key } of orders) {
        const report = await lot.replay({ group, topic, key }, async (wire) => {
          await consumer.handle([decodeMessage(wire, this.dataVersionMaxOf(consumer.extras))]);
        });
        reports.push({ group, topic, key, ...report });
      }
    }
    return reports;
  }

  private async start(): Promise<void> {
    if (!this.isAttached)
      throw new Error("the transport must be connected with attachTransport, or handlers' errors are lost");
    const { carrier } = this.transport;
    await carrier.start();
    await Promise.all(this.commands.map(({ topic, group, handle }) => carrier.serve(topic, group, handle)));
    await Promise.all(
      this.consumers.map(async (consumer) => {
        const { topic, group, extras, runner } = consumer;
        consumer.subscription = await carrier.subscribe({
          group,
          topics: [topic],
          from: extras.from ?? 'beginning',
          batchSizeMax: extras.batchSizeMax ?? 500,
          onBatch: (batch) => runner.run(batch),
          onOwnershipChange: () => runner.ownershipChanged(),
        });
      }),
    );
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
    });
  }

  private parkingLotFor(group: string): ParkingLot {
    return this.transport.parkingLotOf(group.slice(0, group.indexOf('.')));
  }

  private dataVersionMaxOf(extras: EventPatternExtras): number {
    return extras.dataVersionMax ?? this.transport.dataVersionMax ?? 1;
  }
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
