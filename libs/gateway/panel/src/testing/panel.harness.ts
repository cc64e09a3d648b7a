import {
  DEVICE_ALERTS,
  receivingEntities,
  receivingMigrations,
  ReceivingModule,
  receivingSettings,
} from '@paymatch/gateway-receiving';
import { EdgeModule, GatewayEdge } from '@paymatch/gateway-edge';
import { readConfig } from '@paymatch/platform-config';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  abilities,
  accessEntities,
  accessMigrations,
  AccessModule,
  API_KEYS,
  MERCHANTS,
  type ApiKeys,
  type Merchants,
} from '@paymatch/gateway-access';
import { type PaymentCommand, type PaymentReply, type PaymentSnapshot } from '@paymatch/contracts';
import { PEOPLE, PeopleModule, peopleMigrations, type MerchantRole, type PeopleStores } from '@paymatch/gateway-people';
import {
  BusPaymentHistories,
  CHANGE_NEWS,
  CUSTOMER_BOOK,
  CustomerBookQueries,
  PAGE_OPENINGS,
  PAYMENT_FIGURES,
  PAYMENT_FINDER,
  PAYMENT_HISTORIES,
  PAYMENT_READ_MODEL,
  PaymentFiguresQueries,
  PaymentFinderQueries,
  PAYMENTS_CLIENT,
  PostgresChangeNews,
  PostgresPageOpenings,
  PostgresPaymentReadModel,
  readModelMigrations,
  REFUND_BOOK,
  RefundBookQueries,
  type PaymentsClient,
} from '@paymatch/gateway-read-models';
import type { FastifyInstance } from 'fastify';
import { smartFastPayMigrations } from '@paymatch/gateway-smartfastpay';
import { deviceMigrations, DeviceModule } from '@paymatch/gateway-device';
import {
  MESSAGE_BUS,
  parkedMessagesMigrationSql,
  parkedReplayMigrationSql,
  Refusal,
  type Message,
  type MessageBus,
} from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, silentLogger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { createTestDatabase } from '@paymatch/platform-testing';
import { BEFORE_TIMEOUT_MS } from '../audit/what-was-before.js';
import { madePayment } from './panel.payments.js';
import { panelMigrations } from '../payment-notes.store.js';
import { panelFace, PanelModule } from '../panel.module.js';
import type { StreamLimits } from '../stream/panel-streams.js';

/** Speaks the bus's port: keeps what was asked, and answers what the test says. */
export class AnsweringBus implements MessageBus {
  readonly asked: { readonly topic: string; readonly message: Message }[] = [];
  readonly published: { readonly topic: string; readonly message: Message }[] = [];
  answer: (command: { readonly type: string }) => unknown = () => {
    throw new Error('no answer is set');
  };

  async publish(topic: string, messages: readonly Message[]): Promise<void> {
    this.published.push(...messages.map((message) => ({ topic, message })));
  }

  /** What the audit log shows as it was before; nothing is there unless a test says so. */
  before: (command: { readonly type: string }) => unknown = () => {
    throw new Refusal('INVALID_COMMAND');
  };

  async request<Reply>(topic: string, message: Message, { timeoutMs }: { readonly timeoutMs: number }): Promise<Reply> {
    if (timeoutMs === BEFORE_TIMEOUT_MS) return this.before(message.data as { type: string }) as Reply;
    this.asked.push({ topic, message });
    return this.answer(message.data as { type: string }) as Reply;
  }
}

export interface PanelShop {
  readonly merchantId: string;
  readonly live: string;
  readonly named: string;
  readonly test: string;
  readonly weak: string;
}

const NEWS_MOMENT_MS = 10;
export const secret = 'a secret of at least thirty-two characters';

interface PaymentKey {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly paymentId: string;
}

/** What the read model knows; tests fill it. */
export const knownPayments: PaymentSnapshot[] = [];

