import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import type { Values } from '@paymatch/platform-config';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { SecretKeeper } from '@paymatch/platform-secrets';
import { namedProvider } from '@paymatch/platform-service';
import { DeviceEnrolmentsStore } from './device-enrolments.store.js';
import { DevicesStore } from './devices.store.js';
import { ExchangeDesk } from './exchange/exchange-desk.js';
import { EXCHANGE_RATES, EXCHANGE_TABLE, type ExchangeTable } from './exchange/exchange.ports.js';
import { OperatorExchangeTable } from './exchange/operator-table.source.js';
import { PtaxSource } from './exchange/ptax.source.js';
import { PAYMENT_LINKS } from './payment-links/payment-links.ports.js';
import { PaymentLinksStore } from './payment-links/payment-links.store.js';
import { PIX_INBOX, PixInbox } from './pix/pix-inbox.js';
import { REFUSED_PIX_ENTRIES } from './pix/refused-entries.ports.js';
import { RefusedPixEntriesStore } from './pix/refused-entries.store.js';
import { RECEIVING_ACCOUNTS } from './receiving-accounts.ports.js';
import { createReceivingAccounts } from './receiving-stores.js';
import { DEVICE_ENROLMENTS, DEVICES, WALLETS } from './receiving.ports.js';
import type { receivingSettings } from './receiving.settings.js';
import { WalletsStore } from './wallets.store.js';

export interface ReceivingOptions extends Values<typeof receivingSettings> {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
}

const PTAX_SOURCE = Symbol('PtaxSource');

/**
 * Where merchants receive money: wallets and the phones that watch them, Pix and bank accounts, exchange rates. Global.
 */
@Module({})
export class ReceivingModule implements OnApplicationShutdown {
  constructor(@Inject(PTAX_SOURCE) private readonly ptax: PtaxSource) {}

  static register(options: ReceivingOptions): DynamicModule {
    const { database } = options;
    const secrets = new SecretKeeper(options.secret);
    return {
      module: ReceivingModule,
      global: true,
      providers: [
        { provide: WALLETS, useValue: new WalletsStore(database) },
        { provide: DEVICES, useValue: new DevicesStore(database, secrets) },
        {
          provide: DEVICE_ENROLMENTS,
          useFactory: (clock: Clock) => new DeviceEnrolmentsStore(database, secrets, clock),
          inject: [CLOCK],
        },
        { provide: RECEIVING_ACCOUNTS, useValue: createReceivingAccounts(database, options.secret) },
        {
          provide: PIX_INBOX,
          useFactory: (bus: MessageBus, clock: Clock, logger: Logger) => new PixInbox({ database, bus, clock, logger }),
          inject: [MESSAGE_BUS, CLOCK, LOGGER],
        },
        { provide: PAYMENT_LINKS, useValue: new PaymentLinksStore(database) },
        { provide: REFUSED_PIX_ENTRIES, useValue: new RefusedPixEntriesStore(database) },
        ...exchangeProviders(options),
      ],
      exports: [
        WALLETS,
        DEVICES,
        DEVICE_ENROLMENTS,
        RECEIVING_ACCOUNTS,
        PAYMENT_LINKS,
        PIX_INBOX,
        REFUSED_PIX_ENTRIES,
        EXCHANGE_TABLE,
        EXCHANGE_RATES,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.ptax.close();
  }
}

interface ExchangeParts {
  readonly table: ExchangeTable;
  readonly ptax: PtaxSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

function exchangeProviders(options: ReceivingOptions): Provider[] {
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
    namedProvider<ExchangeParts>(
      EXCHANGE_RATES,
      { table: EXCHANGE_TABLE, ptax: PTAX_SOURCE, clock: CLOCK, logger: LOGGER },
      ({ table, ptax, clock, logger }) =>
        new ExchangeDesk(options.exchangeSource === 'ptax' ? ptax : table, { clock, logger }, times),
    ),
  ];
}
