import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { SecretKeeper } from '@paymatch/platform-secrets';
import { IDEMPOTENCY, IdempotencyStore } from './idempotency.store.js';

const PURGE_EVERY_MS = 60_000;

export const GATEWAY_DATABASE = Symbol('GatewayDatabase');

export interface EdgeOptions {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
}

/** Clears old idempotency keys away every minute. */
class IdempotencyPurge implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private isStopped = false;

  constructor(
    @Inject(IDEMPOTENCY) private readonly store: IdempotencyStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.purge(), PURGE_EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.isStopped = true;
    await this.running;
  }

  private async purge(): Promise<void> {
    if (this.running !== null) return;
    this.running = this.store
      .purge(() => this.isStopped)
      .catch((error: unknown) =>
        this.logger.warn('old idempotency keys could not be cleared; tried again in a minute', { error }),
      );
    await this.running;
    this.running = null;
  }
}

/** What every room of the gateway stands on. Global. */
@Module({})
export class EdgeModule {
  static register({ database, secret }: EdgeOptions): DynamicModule {
    return {
      module: EdgeModule,
      global: true,
      providers: [
        { provide: GATEWAY_DATABASE, useValue: database },
        {
          provide: IDEMPOTENCY,
          useFactory: (clock: Clock) => new IdempotencyStore(database, { secrets: new SecretKeeper(secret), clock }),
          inject: [CLOCK],
        },
        IdempotencyPurge,
      ],
      exports: [GATEWAY_DATABASE, IDEMPOTENCY],
    };
  }
}