/** Makes the read model know a live payment of that merchant; returns its id. */
export function knowPayment(merchantId: string, changes: Partial<PaymentSnapshot> = {}): string {
  const status = changes.status ?? 'awaiting_verification';
  const completedAt = status === 'completed' || status === 'refunded' ? '2026-06-12T08:20:00.000Z' : null;
  const known = madePayment(merchantId, { status, completedAt, ...changes });
  knownPayments.push(known);
  return known.id;
}

/** Speaks the payments client's port: keeps what was asked, and answers what the test says. */
export const paymentsDouble: PaymentsClient & {
  readonly sent: PaymentCommand[];
  answer: (command: PaymentCommand) => PaymentReply;
} = {
  sent: [],
  answer: () => {
    throw new Error('no answer is set');
  },
  send(command) {
    this.sent.push(command);
    return Promise.resolve().then(() => this.answer(command));
  },
};

/** Stands still until a test moves it. */
export const panelClock = {
  ms: Date.parse('2026-06-12T08:30:00Z'),
  nowMs(): number {
    return this.ms;
  },
};

interface TestParts {
  readonly database: Database;
  readonly news: PostgresChangeNews;
}

@Module({})
class TestPlatformModule {
  static register(bus: MessageBus, readModel: PostgresPaymentReadModel, test: TestParts): DynamicModule {
    const { database, news } = test;
    const providers = [
      { provide: MESSAGE_BUS, useValue: bus },
      {
        provide: PAYMENT_READ_MODEL,
        useValue: {
          find: (key: PaymentKey) =>
            Promise.resolve(
              knownPayments.find(
                (payment) =>
                  payment.id === key.paymentId &&
                  payment.merchantId === key.merchantId &&
                  payment.livemode === key.livemode,
              ) ?? readModel.find(key),
            ),
          createdSince: readModel.createdSince.bind(readModel),
        },
      },
      { provide: PAYMENT_FINDER, useValue: new PaymentFinderQueries(database) },
      { provide: REFUND_BOOK, useValue: new RefundBookQueries(database) },
      { provide: CHANGE_NEWS, useValue: news },
      { provide: CUSTOMER_BOOK, useValue: new CustomerBookQueries(database) },
      { provide: PAGE_OPENINGS, useValue: new PostgresPageOpenings(database, silentLogger) },
      { provide: PAYMENT_FIGURES, useValue: new PaymentFiguresQueries(database) },
      { provide: PAYMENT_HISTORIES, useValue: new BusPaymentHistories(bus, panelClock) },
      { provide: PAYMENTS_CLIENT, useValue: paymentsDouble },
      { provide: LOGGER, useValue: silentLogger },
      { provide: CLOCK, useValue: panelClock },
    ];
    return { module: TestPlatformModule, global: true, providers, exports: providers };
  }
}

