import { Inject, Module, type DynamicModule, type OnModuleInit, type Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { BRANDS, MERCHANTS, SUBSCRIPTION_GATE } from '@paymatch/gateway-access';
import { PAYMENT_LINKS, WALLETS } from '@paymatch/gateway-receiving';
import { PAGE_OPENINGS, PAYMENT_FIGURES, PAYMENT_READ_MODEL, PAYMENTS_CLIENT } from '@paymatch/gateway-read-models';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { FastifyInstance } from 'fastify';
import { namedProvider } from '@paymatch/platform-service';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutDesk } from './checkout.desk.js';
import { CheckoutGate } from './checkout.gate.js';
import { CheckoutLiveController } from './checkout-live.controller.js';
import {
  CHECKOUT_OPTIONS,
  CHECKOUT_SURROUNDINGS,
  type CheckoutOptions,
  type CheckoutSurroundings,
} from './checkout.options.js';
import { CHECKOUT_PORTS, type CheckoutPorts } from './checkout.ports.js';
import { LinkController } from './links/link.controller.js';
import { LinkDesk } from './links/link.desk.js';
import { PaymentStreams } from './payment-streams.js';
import { TrxSubmission } from './trx-submission.js';

/**
 * The customer's pages under `/pay` and `/l`. Needs `MERCHANTS`, `BRANDS`, `VISITOR_LIMITER`, `SUBSCRIPTION_GATE`,
 * `WALLETS`, `PAYMENT_LINKS`, `PAYMENT_READ_MODEL`, `PAYMENT_FIGURES`, `PAGE_OPENINGS`, `PAYMENTS_CLIENT`, `LOGGER` and
 * `CLOCK` in reach.
 */
@Module({})
export class CheckoutModule implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
    @Inject(PaymentStreams) private readonly streams: PaymentStreams,
  ) {}

  /** Before the server waits for what is in hand. */
  onModuleInit(): void {
    this.http.httpAdapter.getInstance<FastifyInstance>().addHook('preClose', async () => this.streams.stop());
  }

  static register(options: CheckoutOptions): DynamicModule {
    const surroundings: Provider = {
      provide: CHECKOUT_SURROUNDINGS,
      inject: options.clock === undefined ? [LOGGER, CLOCK] : [LOGGER],
      useFactory: (logger: Logger, clock?: Clock): CheckoutSurroundings => ({ logger, clock: options.clock ?? clock! }),
    };
    const ports = namedProvider<CheckoutPorts>(
      CHECKOUT_PORTS,
      {
        payments: PAYMENT_READ_MODEL,
        client: PAYMENTS_CLIENT,
        openings: PAGE_OPENINGS,
        merchants: MERCHANTS,
        brands: BRANDS,
        wallets: WALLETS,
        figures: PAYMENT_FIGURES,
        links: PAYMENT_LINKS,
        subscriptions: SUBSCRIPTION_GATE,
      },
      (parts) => parts,
    );
    return {
      module: CheckoutModule,
      imports: [...(options.imports ?? [])],
      controllers: [CheckoutController, CheckoutLiveController, LinkController],
      providers: [
        { provide: CHECKOUT_OPTIONS, useValue: options },
        surroundings,
        ports,
        CheckoutDesk,
        CheckoutGate,
        LinkDesk,
        PaymentStreams,
        TrxSubmission,
      ],
    };
  }
}
