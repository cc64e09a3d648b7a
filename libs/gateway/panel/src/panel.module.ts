import { Module, type DynamicModule } from '@nestjs/common';
import {
  API_KEYS, CALLER_GATE, DEVICES, IDEMPOTENCY, MERCHANTS, problemFace, WALLETS,
  type ApiKeysAdmin, type CallerGate, type DevicesAdmin, type IdempotencyStore, type MerchantsAdmin, type WalletsAdmin,
} from '@paymatch/gateway-access';
import { PAYMENT_READ_MODEL, type PaymentReadModel } from '@paymatch/gateway-read-models';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { AccountController } from './account.controller.js';
import { CreditsController } from './credits.controller.js';
import { PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { ReceivingController } from './receiving.controller.js';
import { ReviewCasesController } from './review-cases.controller.js';
import { WebhooksController } from './webhooks.controller.js';

export interface PanelOptions {
  /** Public base of this gateway, without a trailing slash. */
  readonly publicUrl: string;
}

type Parts = [PaymentReadModel, CallerGate, IdempotencyStore, MessageBus, Clock, MerchantsAdmin, ApiKeysAdmin, WalletsAdmin, DevicesAdmin];

/** The panel API answers errors in problem details. */
export const panelFace = problemFace('/api/panel/');

/** What a merchant does with their own account, by a key with `account:write`. Needs `AccessModule` and `ReadModelsModule` in the same application. */
@Module({})
export class PanelModule {
  static register({ publicUrl }: PanelOptions): DynamicModule {
    return {
      module: PanelModule,
      controllers: [AccountController, ReceivingController, ReviewCasesController, CreditsController, WebhooksController],
      providers: [{
        provide: PANEL_DESK,
        useFactory: (...[payments, gate, idempotency, bus, clock, merchants, keys, wallets, devices]: Parts): PanelDesk =>
          ({ payments, gate, idempotency, bus, clock, merchants, keys, wallets, devices, publicUrl }),
        inject: [PAYMENT_READ_MODEL, CALLER_GATE, IDEMPOTENCY, MESSAGE_BUS, CLOCK, MERCHANTS, API_KEYS, WALLETS, DEVICES],
      }],
    };
  }
}
