import { randomInt, randomUUID } from 'node:crypto';
import { topics } from '@paymatch/contracts';
import {
  abilities,
  API_KEYS,
  type ApiKeys,
  MERCHANTS,
  type Merchants,
  OAUTH_CLIENTS,
  type OAuthClients,
} from '@paymatch/gateway-access';
import {
  type Device,
  DEVICES,
  type Devices,
  RECEIVING_ACCOUNTS,
  type ReceivingAccounts,
  WALLETS,
  type Wallets,
} from '@paymatch/gateway-receiving';
import { gatewayService } from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import { readConfig } from '@paymatch/platform-config';
import { BUS_SCHEMA, busMigrations, EmbeddedCarrier } from '@paymatch/platform-messaging';
import { silentLogger, systemClock, type Logger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { metricsAccess, runServices, type RunningService, type ServiceDefinition } from '@paymatch/platform-service';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';
import { freePort } from '@paymatch/platform-dev-servers';
import { standaloneSettings } from '../standalone.settings.js';

export interface WholeGateway {
  readonly url: string;
  readonly port: number;
  readonly test: TestDatabase;
  readonly service: RunningService;
  /** Every route of the running process, as the router has it. */
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  stop(): Promise<void>;
}

/** All four services over real HTTP in this process, as `npm start` runs them, on the tests' PostgreSQL. */
export async function startWholeGateway(
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly logger?: Logger;
    /** With what is in it already, and the secret that it was written under. */
    readonly test?: TestDatabase;
    readonly secret?: string;
  } = {},
): Promise<WholeGateway> {
  const test = options.test ?? (await createTestDatabase({ schema: BUS_SCHEMA, migrations: busMigrations }));
  const bus = await Database.connect({
    url: test.url,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 5,
    applicationName: 'test',
  });
  await migrate(bus);
  const logger = options.logger ?? silentLogger;
  const port = await freePort('127.0.0.1');
  const routes: { readonly method: string; readonly url: string }[] = [];
  const settings = readConfig(standaloneSettings(false), { ...options.env });
  const service = await runServices({
    name: 'test',
    definitions: [paymentsService, smsMatchingService, webhookDispatchService, withRoutes(routes)],
    settings: {
      ...settings,
      publicUrl: `http://127.0.0.1:${port}`,
      secret: options.secret ?? 'a secret of at least thirty-two characters',
    },
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: true,
    carrier: new EmbeddedCarrier({ database: bus, logger, topics: Object.values(topics) }),
    logger,
    clock: systemClock,
    host: '127.0.0.1',
    port,
    stopDeadlineMs: 20_000,
    metricsAccess: metricsAccess(settings.metricsToken, false),
    traces: settings,
    closers: [() => bus.close()],
  });
  return {
    url: service.url,
    port,
    test,
    service,
    routes,
    stop: async () => {
      await service.stop();
      await test.drop();
    },
  };
}

function withRoutes(routes: { method: string; url: string }[]): typeof gatewayService {
  return {
    ...gatewayService,
    edge: (...given: Parameters<NonNullable<ServiceDefinition['edge']>>) => {
      const edge = gatewayService.edge!(...(given as Parameters<NonNullable<typeof gatewayService.edge>>));
      return {
        configure: (app) => edge.configure(app),
        createAdapter: () => {
          const adapter = edge.createAdapter();
          adapter.getInstance().addHook('onRoute', ({ method, url }) => {
            for (const each of [method].flat()) routes.push({ method: each, url });
          });
          return adapter;
        },
      };
    },
  };
}

export interface WholeShop {
  readonly merchantId: string;
  /** With every ability, in live mode. */
  readonly key: string;
  readonly token: string;
  readonly basic: string;
  readonly walletId: string;
  readonly walletNumber: string;
  readonly device: Device;
  /** `/pix/…`, a secret. */
  readonly pixPath: string;
}

/** A merchant who can do everything, with a wallet, a phone, and contract B's credentials and accounts. */
export async function openWholeShop({ service, url }: WholeGateway): Promise<WholeShop> {
  const { id: merchantId } = await service.get<Merchants>(MERCHANTS).create({ name: 'Loja' });
  const owner = { merchantId, livemode: true };
  const accounts = service.get<ReceivingAccounts>(RECEIVING_ACCOUNTS);
  await accounts.setPix(owner, {
    pixKey: randomUUID(),
    beneficiary: 'Loja São João',
    city: 'São Paulo',
  });
  const pixPath = (await accounts.issuePixCallback(owner, { withHeader: false }))!.urlPath;
  const rateLimitPerMinute = 1_000_000;
  const { key } = await service.get<ApiKeys>(API_KEYS).issue({ ...owner, abilities, rateLimitPerMinute, name: 'Rita' });
  const wallet = await service.get<Wallets>(WALLETS).add({
    ...owner,
    provider: 'bkash',
    number: `017${String(randomInt(100_000_000)).padStart(8, '0')}`,
    accountType: 'personal',
  });
  const device = await service
    .get<Devices>(DEVICES)
    .enrol({ ...owner, name: 'Phone', wallets: [{ walletId: wallet.id, simSlot: null }] });
  const { clientId, clientSecret } = await service
    .get<OAuthClients>(OAUTH_CLIENTS)
    .issue({ ...owner, rateLimitPerMinute });
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const answer = await fetch(`${url}/oauth2/token`, { method: 'POST', headers: { authorization: basic } });
  const { data } = (await answer.json()) as { readonly data: { readonly access_token: string } };
  return {
    merchantId,
    key,
    token: data.access_token,
    basic,
    walletId: wallet.id,
    walletNumber: wallet.number,
    device,
    pixPath,
  };
}
