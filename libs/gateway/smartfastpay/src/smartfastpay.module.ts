import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { GATEWAY_DATABASE } from '@paymatch/gateway-edge';
import {
  CallerGate,
  credentialPurposes,
  OAUTH_CLIENTS,
  SharedRateLimiter,
  SUBSCRIPTION_GATE,
  type OAuthClients,
  type SubscriptionGate,
} from '@paymatch/gateway-access';
import {
  PAYMENT_READ_MODEL,
  PAYMENT_SEARCH,
  PAYMENTS_CLIENT,
  type PaymentReadModel,
  type PaymentsClient,
  type PaymentSearch,
} from '@paymatch/gateway-read-models';
import {
  EXCHANGE_RATES,
  RECEIVING_ACCOUNTS,
  type ExchangeRates,
  type ReceivingAccounts,
} from '@paymatch/gateway-receiving';
import { webhookSecretPurpose } from '@paymatch/contracts';
import type { Values } from '@paymatch/platform-config';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { KeyedDigest, TextSealer } from '@paymatch/platform-secrets';
import { namedProvider } from '@paymatch/platform-service';
import { AccountController } from './account.controller.js';
import { CallbackSecretController } from './callback-secret.controller.js';
import { AccessTokens } from './oauth/access-token.js';
import { ACCESS_TOKENS, TokenController } from './oauth/token.controller.js';
import { PaymentCreation } from './payment-creation.js';
import { PAYMENT_CREATION, PaymentsController } from './payments.controller.js';
import { PixCallbackController } from './pix-callback.controller.js';
import { SMARTFASTPAY_DESK, SmartFastPayDesk, WEBHOOK_SECRETS } from './smartfastpay.desk.js';
import type { smartFastPaySettings } from './smartfastpay.settings.js';

export interface SmartFastPayModuleOptions extends Values<typeof smartFastPaySettings> {
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
  /** The gateway's public base, without a trailing slash. */
  readonly publicUrl: string;
}

const SMARTFASTPAY_GATE = Symbol('SmartFastPayGate');

/**
 * Contract B's API. Needs `AccessModule`, `ReceivingModule` and `ReadModelsModule` in the same application, and
 * `smartFastPayFaces` at its edge.
 */
@Module({})
export class SmartFastPayModule {
  static register(options: SmartFastPayModuleOptions): DynamicModule {
    return {
      module: SmartFastPayModule,
      controllers: [
        TokenController,
        PaymentsController,
        AccountController,
        CallbackSecretController,
        PixCallbackController,
      ],
      providers: [...credentialProviders(options), ...paymentProviders(options)],
    };
  }
}

function credentialProviders({ secret }: SmartFastPayModuleOptions): Provider[] {
  const tokens = new KeyedDigest(secret, credentialPurposes.accessTokens);
  return [
    {
      provide: ACCESS_TOKENS,
      useFactory: (clients: OAuthClients, clock: Clock) => new AccessTokens(clients, tokens, clock),
      inject: [OAUTH_CLIENTS, CLOCK],
    },
    {
      provide: SMARTFASTPAY_GATE,
      useFactory: (tokens: AccessTokens, clock: Clock, database: Database) =>
        new CallerGate(tokens, new SharedRateLimiter(database), clock),
      inject: [ACCESS_TOKENS, CLOCK, GATEWAY_DATABASE],
    },
    { provide: WEBHOOK_SECRETS, useValue: new TextSealer(secret, webhookSecretPurpose) },
  ];
}

interface DeskParts {
  readonly gate: CallerGate;
  readonly readModel: PaymentReadModel;
  readonly search: PaymentSearch;
  readonly clock: Clock;
}

interface CreationParts {
  readonly payments: PaymentsClient;
  readonly search: PaymentSearch;
  readonly rates: ExchangeRates;
  readonly accounts: ReceivingAccounts;
  readonly subscriptions: SubscriptionGate;
  readonly readModel: PaymentReadModel;
  readonly clock: Clock;
}

function paymentProviders(options: SmartFastPayModuleOptions): Provider[] {
  return [
    namedProvider<DeskParts>(
      SMARTFASTPAY_DESK,
      { gate: SMARTFASTPAY_GATE, readModel: PAYMENT_READ_MODEL, search: PAYMENT_SEARCH, clock: CLOCK },
      (parts) => new SmartFastPayDesk({ ...parts, publicUrl: options.publicUrl }),
    ),
    namedProvider<CreationParts>(
      PAYMENT_CREATION,
      {
        payments: PAYMENTS_CLIENT,
        search: PAYMENT_SEARCH,
        rates: EXCHANGE_RATES,
        accounts: RECEIVING_ACCOUNTS,
        subscriptions: SUBSCRIPTION_GATE,
        readModel: PAYMENT_READ_MODEL,
        clock: CLOCK,
      },
      ({ readModel, ...parts }) =>
        new PaymentCreation({ ...parts, createdSince: readModel.createdSince.bind(readModel) }, options),
    ),
  ];
}
