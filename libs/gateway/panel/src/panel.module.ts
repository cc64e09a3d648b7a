import { Inject, Module, type DynamicModule, type OnModuleInit, type Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import {
  API_KEYS,
  CALLER_GATE,
  DEVICE_ENROLMENTS,
  DEVICES,
  IDEMPOTENCY,
  MERCHANTS,
  problemFace,
  WALLETS,
  type ApiKeysAdmin,
  type CallerGate,
  type DeviceEnrolments,
  type DevicesAdmin,
  type IdempotencyStore,
  type MerchantsAdmin,
  type WalletsAdmin,
} from '@paymatch/gateway-access';
import { DEVICE_ALERTS, type DeviceAlerts } from '@paymatch/gateway-device';
import {
  PAYMENT_READ_MODEL,
  PAYMENTS_CLIENT,
  type PaymentReadModel,
  type PaymentsClient,
} from '@paymatch/gateway-read-models';
import {
  EXCHANGE_TABLE,
  OAUTH_CLIENTS,
  RECEIVING_ACCOUNTS,
  REFUSED_PIX_ENTRIES,
  type ExchangeTable,
  type OAuthClients,
  type ReceivingAccounts,
  type RefusedPixEntries,
  type SmartFastPayStores,
} from '@paymatch/gateway-smartfastpay';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { AccountController } from './account.controller.js';
import { BankStatementsController } from './bank-statements.controller.js';
import { takeStatementBodies } from './bank-statements.body.js';
import { BrazilAccountsController } from './brazil-accounts.controller.js';
import { CreditsController } from './credits.controller.js';
import { DevicesController } from './devices.controller.js';
import { ExchangeRatesController } from './exchange-rates.controller.js';
import { OAuthClientsController } from './oauth-clients.controller.js';
import { PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { ParseMessagesController } from './parse-messages.controller.js';
import { PaymentsController } from './payments.controller.js';
import { ReceivingController } from './receiving.controller.js';
import { ReviewCasesController } from './review-cases.controller.js';
import { TransfersController } from './transfers.controller.js';
import { WebhooksController } from './webhooks.controller.js';

export interface PanelOptions {
  /** Public base of this gateway, without a trailing slash. */
  readonly publicUrl: string;
}

const BRAZIL_PARTS = Symbol('BrazilParts');

type Parts = [
  PaymentReadModel,
  PaymentsClient,
  CallerGate,
  IdempotencyStore,
  MessageBus,
  Clock,
  MerchantsAdmin,
  ApiKeysAdmin,
  WalletsAdmin,
  DevicesAdmin,
  DeviceEnrolments,
  DeviceAlerts,
  SmartFastPayStores,
];

/** The panel API answers errors in problem details. */
export const panelFace = problemFace('/api/panel/');

/** What a merchant does with their own account, by a key with `account:write`. Needs `AccessModule`, `DeviceModule`, `ReadModelsModule` and `SmartFastPayModule` in the same application. */
@Module({})
export class PanelModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    takeStatementBodies(this.host.httpAdapter.getInstance<FastifyInstance>());
  }

  static register({ publicUrl }: PanelOptions): DynamicModule {
    return {
      module: PanelModule,
      controllers: [
        AccountController,
        ReceivingController,
        DevicesController,
        ParseMessagesController,
        ReviewCasesController,
        CreditsController,
        BankStatementsController,
        PaymentsController,
        TransfersController,
        WebhooksController,
        OAuthClientsController,
        BrazilAccountsController,
        ExchangeRatesController,
      ],
      providers: deskProviders(publicUrl),
    };
  }
}

function deskProviders(publicUrl: string): Provider[] {
  return [
    {
      provide: BRAZIL_PARTS,
      useFactory: (
        ...[clients, accounts, exchange, refusedPix]: readonly [
          OAuthClients,
          ReceivingAccounts,
          ExchangeTable,
          RefusedPixEntries,
        ]
      ): SmartFastPayStores => ({ clients, accounts, exchange, refusedPix }),
      inject: [OAUTH_CLIENTS, RECEIVING_ACCOUNTS, EXCHANGE_TABLE, REFUSED_PIX_ENTRIES],
    },
    {
      provide: PANEL_DESK,
      useFactory: (
        ...[
          payments,
          paymentCommands,
          gate,
          idempotency,
          bus,
          clock,
          merchants,
          keys,
          wallets,
          devices,
          enrolments,
          deviceAlerts,
          brazil,
        ]: Parts
      ): PanelDesk => ({
        payments,
        paymentCommands,
        gate,
        idempotency,
        bus,
        clock,
        merchants,
        keys,
        wallets,
        devices,
        enrolments,
        deviceAlerts,
        brazil,
        publicUrl,
      }),
      inject: [
        PAYMENT_READ_MODEL,
        PAYMENTS_CLIENT,
        CALLER_GATE,
        IDEMPOTENCY,
        MESSAGE_BUS,
        CLOCK,
        MERCHANTS,
        API_KEYS,
        WALLETS,
        DEVICES,
        DEVICE_ENROLMENTS,
        DEVICE_ALERTS,
        BRAZIL_PARTS,
      ],
    },
  ];
}
