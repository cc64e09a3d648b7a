import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { API_KEYS, BRANDS, MERCHANTS, OAUTH_CLIENTS, SUBSCRIPTION_GATE } from '@paymatch/gateway-access';
import { viewParked, webhookSecretPurpose } from '@paymatch/contracts';
import {
  DEVICE_ALERTS,
  DEVICE_ENROLMENTS,
  DEVICES,
  EXCHANGE_TABLE,
  PAYMENT_LINKS,
  RECEIVING_ACCOUNTS,
  REFUSED_PIX_ENTRIES,
  WALLETS,
} from '@paymatch/gateway-receiving';
import { IDEMPOTENCY, problemFace } from '@paymatch/gateway-edge';
import { PANEL_DOOR, PASSKEYS, PASSWORD_RESETS, PEOPLE, PEOPLE_MAIL, type PanelDoor } from '@paymatch/gateway-people';
import {
  CHANGE_NEWS,
  CUSTOMER_BOOK,
  PAGE_OPENINGS,
  PAYMENT_FIGURES,
  PAYMENT_FINDER,
  PAYMENT_HISTORIES,
  PAYMENT_READ_MODEL,
  PAYMENTS_CLIENT,
  REFUND_BOOK,
  type ChangeNews,
} from '@paymatch/gateway-read-models';
import type { ShownSetting } from '@paymatch/platform-config';
import { MESSAGE_BUS, ParkingDesk } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { TextSealer } from '@paymatch/platform-secrets';
import { namedProvider } from '@paymatch/platform-service';
import { whatWasBefore } from './audit/what-was-before.js';
import { AccountController } from './account.controller.js';
import { ApiRequestsController } from './api-requests.controller.js';
import { BankStatementsController } from './bank-statements.controller.js';
import { BrazilAccountsController } from './brazil-accounts.controller.js';
import { BrandController } from './brand.controller.js';
import { CaseHandoverController } from './case-handover.controller.js';
import { CaseHoldersStore } from './case-holders.store.js';
import { CreditsController } from './credits.controller.js';
import { CustomersController } from './customers.controller.js';
import {
  INSTALLATION_OPTIONS,
  InstallationController,
  type InstallationOptions,
} from './installation/installation.controller.js';
import { OperatorParkedMessagesController } from './installation/operator-parked-messages.controller.js';
import { OperatorNotificationsController } from './installation/operator-notifications.controller.js';
import { ProcessesConsumer } from './installation/processes.consumer.js';
import { PROCESSES, ProcessesStore } from './installation/processes.store.js';
import type { MadeBackup } from './installation/standings.js';
import { DevicesController } from './devices.controller.js';
import { CustomerErasure } from './erasure/customer-erasure.js';
import { CustomerErasureController } from './erasure/customer-erasure.controller.js';
import { ExchangeRatesController } from './exchange-rates.controller.js';
import { OAuthClientsController } from './oauth-clients.controller.js';
import { HOOK_PARTS, installHooks, type HookParts } from './panel-hooks.js';
import { PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { ParkedMessagesController } from './parked-messages.controller.js';
import { ParseMessagesController } from './parse-messages.controller.js';
import { CreditBooksController } from './credit-books.controller.js';
import { PaymentExportsController } from './payment-exports.controller.js';
import { ReviewSettingsController } from './review-settings.controller.js';
import { TodayController } from './today.controller.js';
import { PaymentNotesController } from './payment-notes.controller.js';
import { PaymentNotesStore } from './payment-notes.store.js';
import { RefundsController } from './refunds.controller.js';
import { PaymentListsController } from './payment-lists.controller.js';
import { PaymentLinksController } from './payment-links/payment-links.controller.js';
import { PaymentsController } from './payments.controller.js';
import { AuditController } from './people/audit.controller.js';
import { OperatorController } from './people/operator.controller.js';
import { OperatorAuditController } from './people/operator-audit.controller.js';
import { OperatorPeopleController } from './people/operator-people.controller.js';
import { OperatorMerchantController } from './people/operator-merchant.controller.js';
import { PasskeysController } from './people/passkeys.controller.js';
import { PasswordResetController } from './people/password-reset.controller.js';
import { PeopleController } from './people/people.controller.js';
import { SessionController } from './people/session.controller.js';
import { TotpController } from './people/totp.controller.js';
import { SharedAccountsController } from './people/shared-accounts.controller.js';
import { SetupController } from './people/setup.controller.js';
import { ReviewCasesController } from './review-cases.controller.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { PANEL_STREAMS, PanelStreams, type StreamLimits } from './stream/panel-streams.js';
import { StreamController } from './stream/stream.controller.js';
import { TestModeController } from './test-mode/test-mode.controller.js';
import { TransfersController } from './transfers.controller.js';
import { WalletsController } from './wallets/wallets.controller.js';
import { WebhookAlarmsController } from './webhook-alarms.controller.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookEventsController } from './webhook-events.controller.js';
import { WebhookReplaysController } from './webhook-replays.controller.js';
import { WebhookTestEventsController } from './webhook-test-events.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';

export interface PanelOptions {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** Public base of this gateway, without a trailing slash. */
  readonly publicUrl: string;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
  readonly streams?: StreamLimits;
  readonly shownSettings?: readonly ShownSetting[];
  /** What backups were made of the embedded database; absent where another is used. */
  readonly embeddedBackups?: () => readonly MadeBackup[];
}

type Parts = Omit<
  PanelDesk,
  'publicUrl' | 'holders' | 'notes' | 'erasure' | 'webhookSecrets' | 'ownParking' | 'before'
>;

/** Where each part of the desk is found. */
const parts: { readonly [Name in keyof Parts]: symbol } = {
  payments: PAYMENT_READ_MODEL,
  finder: PAYMENT_FINDER,
  openings: PAGE_OPENINGS,
  figures: PAYMENT_FIGURES,
  customers: CUSTOMER_BOOK,
  refundBook: REFUND_BOOK,
  histories: PAYMENT_HISTORIES,
  paymentCommands: PAYMENTS_CLIENT,
  door: PANEL_DOOR,
  people: PEOPLE,
  mail: PEOPLE_MAIL,
  resets: PASSWORD_RESETS,
  passkeys: PASSKEYS,
  subscriptions: SUBSCRIPTION_GATE,
  idempotency: IDEMPOTENCY,
  bus: MESSAGE_BUS,
  clock: CLOCK,
  merchants: MERCHANTS,
  brands: BRANDS,
  links: PAYMENT_LINKS,
  keys: API_KEYS,
  wallets: WALLETS,
  devices: DEVICES,
  enrolments: DEVICE_ENROLMENTS,
  deviceAlerts: DEVICE_ALERTS,
  accounts: RECEIVING_ACCOUNTS,
  exchange: EXCHANGE_TABLE,
  clients: OAUTH_CLIENTS,
  refusedPix: REFUSED_PIX_ENTRIES,
};

const controllers = [
  SessionController,
  SetupController,
  PasswordResetController,
  TotpController,
  PasskeysController,
  PeopleController,
  OperatorController,
  OperatorMerchantController,
  OperatorPeopleController,
  OperatorAuditController,
  SharedAccountsController,
  AuditController,
  AccountController,
  BrandController,
  WalletsController,
  DevicesController,
  ParseMessagesController,
  ReviewCasesController,
  CaseHandoverController,
  ParkedMessagesController,
  CreditsController,
  BankStatementsController,
  PaymentsController,
  PaymentLinksController,
  PaymentListsController,
  PaymentNotesController,
  RefundsController,
  SavedViewsController,
  PaymentExportsController,
  CreditBooksController,
  ReviewSettingsController,
  TodayController,
  InstallationController,
  OperatorNotificationsController,
  OperatorParkedMessagesController,
  ProcessesConsumer,
  StreamController,
  CustomersController,
  TestModeController,
  TransfersController,
  WebhookEndpointsController,
  WebhookDeliveriesController,
  WebhookEventsController,
  ApiRequestsController,
  WebhookReplaysController,
  WebhookAlarmsController,
  WebhookTestEventsController,
  OAuthClientsController,
  BrazilAccountsController,
  ExchangeRatesController,
  CustomerErasureController,
];

/** The panel API answers errors in problem details. */
export const panelFace = problemFace('/api/panel/');

/**
 * What a merchant's people and programs do with the account. Needs `AccessModule`, `PeopleModule`, `ReceivingModule`,
 * `DeviceModule` and `ReadModelsModule` in the same application.
 */
@Module({})
export class PanelModule implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(HOOK_PARTS) private readonly parts: HookParts,
  ) {}

  onModuleInit(): void {
    installHooks(this.host.httpAdapter.getInstance<FastifyInstance>(), this.parts);
  }

  static register(options: PanelOptions): DynamicModule {
    const { database, publicUrl, secret, streams: limits } = options;
    const notes = new PaymentNotesStore(database);
    const holders = new CaseHoldersStore(database);
    const webhookSecrets = new TextSealer(secret, webhookSecretPurpose);
    const ownParking = new ParkingDesk(database, viewParked);
    return {
      module: PanelModule,
      controllers,
      providers: [
        namedProvider<{ readonly news: ChangeNews; readonly logger: Logger; readonly door: PanelDoor }>(
          PANEL_STREAMS,
          { news: CHANGE_NEWS, logger: LOGGER, door: PANEL_DOOR },
          ({ door, ...found }) =>
            new PanelStreams({ ...found, stillHolds: (caller) => door.stillHolds(caller) }, limits),
        ),
        { provide: PROCESSES, useValue: new ProcessesStore(database) },
        { provide: INSTALLATION_OPTIONS, useValue: options satisfies InstallationOptions },
        namedProvider<HookParts>(
          HOOK_PARTS,
          { people: PEOPLE, logger: LOGGER, news: CHANGE_NEWS, streams: PANEL_STREAMS },
          (found) => found,
        ),
        namedProvider<Parts>(PANEL_DESK, parts, (found): PanelDesk => {
          const { paymentCommands: payments, bus, clock } = found;
          const erasure = new CustomerErasure({ database, payments, bus, clock, secret });
          const made = { webhookSecrets, holders, notes, erasure, ownParking };
          return { ...found, ...made, publicUrl, before: whatWasBefore };
        }),
      ],
    };
  }
}
