import { Module, type DynamicModule } from '@nestjs/common';
import { CALLER_GATE, SUBSCRIPTION_GATE } from '@paymatch/gateway-access';
import { GATEWAY_DATABASE, IDEMPOTENCY } from '@paymatch/gateway-edge';
import { CustomersStore, PAYMENT_READ_MODEL, PAYMENTS_CLIENT } from '@paymatch/gateway-read-models';
import { WALLETS } from '@paymatch/gateway-receiving';
import { MESSAGE_BUS } from '@paymatch/platform-messaging';
import { CLOCK } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { namedProvider } from '@paymatch/platform-service';
import { CustomersController } from './customers.controller.js';
import { EventsController } from './events.controller.js';
import { FASTAAR_DESK, type FastaarDesk } from './fastaar-desk.js';
import type { FastaarSettings } from './fastaar.settings.js';
import { PaymentsController } from './payments.controller.js';
import { PreflightController } from './preflight.controller.js';
import { TEST_CLOCK, TestClockController } from './test-clock/test-clock.controller.js';
import { TestClock, type TestClockParts } from './test-clock/test-clock.js';
import { TestClocksStore } from './test-clock/test-clocks.store.js';
import { TestModeController } from './test-mode.controller.js';

type Parts = Omit<FastaarDesk, 'settings' | 'customers'> & { readonly database: Database };

/**
 * Contract A's API. Needs `AccessModule`, `ReceivingModule` and `ReadModelsModule` in the same application, and
 * `fastaarFace` at its edge.
 */
@Module({})
export class FastaarModule {
  static register(settings: FastaarSettings): DynamicModule {
    return {
      module: FastaarModule,
      controllers: [
        PaymentsController,
        CustomersController,
        EventsController,
        TestModeController,
        TestClockController,
        PreflightController,
      ],
      providers: [
        namedProvider<Parts>(
          FASTAAR_DESK,
          {
            database: GATEWAY_DATABASE,
            gate: CALLER_GATE,
            subscriptions: SUBSCRIPTION_GATE,
            idempotency: IDEMPOTENCY,
            payments: PAYMENTS_CLIENT,
            readModel: PAYMENT_READ_MODEL,
            wallets: WALLETS,
            bus: MESSAGE_BUS,
            clock: CLOCK,
          },
          ({ database, ...parts }): FastaarDesk => ({ ...parts, settings, customers: new CustomersStore(database) }),
        ),
        namedProvider<Omit<TestClockParts, 'store'> & { readonly database: Database }>(
          TEST_CLOCK,
          { database: GATEWAY_DATABASE, payments: PAYMENTS_CLIENT, bus: MESSAGE_BUS, clock: CLOCK },
          ({ database, ...parts }): TestClock => new TestClock({ ...parts, store: new TestClocksStore(database) }),
        ),
      ],
    };
  }
}
