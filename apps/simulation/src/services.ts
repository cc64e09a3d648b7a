import { FastifyAdapter } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { topics } from '@paymatch/contracts';
import { ReadModelsModule } from '@paymatch/gateway-read-models';
import { gatewayService } from '@paymatch/gateway-service';
import { PaymentsModule, paymentsService, paymentsSettings } from '@paymatch/payments-feature';
import {
  attachTransport,
  BUS_SCHEMA,
  busMigrations,
  EmbeddedCarrier,
  PaymatchTransport,
  PostgresParkingLot,
  type Carrier,
  type MessageBus,
} from '@paymatch/platform-messaging';
import { noMetrics, passingOn, silentLogger, systemClock } from '@paymatch/platform-observability';
import { Database, type DatabaseOptions } from '@paymatch/platform-postgres';
import type { QueryConfig } from 'pg';
import { Health, serviceRoot } from '@paymatch/platform-service';
import { SmsMatchingModule, smsMatchingService, smsMatchingSettings } from '@paymatch/sms-matching-feature';
import {
  WebhookDispatchModule,
  webhookDispatchService,
  webhookDispatchSettings,
  type WebhookSender,
} from '@paymatch/webhook-dispatch-feature';

export type ServiceName = 'payments' | 'sms-matching' | 'webhook-dispatch' | 'api-gateway';

/** What a check of the simulation itself puts between services and what they rest on, to see that it is noticed. */
export interface BrokenParts {
  readonly carrier?: (carrier: Carrier) => Carrier;
  readonly statement?: (query: QueryConfig) => QueryConfig;
}

export interface ServicesOptions {
  readonly url: string;
  readonly services: readonly ServiceName[];
  readonly client: NonNullable<DatabaseOptions['client']>;
  readonly sender: WebhookSender;
  readonly broken: BrokenParts;
}

export interface RunningServices {
  readonly bus: MessageBus;
  get<Part>(token: symbol): Part;
}

const SIMULATED_SECRET = 'a secret of the simulation, long enough for all';
/** For looks that find nothing in a schedule: removal by age, replays that somebody asks for. */
const RARELY_MS = 600_000;
/** What nobody tells of, because another process wrote it, is found by the next look. */
const LOOK_AGAIN_MS = 2_500;
const GRACE_MS = 30_000;

const definitions = {
  payments: paymentsService,
  'sms-matching': smsMatchingService,
  'webhook-dispatch': webhookDispatchService,
  'api-gateway': gatewayService,
} as const;

/** What migrations are to be run before services start, by schema. */
export const schemas: readonly Pick<DatabaseOptions, 'schema' | 'migrations'>[] = [
  ...Object.values(definitions).map(({ schema, migrations }) => ({ schema, migrations })),
  { schema: BUS_SCHEMA, migrations: busMigrations },
];

type Defaults<Schema> = { readonly [Key in keyof Schema]: number };

function defaultsOf<Schema extends Record<string, { readonly default?: unknown }>>(schema: Schema): Defaults<Schema> {
  return Object.fromEntries(
    Object.entries(schema).map(([name, setting]) => [name, setting.default]),
  ) as Defaults<Schema>;
}

function modulesOf(service: ServiceName, database: Database, sender: WebhookSender): DynamicModule {
  switch (service) {
    case 'payments':
      return PaymentsModule.register({ ...defaultsOf(paymentsSettings), database });
    case 'sms-matching': {
      const waits = { unmatchedGraceMs: GRACE_MS, trxWaitMs: GRACE_MS, confirmationWaitMs: 10_000 };
      return SmsMatchingModule.register({ ...defaultsOf(smsMatchingSettings), ...waits, database });
    }
    case 'webhook-dispatch':
      return WebhookDispatchModule.register({
        database,
        sender,
        clock: systemClock,
        publicUrl: 'https://pay.example',
        secret: SIMULATED_SECRET,
        allowHttp: true,
        allowPrivateTargets: true,
        webhooksInFlightMax: webhookDispatchSettings.webhooksInFlightMax.default!,
      });
    case 'api-gateway':
      return ReadModelsModule.register({ database });
  }
}

/** Composed as `runServices` composes them, on connections whose statements wait for the scheduler. Opens no port. */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const connect = (schema: string, poolMax: number): Promise<Database> =>
    Database.connect({
      url: options.url,
      schema,
      poolMax,
      applicationName: 'simulated',
      client: options.client,
    });
  const embedded = new EmbeddedCarrier({
    database: await connect(BUS_SCHEMA, 8),
    logger: silentLogger,
    topics: Object.values(topics),
    settings: { cleanupEveryMs: RARELY_MS, pollMaxMs: LOOK_AGAIN_MS },
  });
  const databases = new Map<string, Database>();
  const modules: DynamicModule[] = [];
  for (const service of options.services) {
    const { schema, poolMax } = definitions[service];
    const database = await connect(schema, poolMax);
    databases.set(service, database);
    modules.push(modulesOf(service, database, options.sender));
  }
  const carrier = options.broken.carrier?.(embedded) ?? embedded;
  const parts = {
    bus: carrier,
    logger: silentLogger,
    clock: systemClock,
    metrics: noMetrics,
    tracing: passingOn,
    readiness: new Health(),
  };
  const app = await NestFactory.create<INestApplication>(serviceRoot(parts, modules), new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  const databaseOf = (service: string): Database => databases.get(service)!;
  const transport = new PaymatchTransport({
    carrier,
    logger: silentLogger,
    parkingLotOf: (service) => new PostgresParkingLot(databaseOf(service)),
    effectsOf: databaseOf,
    replayLookMs: RARELY_MS,
  });
  attachTransport(app, transport);
  await app.init();
  await app.startAllMicroservices();
  return { bus: carrier, get: (token) => app.get(token, { strict: false }) };
}
