import { Inject, Module, type OnApplicationShutdown, type DynamicModule } from '@nestjs/common';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import {
  CLOCK,
  LOGGER,
  METRICS,
  watchQueues,
  type Clock,
  type Logger,
  type Metrics,
} from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { BusPaymentHistories } from './bus-payment-histories.js';
import { BusPaymentsClient } from './bus-payments-client.js';
import { PaymentEventsConsumer } from './payment-events.consumer.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';
import { CHANGE_NEWS, type ChangeNews } from './changes/change-news.ports.js';
import { ChangesConsumer } from './changes/changes.consumer.js';
import { PostgresChangeNews } from './changes/postgres-change-news.js';
import { CustomerBookQueries } from './customers/customer-book.js';
import { CUSTOMER_BOOK } from './customers/customer-book.ports.js';
import { PAGE_OPENINGS } from './openings/page-openings.ports.js';
import { PostgresPageOpenings } from './openings/postgres-page-openings.js';
import { PAYMENT_FIGURES } from './payment-figures.ports.js';
import { PaymentFiguresQueries } from './payment-figures.js';
import { REFUND_BOOK } from './refund-book.ports.js';
import { RefundBookQueries } from './refund-book.js';
import { PAYMENT_FINDER } from './payment-finder.ports.js';
import { PaymentFinderQueries } from './payment-finder.js';
import { PaymentSearchQueries } from './payment-search.query.js';
import { PAYMENT_HISTORIES, PAYMENT_READ_MODEL, PAYMENT_SEARCH, PAYMENTS_CLIENT } from './read-models.ports.js';

export interface ReadModelsOptions {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
}

/** The gateway's own picture of the payments, and the way to change one. Global: every face reads it. */
@Module({})
export class ReadModelsModule implements OnApplicationShutdown {
  constructor(
    @Inject(PAYMENT_READ_MODEL) private readonly readModel: PostgresPaymentReadModel,
    @Inject(CHANGE_NEWS) private readonly news: PostgresChangeNews,
    @Inject(METRICS) metrics: Metrics,
  ) {
    watchQueues(metrics, () => ({ 'gateway.read-models': readModel.depth }));
  }

  static register(options: ReadModelsOptions): DynamicModule {
    return {
      module: ReadModelsModule,
      global: true,
      controllers: [PaymentEventsConsumer, ChangesConsumer],
      providers: [
        {
          provide: PAYMENT_READ_MODEL,
          useFactory: (logger: Logger, news: ChangeNews) =>
            new PostgresPaymentReadModel(options.database, logger, news),
          inject: [LOGGER, CHANGE_NEWS],
        },
        {
          provide: CHANGE_NEWS,
          useFactory: (logger: Logger) => new PostgresChangeNews(options.database, logger),
          inject: [LOGGER],
        },
        {
          provide: PAGE_OPENINGS,
          useFactory: (logger: Logger) => new PostgresPageOpenings(options.database, logger),
          inject: [LOGGER],
        },
        { provide: PAYMENT_SEARCH, useValue: new PaymentSearchQueries(options.database) },
        { provide: PAYMENT_FINDER, useValue: new PaymentFinderQueries(options.database) },
        { provide: REFUND_BOOK, useValue: new RefundBookQueries(options.database) },
        { provide: CUSTOMER_BOOK, useValue: new CustomerBookQueries(options.database) },
        { provide: PAYMENT_FIGURES, useValue: new PaymentFiguresQueries(options.database) },
        {
          provide: PAYMENTS_CLIENT,
          useFactory: (bus: MessageBus, readModel: PostgresPaymentReadModel) => new BusPaymentsClient(bus, readModel),
          inject: [MESSAGE_BUS, PAYMENT_READ_MODEL],
        },
        {
          provide: PAYMENT_HISTORIES,
          useFactory: (bus: MessageBus, clock: Clock) => new BusPaymentHistories(bus, clock),
          inject: [MESSAGE_BUS, CLOCK],
        },
      ],
      exports: [
        PAYMENT_READ_MODEL,
        PAYMENTS_CLIENT,
        PAYMENT_SEARCH,
        PAYMENT_FINDER,
        PAYMENT_FIGURES,
        CUSTOMER_BOOK,
        CHANGE_NEWS,
        REFUND_BOOK,
        PAGE_OPENINGS,
        PAYMENT_HISTORIES,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.readModel.close();
    await this.news.close();
  }
}
