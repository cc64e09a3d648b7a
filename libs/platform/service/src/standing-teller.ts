import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { SupervisedLoop } from '@paymatch/platform-loops';
import type { MessageBus } from '@paymatch/platform-messaging';
import type { Clock, Logger, PrometheusMetrics } from '@paymatch/platform-observability';
import type { Health } from './health.js';

const { version } = JSON.parse(readFileSync(path.join(__dirname, '../package.json'), 'utf8')) as { version: string };
const REPORT_EVERY_MS = 10_000;
/** What an operator looks at first; all else is at `/metrics`. */
const REPORTED_FIGURES = [
  'paymatch_consumer_lag_messages',
  'paymatch_relay_lag_rows',
  'paymatch_relay_lag_seconds',
  'paymatch_parked_messages',
  'paymatch_oldest_write_transaction_seconds',
];

export interface StandingOptions {
  readonly topic: string;
  readonly process: string;
  readonly services: readonly string[];
  readonly bus: Pick<MessageBus, 'publish'>;
  readonly health: Health;
  readonly metrics: PrometheusMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Every few seconds each process says how it stands. Services see nothing of each other's databases and addresses, so
 * this goes where everything between them goes: by a topic.
 */
export class StandingTeller {
  private readonly instance: string;
  private readonly since: string;
  private readonly loop: SupervisedLoop;

  constructor(private readonly options: StandingOptions) {
    this.instance = `${options.process}@${hostname()}:${process.pid}`;
    this.since = new Date(options.clock.nowMs()).toISOString();
    const { logger } = options;
    this.loop = new SupervisedLoop({
      name: 'the telling of how this process stands',
      logger,
      everyMs: REPORT_EVERY_MS,
      firstAfterMs: 1_000,
      turn: () => this.tell(),
    });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Not before there is anybody to tell it to, nor while that ends. */
  private async tell(): Promise<void> {
    const { topic, bus, health, metrics, clock, services } = this.options;
    if (!health.hasStarted || health.isStopping) return;
    const figures = await metrics.figures(REPORTED_FIGURES);
    const { status, problems } = health.ready();
    const id = randomUUID();
    const at = new Date(clock.nowMs()).toISOString();
    const data = {
      type: 'processes.standing',
      instance: this.instance,
      services,
      version,
      since: this.since,
      at,
      ready: status === 'ok',
      problems,
      figures,
    };
    if (health.isStopping) return;
    await bus.publish(topic, [
      {
        id,
        type: data.type,
        source: services[0] ?? this.options.process,
        key: this.instance,
        time: at,
        dataVersion: 1,
        correlationId: id,
        causationId: null,
        data,
      },
    ]);
  }
}
