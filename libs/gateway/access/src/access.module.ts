import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import {
  API_KEYS,
  DEVICE_ENROLMENTS,
  DEVICES,
  GATEWAY_DATABASE,
  MERCHANTS,
  WALLETS,
  type ApiKeys,
} from './access.ports.js';
import { ApiKeysStore } from './api-keys.store.js';
import { CALLER_GATE, CallerGate } from './caller-gate.js';
import { DeviceEnrolmentsStore } from './device-enrolments.store.js';
import { DevicesStore } from './devices.store.js';
import { IDEMPOTENCY, IdempotencyStore } from './idempotency.store.js';
import { MerchantsStore } from './merchants.store.js';
import { RateLimiter } from './rate-limiter.js';
import { SecretKeeper } from './secret-keeper.js';
import { WalletsStore } from './wallets.store.js';

const PURGE_EVERY_MS = 3_600_000;

export interface AccessOptions {
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

/** Who may come in. Global: every face of the gateway asks it. */
@Module({})
export class AccessModule {
  static register(options: AccessOptions): DynamicModule {
    const { database } = options;
    const secrets = new SecretKeeper(options.secret);
    return {
      module: AccessModule,
      global: true,
      providers: [
        { provide: GATEWAY_DATABASE, useValue: database },
        { provide: MERCHANTS, useValue: new MerchantsStore(database) },
        { provide: WALLETS, useValue: new WalletsStore(database) },
        { provide: DEVICES, useValue: new DevicesStore(database, secrets) },
        {
          provide: DEVICE_ENROLMENTS,
          useFactory: (clock: Clock) => new DeviceEnrolmentsStore(database, secrets, clock),
          inject: [CLOCK],
        },
        {
          provide: API_KEYS,
          useFactory: (clock: Clock) => new ApiKeysStore(database, secrets, clock),
          inject: [CLOCK],
        },
        {
          provide: CALLER_GATE,
          useFactory: (keys: ApiKeys, clock: Clock) => new CallerGate(keys, new RateLimiter(), clock),
          inject: [API_KEYS, CLOCK],
        },
        {
          provide: IDEMPOTENCY,
          useFactory: (clock: Clock) => new IdempotencyStore(database, { secrets, clock }),
          inject: [CLOCK],
        },
        IdempotencyPurge,
      ],
      exports: [GATEWAY_DATABASE, MERCHANTS, WALLETS, DEVICES, DEVICE_ENROLMENTS, API_KEYS, CALLER_GATE, IDEMPOTENCY],
    };
  }
}
