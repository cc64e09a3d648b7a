import { Module, type DynamicModule } from '@nestjs/common';
import { CALLER_GATE, SUBSCRIPTION_GATE, type CallerGate, type SubscriptionGate } from '@paymatch/gateway-access';
import { GATEWAY_DATABASE, IDEMPOTENCY, type IdempotencyStore } from '@paymatch/gateway-edge';
import { PAYMENT_READ_MODEL, PAYMENTS_CLIENT, type PaymentsClient } from '@paymatch/gateway-read-models';
import { WALLETS, type Wallets } from '@paymatch/gateway-receiving';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { CustomersController } from './customers.controller.js';
import { EventsController } from './events.controller.js';
import { CustomersStore } from './customers.store.js';
import { FASTAAR_DESK, type FastaarDesk } from './fastaar-desk.js';
import type { FastaarSettings } from './fastaar.settings.js';
import { PaymentsController } from './payments.controller.js';
import { PreflightController } from './preflight.controller.js';
import { TestModeController } from './test-mode.controller.js';

type Parts = [
  Database,
  CallerGate,
  SubscriptionGate,
  IdempotencyStore,
  PaymentsClient,
  FastaarDesk['readModel'],
  Wallets,
  MessageBus,
  Clock,
];

/** Contract A's API. Needs `AccessModule`, `ReceivingModule` and `ReadModelsModule` in the same application, and `fastaarFace` at its edge. */
@Module({})
export class FastaarModule {
  static register(settings: FastaarSettings): DynamicModule {
    return {
      module: FastaarModule,
      controllers: [PaymentsController, CustomersController, EventsController, TestModeController, PreflightController],
      providers: [
        {
          provide: FASTAAR_DESK,
          useFactory: (
            ...[database, gate, subscriptions, idempotency, payments, readModel, wallets, bus, clock]: Parts
          ): FastaarDesk => ({
            gate,
            subscriptions,
            idempotency,
            payments,
            readModel,
            wallets,
            bus,
            clock,
            settings,
            customers: new CustomersStore(database),
          }),
          inject: [
            GATEWAY_DATABASE,
            CALLER_GATE,
            SUBSCRIPTION_GATE,
            IDEMPOTENCY,
            PAYMENTS_CLIENT,
            PAYMENT_READ_MODEL,
            WALLETS,
            MESSAGE_BUS,
            CLOCK,
          ],
        },
      ],
    };
  }
}
