import path from 'node:path';
import { topics } from '@paymatch/contracts';
import { API_KEYS, MERCHANTS, OAUTH_CLIENTS } from '@paymatch/gateway-access';
import { GATEWAY_DATABASE } from '@paymatch/gateway-edge';
import { makeFirstLink, PEOPLE, type PeopleStores } from '@paymatch/gateway-people';
import { DEVICES, EXCHANGE_TABLE, RECEIVING_ACCOUNTS, WALLETS } from '@paymatch/gateway-receiving';
import {
  DemoMerchantsStore,
  ensureDemoMerchant,
  gatewayService,
  type Demo,
  type DemoStores,
} from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import { ConfigError, describeConfig, readConfig, type Values } from '@paymatch/platform-config';
import { BUS_SCHEMA, busMigrations, EmbeddedCarrier } from '@paymatch/platform-messaging';
import { createLogger, systemClock, type Logger } from '@paymatch/platform-observability';
import { EmbeddedPostgresError, freePort, notedBackups, startEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import {
  connectDatabase,
  freeSpaceCheck,
  metricsAccess,
  runServices,
  stopOnSignals,
  type RunningService,
} from '@paymatch/platform-service';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';
import { ensureSecret, hasMerchants } from './secret-file.js';
import { AUTOMATIC, standaloneSettings } from './standalone.settings.js';

type Settings = Values<ReturnType<typeof standaloneSettings>>;

/**
 * The four services in this process, on the embedded PostgreSQL and carrier unless DATABASE_URL names another server.
 */
async function start(given: Settings, logger: Logger): Promise<RunningService> {
  const postgres =
    given.databaseUrl === AUTOMATIC
      ? await startEmbeddedPostgres({ dataDir: path.resolve(given.dataDir), durable: true })
      : null;
  try {
    const databaseUrl = postgres?.url ?? given.databaseUrl;
    const port = given.port === 0 ? await freePort(given.host) : given.port;
    const publicUrl = given.publicUrl === AUTOMATIC ? `http://${given.host}:${port}` : given.publicUrl;
    const settings = {
      ...given,
      publicUrl,
      ...(postgres !== null && { embeddedBackups: () => notedBackups(path.resolve(given.dataDir)) }),
      secret:
        given.secret === AUTOMATIC ? await ensureSecret(given.dataDir, () => hasMerchants(databaseUrl)) : given.secret,
    };
    const bus = await connectDatabase({
      url: databaseUrl,
      schema: BUS_SCHEMA,
      migrations: busMigrations,
      poolMax: 8,
      applicationName: 'paymatch bus',
      logger,
      waitMs: 30_000,
      migrates: true,
    });
    return await runServices({
      name: 'standalone',
      definitions: [paymentsService, smsMatchingService, webhookDispatchService, gatewayService],
      settings,
      databaseUrl,
      databaseWaitMs: 30_000,
      migrates: true,
      carrier: new EmbeddedCarrier({ database: bus, logger, topics: Object.values(topics) }),
      logger,
      clock: systemClock,
      host: given.host,
      port,
      stopDeadlineMs: given.stopDeadlineMs,
      parkedKeptDays: given.parkedKeptDays,
      metricsAccess: metricsAccess(given.metricsToken, given.profile === 'production'),
      traces: given,
      readinessChecks: postgres === null ? [] : [freeSpaceCheck(path.resolve(given.dataDir))],
      closers: [
        () => bus.close(),
        async () => {
          await postgres?.stop();
        },
      ],
    });
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

async function makeDemo(service: RunningService, dataDir: string): Promise<Demo> {
  const stores: DemoStores = {
    merchants: service.get(MERCHANTS),
    keys: service.get(API_KEYS),
    wallets: service.get(WALLETS),
    devices: service.get(DEVICES),
    accounts: service.get(RECEIVING_ACCOUNTS),
    exchange: service.get(EXCHANGE_TABLE),
    clients: service.get(OAUTH_CLIENTS),
    demo: new DemoMerchantsStore(service.get(GATEWAY_DATABASE)),
    people: service.get(PEOPLE),
  };
  try {
    return await ensureDemoMerchant(stores, service.url, dataDir);
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** Until somebody runs this installation; `null` once somebody does, and in production, where `ops` makes it. */
async function firstLink(service: RunningService, settings: Settings): Promise<string | null> {
  const people = service.get<PeopleStores>(PEOPLE);
  if (settings.profile === 'production' || (await people.users.hasOperator())) return null;
  return makeFirstLink(people, settings.publicUrl === AUTOMATIC ? service.url : settings.publicUrl);
}

interface Announced {
  readonly demo: Demo | null;
  readonly setUpAt: string | null;
  readonly dataDir: string;
}

/** What a person needs to see after the start. */
function announce(service: RunningService, { demo, setUpAt, dataDir }: Announced): void {
  const lines = [`Paymatch is running at ${service.url}`];
  if (setUpAt !== null) lines.push('', 'Make yourself its operator (once, within three days):', `  ${setUpAt}`);
  if (demo) {
    lines.push(
      '',
      'Demo merchant (also in ' + path.join(dataDir, 'demo.json') + '):',
      `  live key        ${demo.merchant.liveKey}`,
      `  test key        ${demo.merchant.testKey}`,
      `  webhook secret  ${demo.merchant.webhookSecret}`,
      `  owner           ${demo.owner.email}, password ${demo.owner.password}`,
      `  phone           ${demo.device.id}, secret ${demo.device.secret}`,
      ...demo.wallets.map((wallet) => `  wallet          ${wallet.provider} ${wallet.number}`),
      `  contract B      client ${demo.smartfastpay.clientId}, secret ${demo.smartfastpay.clientSecret}`,
      `  Pix callbacks   ${demo.smartfastpay.pixCallbackUrl}`,
      '',
      'URLs:',
      `  payments API    ${service.url}/api/v1/payments`,
      `  phone uploads   ${service.url}/api/device/v1/messages`,
      `  console         ${service.url}/console`,
      `  webhook setup   ${service.url}/api/panel/v1/webhook-endpoints`,
      `  health          ${service.url}/health/ready`,
      '',
      'Try it: npm run demo',
    );
  }
  console.log(lines.join('\n'));
}

/** One clear line for what a person can mend; anything else with its stack. */
function complain(error: unknown, settings: Pick<Settings, 'port'> | null): void {
  const { code } = error as { readonly code?: string };
  if (error instanceof ConfigError)
    console.error(
      error.message
        .split('\n')
        .map((line) => `paymatch: ${line}`)
        .join('\n'),
    );
  else if (error instanceof EmbeddedPostgresError) console.error(`paymatch: ${error.message}`);
  else if (code === 'EADDRINUSE')
    console.error(`paymatch: port ${settings?.port} is in use; stop what listens there or set PORT to another one`);
  else if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC' || code === 'ENOTDIR')
    console.error(`paymatch: ${(error as Error).message}; set PAYMATCH_DATA to a folder that can be written`);
  else console.error('paymatch: the start failed', error);
}

async function main(): Promise<void> {
  const isProduction = process.env.PAYMATCH_PROFILE === 'production';
  const schema = standaloneSettings(isProduction);
  let settings: Settings | null = null;
  try {
    settings = readConfig(schema, process.env);
    const logger = createLogger({ level: settings.logLevel, service: 'paymatch' });
    logger.info('settings', { settings: describeConfig(schema, settings) });
    const service = await start(settings, logger);
    stopOnSignals(() => service.stop(), logger);
    announce(service, {
      demo: isProduction ? null : await makeDemo(service, settings.dataDir),
      setUpAt: await firstLink(service, settings),
      dataDir: settings.dataDir,
    });
  } catch (error) {
    complain(error, settings);
    process.exit(1);
  }
}

void main();