/** The panel API on a loopback port, with a real database, the given bus, and a mail server where one is given. */
export async function startPanel(
  bus: MessageBus,
  { smtpUrl = '', streams }: { readonly smtpUrl?: string; readonly streams?: StreamLimits } = {},
) {
  const test = await createTestDatabase({
    schema: 'gateway',
    migrations: [
      ...accessMigrations,
      ...peopleMigrations,
      ...receivingMigrations,
      ...readModelMigrations,
      ...panelMigrations,
      ...deviceMigrations,
      ...smartFastPayMigrations,
    ],
    entities: [...accessEntities, ...receivingEntities],
  });
  for (const sql of [parkedMessagesMigrationSql, parkedReplayMigrationSql]) await test.database.query(sql('gateway'));
  // These shops all show the same accounts; that it takes the operator's word is tried where it is given.
  await test.database.query('ALTER TABLE gateway.wallets DISABLE TRIGGER wallets_of_one_merchant');
  await test.database.query('ALTER TABLE gateway.pix_accounts DISABLE TRIGGER pix_keys_of_one_merchant');
  const news = new PostgresChangeNews(test.database, silentLogger, NEWS_MOMENT_MS);
  const readModel = new PostgresPaymentReadModel(test.database, silentLogger, news);
  const edge = new GatewayEdge({ faces: [panelFace], logger: silentLogger });
  const imports = [
    TestPlatformModule.register(bus, readModel, { database: test.database, news }),
    EdgeModule.register({ database: test.database, secret }),
    AccessModule.register({ database: test.database, secret }),
    PeopleModule.register({ database: test.database, secret, publicUrl: 'https://pay.example.com', smtpUrl }),
    ReceivingModule.register({ ...readConfig(receivingSettings, {}), database: test.database, secret }),
    DeviceModule.register({ database: test.database }),
    PanelModule.register({
      database: test.database,
      publicUrl: 'https://pay.example.com',
      secret,
      shownSettings: [
        { name: 'A', doc: 'a', isSecret: false, isSet: true, value: '1', default: '2' },
        { name: 'B', doc: 'b', isSecret: true, isSet: true, value: null, default: null },
      ],
      ...(streams !== undefined && { streams }),
    }),
  ];
  const adapter = edge.createAdapter();
  const routes: string[] = [];
  adapter.getInstance<FastifyInstance>().addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((name) => `${name} ${url}`));
  });
  const app = await NestFactory.create<NestFastifyApplication>({ module: class Root {}, imports }, adapter, {
    logger: false,
  });
  edge.configure(app);
  await app.listen(0, '127.0.0.1');
  const keys = app.get<ApiKeys>(API_KEYS);
  const merchants = app.get<Merchants>(MERCHANTS);
  const people = app.get<PeopleStores>(PEOPLE);
  return {
    url: await app.getUrl(),
    /** `POST /api/panel/v1/wallets`: every one that is served. */
    routes: routes.filter((route) => route.includes(' /api/panel/') && !route.startsWith('HEAD ')),
    people,
    part: <Part>(token: symbol): Part => app.get<Part>(token),
    /** Somebody with an account, and with a role at that merchant if one is given. */
    enlist: (email: string, place: { readonly merchantId: string; readonly role: MerchantRole } | null = null) =>
      enlist(people, email, place),
    database: test.database,
    readModel,
    news,
    /** What the gateway does every few seconds. */
    sweepDevices: (): Promise<void> => app.get<{ sweep(): Promise<void> }>(DEVICE_ALERTS).sweep(),
    openShop: async (): Promise<PanelShop> => {
      const { id: merchantId } = await merchants.create({ name: 'Shop' });
      const issue = async (
        livemode: boolean,
        given: readonly (typeof abilities)[number][],
        name?: string,
      ): Promise<string> =>
        (
          await keys.issue({
            merchantId,
            livemode,
            abilities: given,
            rateLimitPerMinute: 100_000,
            ...(name !== undefined && { name }),
          })
        ).key;
      return {
        merchantId,
        live: await issue(true, abilities),
        named: await issue(true, abilities, 'Rahima'),
        test: await issue(false, abilities),
        weak: await issue(
          true,
          abilities.filter((ability) => ability !== 'account:write'),
        ),
      };
    },
    stop: async (): Promise<void> => {
      await app.close();
      await readModel.close();
      await news.close();
      await test.drop();
    },
  };
}

export const PASSWORD = 'four horses graze by the river';
/** Argon2id of `PASSWORD` with next to no cost: tests make many people. */
const PASSWORD_HASH = '$argon2id$v=19$m=64,t=1,p=1$0LpogW8D8hx0t8Qgw+11Bg$JvFGuyx6r5+L9qR8Pjy2dLkRH01mu2JtvBG+5EWtwMY';

async function enlist(
  people: PeopleStores,
  email: string,
  place: { readonly merchantId: string; readonly role: MerchantRole } | null,
): Promise<string> {
  return people.database.transaction(async (tx) => {
    const person = { email, name: email.split('@')[0]!, language: 'en', passwordHash: PASSWORD_HASH } as const;
    const userId = await people.users.add({ ...person, isOperator: place === null }, tx);
    if (userId === null) throw new Error(`${email} is there already`);
    if (place !== null) await people.users.join({ ...place, userId }, tx);
    return userId;
  });
}
