import {
  choice,
  ConfigError,
  databaseUrl,
  describeConfig,
  integer,
  ownSecret,
  readConfig,
  text,
  variablesOf,
  type Schema,
  type Values,
} from '@paymatch/platform-config';
import { KafkaCarrier, kafkaConnection, kafkaSettings, type KafkaConnection } from '@paymatch/platform-messaging';
import { createLogger, systemClock, type Logger } from '@paymatch/platform-observability';
import { metricsAccess, metricsToken } from './metrics-route.js';
import { parkedKeptDays } from './kept.settings.js';
import { tracingSettings } from './traces.js';
import { stopOnSignals } from './process-signals.js';
import type { RunningService } from './run-service.js';
import { runServices, type ServiceDefinition } from './service-definition.js';

const watchIntervalMs = 1_000;
const ownDatabaseUrl = databaseUrl({ doc: 'PostgreSQL, with the role of this service' });

/** Settings of every service that runs alone. */
export function processSettings(isProduction: boolean) {
  return {
    profile: choice({
      env: 'PAYMATCH_PROFILE',
      doc: 'production trusts nothing by default',
      default: 'development',
      of: ['development', 'production'],
    }),
    databaseUrl: isProduction ? ownSecret(ownDatabaseUrl) : ownDatabaseUrl,
    ...kafkaSettings,
    host: text({ env: 'PAYMATCH_HOST', doc: 'Address to listen on', default: '127.0.0.1' }),
    port: integer({
      env: 'PORT',
      doc: 'Port of the HTTP edge, or of /health/* alone',
      default: 3000,
      min: 0,
      max: 65_535,
    }),
    databaseWaitMs: integer({
      env: 'PAYMATCH_DATABASE_WAIT_MS',
      doc: 'How long an unreachable database is waited for at the start',
      default: 60_000,
      min: 0,
      max: 3_600_000,
    }),
    drainDelayMs: integer({
      env: 'PAYMATCH_DRAIN_DELAY_MS',
      doc: 'How long requests are still taken after readiness is gone, so that the proxy notices first',
      default: 1_500,
      min: 0,
      max: 60_000,
    }),
    stopDeadlineMs: integer({
      env: 'PAYMATCH_STOP_DEADLINE_MS',
      doc: 'Milliseconds to finish what is in hand after SIGTERM',
      default: 20_000,
      min: 100,
      max: 600_000,
    }),
    stallExitMs: integer({
      env: 'PAYMATCH_STALL_EXIT_MS',
      doc: 'A process whose liveness fails for so long ends itself, so that it is started anew',
      default: 30_000,
      min: 1_000,
      max: 3_600_000,
    }),
    parkedKeptDays,
    ...tracingSettings,
    metricsToken: isProduction ? ownSecret(metricsToken) : metricsToken,
    logLevel: choice({
      env: 'PAYMATCH_LOG_LEVEL',
      doc: 'Least severity that is logged',
      default: isProduction ? 'info' : 'warn',
      of: ['debug', 'info', 'warn', 'error'],
    }),
  };
}

/** One service as a process of its own over Kafka. A wrong setting stops it at once with the variable's name. */
export async function runServiceProcess<S extends Schema>(definition: ServiceDefinition<S>): Promise<void> {
  const isProduction = process.env.PAYMATCH_PROFILE === 'production';
  const [schema, ownSchema] = [processSettings(isProduction), definition.settings(isProduction)];
  const settings = readOrExplain(() => readConfig(schema, process.env, variablesOf(ownSchema)));
  const own = readOrExplain(() => readConfig(ownSchema, process.env, variablesOf(schema)));
  const kafka = readOrExplain(() => (settings.values ? kafkaConnection(settings.values) : null));
  if (!settings.values || !own.values || !kafka.values) {
    const problems = new Set([...settings.problems, ...own.problems, ...kafka.problems]);
    process.stderr.write([...problems].map((line) => `paymatch ${definition.name}: ${line}\n`).join(''));
    process.exit(1);
  }
  return startProcess(definition, {
    schema,
    ownSchema,
    settings: settings.values,
    own: own.values,
    kafka: kafka.values,
  });
}

/** All problems at once, so that nobody mends them one start at a time. */
function readOrExplain<T>(read: () => T): { readonly values: T | null; readonly problems: readonly string[] } {
  try {
    return { values: read(), problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { values: null, problems: error.message.split('\n') };
  }
}

interface ReadSettings<S extends Schema> {
  readonly schema: ReturnType<typeof processSettings>;
  readonly ownSchema: S;
  readonly settings: Values<ReturnType<typeof processSettings>>;
  readonly own: Values<S>;
  readonly kafka: KafkaConnection;
}

async function startProcess<S extends Schema>(
  definition: ServiceDefinition<S>,
  { schema, ownSchema, settings, own, kafka }: ReadSettings<S>,
): Promise<void> {
  const logger = createLogger({ level: settings.logLevel, service: definition.name });
  logger.info('settings', { settings: [...describeConfig(schema, settings), ...describeConfig(ownSchema, own)] });
  try {
    const service = await runServices({
      name: definition.name,
      definitions: [definition as unknown as ServiceDefinition],
      settings: own,
      databaseUrl: settings.databaseUrl,
      databaseWaitMs: settings.databaseWaitMs,
      migrates: false,
      carrier: new KafkaCarrier({
        ...kafka,
        clientId: definition.name,
        logger,
        sendsCommands: definition.sendsCommands ?? false,
      }),
      logger,
      clock: systemClock,
      host: settings.host,
      port: settings.port,
      stopDeadlineMs: settings.stopDeadlineMs,
      drainDelayMs: settings.drainDelayMs,
      parkedKeptDays: settings.parkedKeptDays,
      metricsAccess: metricsAccess(settings.metricsToken, settings.profile === 'production'),
      traces: settings,
      closers: [],
    });
    stopOnSignals(() => service.stop(), logger);
    endWhenStalled(service, settings.stallExitMs, logger);
    const { status, problems } = service.health.ready();
    if (status === 'ok') logger.info('ready', { url: service.url });
    else logger.warn('serving, but not ready yet', { url: service.url, problems });
  } catch (error) {
    logger.error('the start failed', { error });
    process.exit(1);
  }
}

/**
 * A consumer that is stuck stays stuck: the orchestrator starts a new process, and what was in hand is delivered again.
 */
function endWhenStalled(service: RunningService, stallExitMs: number, logger: Logger): void {
  let stalledSinceMs: number | null = null;
  setInterval(() => {
    const { problems } = service.health.live();
    if (problems.length === 0) {
      stalledSinceMs = null;
      return;
    }
    stalledSinceMs ??= Date.now();
    if (Date.now() - stalledSinceMs < stallExitMs) return;
    logger.error('ending this process, since it makes no progress', { problems });
    process.exit(1);
  }, watchIntervalMs).unref();
}
