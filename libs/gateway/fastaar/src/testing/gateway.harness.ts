import { EdgeModule, GatewayEdge } from '@paymatch/gateway-edge';
import {
  receivingEntities,
  receivingMigrations,
  ReceivingModule,
  receivingSettings,
  WALLETS,
  type Wallets,
} from '@paymatch/gateway-receiving';
import { readConfig } from '@paymatch/platform-config';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Module, type DynamicModule } from '@nestjs/common';
import {
  accessEntities,
  accessMigrations,
  AccessModule,
  API_KEYS,
  MERCHANTS,
  type Ability,
  type ApiKeys,
  type MerchantsAdmin,
} from '@paymatch/gateway-access';
import {
  PAYMENT_READ_MODEL,
  readModelMigrations,
  ReadModelsModule,
  type PaymentReadModel,
} from '@paymatch/gateway-read-models';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, silentLogger, METRICS, noMetrics } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { fastaarMigrations } from '../fastaar.migrations.js';
import { fastaarFace } from '../fastaar.errors.js';
import { FastaarModule } from '../fastaar.module.js';

export const PUBLIC_URL = 'https://pay.example.com';

@Module({})
class TestPlatformModule {
  static register(tools: { readonly bus: MessageBus; readonly clock: { nowMs(): number } }): DynamicModule {
    const providers = [
      { provide: MESSAGE_BUS, useValue: tools.bus },
      { provide: LOGGER, useValue: silentLogger },
      { provide: METRICS, useValue: noMetrics },
      { provide: CLOCK, useValue: tools.clock },
    ];
    return { module: TestPlatformModule, global: true, providers, exports: providers };
  }
}

export interface Shop {
  readonly merchantId: string;
  readonly live: string;
  readonly test: string;
}

export interface RunningGateway {
  readonly url: string;
  readonly clock: { ms: number; nowMs(): number };
  readonly test: TestDatabase;
  readonly keys: ApiKeys;
  readonly merchants: MerchantsAdmin;
  readonly wallets: Wallets;
  readonly readModel: PaymentReadModel;
  /** A merchant with a live and a test key. */
  openShop(options?: { readonly abilities?: readonly Ability[]; readonly rateLimitPerMinute?: number }): Promise<Shop>;
  stop(): Promise<void>;
}

/** Contract A on a loopback port, with a real database and the given bus. */
export async function startGateway(
  bus: MessageBus,
  settings: { readonly allowHttpUrls: boolean } = { allowHttpUrls: false },
): Promise<RunningGateway> {
  const test = await createTestDatabase({
    schema: 'gateway',
    migrations: [...accessMigrations, ...receivingMigrations, ...readModelMigrations, ...fastaarMigrations],
    entities: [...accessEntities, ...receivingEntities],
  });
  const clock = {
    ms: Date.parse('2026-06-12T08:30:00.250Z'),
    nowMs(): number {
      return this.ms;
    },
  };
  const { database } = test;
  const secret = 'a secret of at least thirty-two characters';
  const edge = new GatewayEdge({ faces: [fastaarFace], logger: silentLogger });
  const root = {
    module: class Root {},
    imports: [
      TestPlatformModule.register({ bus, clock }),
      EdgeModule.register({ database, secret }),
      AccessModule.register({ database, secret }),
      ReceivingModule.register({ ...readConfig(receivingSettings, {}), database, secret }),
      ReadModelsModule.register({ database }),
      FastaarModule.register({ publicUrl: PUBLIC_URL, ...settings }),
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, edge.createAdapter(), { logger: false });
  edge.configure(app);
  await app.listen(0, '127.0.0.1');
  const keys = app.get<ApiKeys>(API_KEYS);
  const merchants = app.get<MerchantsAdmin>(MERCHANTS);
  return {
    url: await app.getUrl(),
    clock,
    test,
    keys,
    merchants,
    wallets: app.get<Wallets>(WALLETS),
    readModel: app.get<PaymentReadModel>(PAYMENT_READ_MODEL),
    openShop: async (options = {}) => {
      const { id: merchantId } = await merchants.create({ name: 'Shop' });
      const issue = async (livemode: boolean): Promise<string> =>
        (await keys.issue({ merchantId, livemode, rateLimitPerMinute: 100_000, ...options })).key;
      return { merchantId, live: await issue(true), test: await issue(false) };
    },
    stop: async () => {
      await app.close();
      await test.drop();
    },
  };
}
