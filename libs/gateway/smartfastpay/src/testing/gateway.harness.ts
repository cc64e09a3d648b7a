import {
  EXCHANGE_TABLE,
  type ExchangeTable,
  RECEIVING_ACCOUNTS,
  type ReceivingAccounts,
  receivingEntities,
  receivingMigrations,
  ReceivingModule,
  receivingSettings,
} from '@paymatch/gateway-receiving';
import { EdgeModule, GatewayEdge, renderOpenApi } from '@paymatch/gateway-edge';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  accessEntities,
  accessMigrations,
  AccessModule,
  MERCHANTS,
  type MerchantsAdmin,
  OAUTH_CLIENTS,
  type OAuthClients,
} from '@paymatch/gateway-access';
import {
  PAYMENT_READ_MODEL,
  readModelMigrations,
  ReadModelsModule,
  type PaymentReadModel,
} from '@paymatch/gateway-read-models';
import { readConfig, type Values } from '@paymatch/platform-config';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, silentLogger, METRICS, noMetrics } from '@paymatch/platform-observability';
import { createTestDatabase, DocumentedAnswers, type TestDatabase } from '@paymatch/platform-testing';
import { smartFastPayApi } from '../openapi/smartfastpay.api.js';
import { smartFastPayFaces } from '../smartfastpay.face.js';
import { smartFastPayMigrations } from '../smartfastpay.migrations.js';
import { SmartFastPayModule } from '../smartfastpay.module.js';
import { smartFastPaySettings } from '../smartfastpay.settings.js';

const documented = new DocumentedAnswers(renderOpenApi(smartFastPayApi));

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
  /** Access tokens. */
  readonly live: string;
  readonly sandbox: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface RunningGateway {
  readonly url: string;
  readonly clock: { ms: number; nowMs(): number };
  readonly test: TestDatabase;
  readonly clients: OAuthClients;
  readonly accounts: ReceivingAccounts;
  readonly exchange: ExchangeTable;
  readonly merchants: MerchantsAdmin;
  readonly readModel: PaymentReadModel;
  /** A merchant with tokens, Pix and a bank account in both modes. */
  openShop(options?: { readonly hasAccounts?: boolean; readonly rateLimitPerMinute?: number }): Promise<Shop>;
  call(
    path: string,
    request?: { readonly token?: string; readonly json?: unknown; readonly init?: RequestInit },
  ): Promise<Answer>;
  stop(): Promise<void>;
}

export const bankAccount = {
  name: 'VIACREDI',
  code: '085',
  agency: '0101-5',
  account: '12551163',
  accountOperation: 'Conta Corrente',
  document: '34.911.051/0001-97',
  beneficiary: 'Loja Exemplo Ltda',
};
export const pixAccount = {
  pixKey: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
  beneficiary: 'Loja São João & Açaí Ltda ME',
  city: 'São Paulo',
};

/** Contract B on a loopback port, with a real database and the given bus; every answer must be as its document says. */
export async function startGateway(
  bus: MessageBus,
  settings: Partial<Values<typeof smartFastPaySettings & typeof receivingSettings>> = {},
): Promise<RunningGateway> {
  const test = await createTestDatabase({
    schema: 'gateway',
    migrations: [...accessMigrations, ...receivingMigrations, ...readModelMigrations, ...smartFastPayMigrations],
    entities: [...accessEntities, ...receivingEntities],
  });
  // These shops all show the same accounts; that it takes the operator's word is tried where it is given.
  await test.database.query('ALTER TABLE gateway.pix_accounts DISABLE TRIGGER pix_keys_of_one_merchant');
  // Ids never go back in time: the tests' clock must be ahead of every id the process makes by its own.
  const clock = {
    ms: Date.now() + 600_000,
    nowMs(): number {
      return this.ms;
    },
  };
  const { database } = test;
  const secret = 'a secret of at least thirty-two characters';
  const edge = new GatewayEdge({ faces: smartFastPayFaces, logger: silentLogger });
  const root = {
    module: class Root {},
    imports: [
      TestPlatformModule.register({ bus, clock }),
      EdgeModule.register({ database, secret }),
      AccessModule.register({ database, secret }),
      ReceivingModule.register({
        ...readConfig(receivingSettings, {}),
        ...settings,
        database,
        secret,
      }),
      ReadModelsModule.register({ database }),
      SmartFastPayModule.register({
        ...readConfig(smartFastPaySettings, {}),
        ...settings,
        secret,
        publicUrl: 'https://pay.example.com',
      }),
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, edge.createAdapter(), { logger: false });
  edge.configure(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const part = <T>(token: symbol): T => app.get<T>(token, { strict: false });
  const [clients, accounts, merchants] = [
    part<OAuthClients>(OAUTH_CLIENTS),
    part<ReceivingAccounts>(RECEIVING_ACCOUNTS),
    part<MerchantsAdmin>(MERCHANTS),
  ];

  const call: RunningGateway['call'] = async (path, { token, json, init = {} } = {}) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(init.headers as Record<string, string> | undefined),
    };
    const answer = await fetch(`${url}${path}`, {
      method: json === undefined ? 'GET' : 'POST',
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...init,
      headers,
    });
    const { status, headers: answered } = answer;
    const body = (await answer.json()) as Record<string, unknown>;
    const method = init.method ?? (json === undefined ? 'GET' : 'POST');
    documented.check({ method, path, status, headers: answered, body });
    return { status, headers: answered, body };
  };
  const tokenFor = async (merchantId: string, livemode: boolean, rateLimitPerMinute: number): Promise<string> => {
    const { clientId, clientSecret } = await clients.issue({ merchantId, livemode, rateLimitPerMinute });
    const { body } = await call('/oauth2/token', {
      init: {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      },
    });
    return (body as { data: { access_token: string } }).data.access_token;
  };
  return {
    url,
    clock,
    test,
    clients,
    accounts,
    merchants,
    call,
    exchange: part<ExchangeTable>(EXCHANGE_TABLE),
    readModel: part<PaymentReadModel>(PAYMENT_READ_MODEL),
    openShop: async ({ hasAccounts = true, rateLimitPerMinute = 100_000 } = {}) => {
      const { id: merchantId } = await merchants.create({ name: 'Loja' });
      for (const livemode of hasAccounts ? [true, false] : []) {
        await accounts.setPix({ merchantId, livemode }, pixAccount);
        await accounts.setBank({ merchantId, livemode }, bankAccount);
      }
      return {
        merchantId,
        live: await tokenFor(merchantId, true, rateLimitPerMinute),
        sandbox: await tokenFor(merchantId, false, rateLimitPerMinute),
      };
    },
    stop: async () => {
      await app.close();
      await test.drop();
    },
  };
}
