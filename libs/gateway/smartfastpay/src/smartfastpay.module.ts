import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { CallerGate, RateLimiter } from '@paymatch/gateway-access';
import {
  PAYMENT_READ_MODEL,
  PAYMENT_SEARCH,
  PAYMENTS_CLIENT,
  type PaymentReadModel,
  type PaymentsClient,
  type PaymentSearch,
} from '@paymatch/gateway-read-models';
import type { Values } from '@paymatch/platform-config';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { AccountController } from './account.controller.js';
import { ExchangeDesk } from './exchange/exchange-desk.js';
import { EXCHANGE_RATES, EXCHANGE_TABLE, type ExchangeRates, type ExchangeTable } from './exchange/exchange.ports.js';
import { OperatorExchangeTable } from './exchange/operator-table.source.js';
import { PtaxSource } from './exchange/ptax.source.js';
import { AccessTokens } from './oauth/access-token.js';
import { CredentialKeys } from './oauth/credential-keys.js';
import { OAuthClientsStore } from './oauth/oauth-clients.store.js';
import { OAUTH_CLIENTS, type OAuthClients } from './oauth/oauth.ports.js';
import { ACCESS_TOKENS, TokenController } from './oauth/token.controller.js';
import { PaymentCreation } from './payment-creation.js';
import { PAYMENT_CREATION, PaymentsController } from './payments.controller.js';
import { PIX_INBOX, PixCallbackController } from './pix/pix-callback.controller.js';
import { PixInbox } from './pix/pix-inbox.js';
import { REFUSED_PIX_ENTRIES } from './pix/refused-entries.ports.js';
import { RefusedPixEntriesStore } from './pix/refused-entries.store.js';
import { ReceivingAccountsStore } from './receiving/receiving-accounts.store.js';
import { RECEIVING_ACCOUNTS, type ReceivingAccounts } from './receiving/receiving-accounts.ports.js';
import { SMARTFASTPAY_DESK, SmartFastPayDesk } from './smartfastpay.desk.js';
import type { smartFastPaySettings } from './smartfastpay.settings.js';

export interface SmartFastPayModuleOptions extends Values<typeof smartFastPaySettings> {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
}

const SMARTFASTPAY_GATE = Symbol('SmartFastPayGate');
const PTAX_SOURCE = Symbol('PtaxSource');

/** Contract B's API. Global: the panel sets what it rests on. Needs `AccessModule` and `ReadModelsModule` in the same application, and `smartFastPayFaces` at its edge. */
@Module({})
export class SmartFastPayModule implements OnApplicationShutdown {
  constructor(@Inject(PTAX_SOURCE) private readonly ptax: PtaxSource) {}

  static register(options: SmartFastPayModuleOptions): DynamicModule {
    return {
      module: SmartFastPayModule,
      global: true,
      controllers: [TokenController, PaymentsController, AccountController, PixCallbackController],
      providers: [...credentialProviders(options), ...exchangeProviders(options), ...paymentProviders(options)],
      exports: [OAUTH_CLIENTS, RECEIVING_ACCOUNTS, EXCHANGE_TABLE, EXCHANGE_RATES, REFUSED_PIX_ENTRIES],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.ptax.close();
  }
}

function credentialProviders({ database, secret }: SmartFastPayModuleOptions): Provider[] {
  const keys = new CredentialKeys(secret);
  return [
    {
      provide: OAUTH_CLIENTS,
      useFactory: (clock: Clock) => new OAuthClientsStore(database, keys, clock),
      inject: [CLOCK],
    },
    {
      provide: ACCESS_TOKENS,
      useFactory: (clients: OAuthClients, clock: Clock) => new AccessTokens(clients, keys, clock),
      inject: [OAUTH_CLIENTS, CLOCK],
    },
    {
      provide: SMARTFASTPAY_GATE,
      useFactory: (tokens: AccessTokens, clock: Clock) => new CallerGate(tokens, new RateLimiter(), clock),
      inject: [ACCESS_TOKENS, CLOCK],
    },
    { provide: RECEIVING_ACCOUNTS, useValue: new ReceivingAccountsStore(database, keys) },
    { provide: REFUSED_PIX_ENTRIES, useValue: new RefusedPixEntriesStore(database) },
  ];
}

function exchangeProviders(options: SmartFastPayModuleOptions): Provider[] {
  const times = { cacheMs: options.exchangeCacheSeconds * 1_000, ageMaxMs: options.exchangeAgeMaxHours * 3_600_000 };
  return [
    {
      provide: EXCHANGE_TABLE,
      useFactory: (clock: Clock) => new OperatorExchangeTable(options.database, clock),
      inject: [CLOCK],
    },
    {
      provide: PTAX_SOURCE,
      useFactory: (clock: Clock) =>
        new PtaxSource({ baseUrl: options.ptaxUrl, timeoutMs: options.exchangeTimeoutMs }, clock),
      inject: [CLOCK],
    },
    {
      provide: EXCHANGE_RATES,
      useFactory: (...[table, ptax, clock, logger]: readonly [ExchangeTable, PtaxSource, Clock, Logger]) =>
        new ExchangeDesk(options.exchangeSource === 'ptax' ? ptax : table, { clock, logger }, times),
      inject: [EXCHANGE_TABLE, PTAX_SOURCE, CLOCK, LOGGER],
    },
  ];
}

function paymentProviders(options: SmartFastPayModuleOptions): Provider[] {
  return [
    {
      provide: SMARTFASTPAY_DESK,
      useFactory: (
        ...[gate, readModel, search, clock]: readonly [CallerGate, PaymentReadModel, PaymentSearch, Clock]
      ) => new SmartFastPayDesk({ gate, readModel, search, clock }),
      inject: [SMARTFASTPAY_GATE, PAYMENT_READ_MODEL, PAYMENT_SEARCH, CLOCK],
    },
    {
      provide: PAYMENT_CREATION,
      useFactory: (
        ...[payments, search, rates, accounts, clock]: readonly [
          PaymentsClient,
          PaymentSearch,
          ExchangeRates,
          ReceivingAccounts,
          Clock,
        ]
      ) => new PaymentCreation({ payments, search, rates, accounts, clock }, options),
      inject: [PAYMENTS_CLIENT, PAYMENT_SEARCH, EXCHANGE_RATES, RECEIVING_ACCOUNTS, CLOCK],
    },
    {
      provide: PIX_INBOX,
      useFactory: (bus: MessageBus, clock: Clock, logger: Logger) =>
        new PixInbox({ database: options.database, bus, clock, logger: logger.with({ part: 'smartfastpay' }) }),
      inject: [MESSAGE_BUS, CLOCK, LOGGER],
    },
  ];
}
