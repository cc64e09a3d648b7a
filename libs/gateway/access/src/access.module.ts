import { Module, type DynamicModule } from '@nestjs/common';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { SecretKeeper } from '@paymatch/platform-secrets';
import { API_KEYS, MERCHANTS, type ApiKeys } from './access.ports.js';
import { createOAuthClients } from './access-stores.js';
import { BRANDS } from './brand/brand.ports.js';
import { BrandsStore } from './brand/brands.store.js';
import { ApiKeysStore } from './api-keys.store.js';
import { CALLER_GATE, CallerGate } from './caller-gate.js';
import { MerchantsStore } from './merchants.store.js';
import { OAUTH_CLIENTS } from './oauth/oauth.ports.js';
import { PlansStore } from './plans/plans.store.js';
import { API_REQUESTS } from './requests/api-requests.js';
import { apiRequestsProvider, ApiRequestsRecorder } from './requests/api-requests.recorder.js';
import { SharedRateLimiter } from './shared-rate-limiter.js';
import { SharedVisitorLimiter, VISITOR_LIMITER } from './visitor-limiter.js';
import { SUBSCRIPTION_GATE, SubscriptionGate } from './plans/subscription-gate.js';

export interface AccessOptions {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
}

/** Who may come in. Global: every face of the gateway asks it. */
@Module({})
export class AccessModule {
  static register({ database, secret }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      providers: [
        { provide: MERCHANTS, useValue: new MerchantsStore(database) },
        { provide: BRANDS, useValue: new BrandsStore(database) },
        {
          provide: API_KEYS,
          useFactory: (clock: Clock) => new ApiKeysStore(database, new SecretKeeper(secret), clock),
          inject: [CLOCK],
        },
        {
          provide: OAUTH_CLIENTS,
          useFactory: (clock: Clock) => createOAuthClients({ database, secret, clock }),
          inject: [CLOCK],
        },
        {
          provide: CALLER_GATE,
          useFactory: (keys: ApiKeys, clock: Clock) => new CallerGate(keys, new SharedRateLimiter(database), clock),
          inject: [API_KEYS, CLOCK],
        },
        apiRequestsProvider(database),
        ApiRequestsRecorder,
        { provide: VISITOR_LIMITER, useValue: new SharedVisitorLimiter(database) },
        {
          provide: SUBSCRIPTION_GATE,
          useFactory: (clock: Clock) => new SubscriptionGate(new PlansStore(database), clock),
          inject: [CLOCK],
        },
      ],
      exports: [
        ...[MERCHANTS, BRANDS, API_KEYS, OAUTH_CLIENTS, CALLER_GATE, VISITOR_LIMITER, SUBSCRIPTION_GATE, API_REQUESTS],
      ],
    };
  }
}
