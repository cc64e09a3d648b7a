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

const PURGE_EVERY_MS = 3_600_000;

export const GATEWAY_DATABASE = Symbol('GatewayDatabase');

export interface EdgeOptions {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
}

/** Clears old idempotency keys away once an hour. */
class IdempotencyPurge implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(IDEMPOTENCY) private readonly store: IdempotencyStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.store
        .purge()
        .catch((error: unknown) =>
          this.logger.warn('old idempotency keys could not be cleared; tried again in an hour', { error }),
        );
    }, PURGE_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
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
