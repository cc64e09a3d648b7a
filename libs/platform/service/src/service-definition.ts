import type { DynamicModule } from '@nestjs/common';
import type { Schema, Values } from '@paymatch/platform-config';
import { measuredBus, PostgresParkingLot, TracedCalls, tracedBus, type Carrier } from '@paymatch/platform-messaging';
import { PrometheusMetrics, startTracing, type Clock, type Logger } from '@paymatch/platform-observability';
import {
  Retention,
  type Database,
  type DatabaseOptions,
  type KeptTable,
  type RetentionOptions,
} from '@paymatch/platform-postgres';
import { connectDatabase } from './connect-database.js';
import { Health } from './health.js';
import type { HttpEdge } from './http-edge.js';
import type { MetricsAccess } from './metrics-route.js';
import { serviceRoot } from './platform.module.js';
import { watchProcess } from './process-metrics.js';
import { runService, type RunningService } from './run-service.js';
import { StandingTeller } from './standing-teller.js';
import { WriteProbe } from './write-probe.js';

/** One service as data: what it needs to be run, alone in a process or beside others. */
export interface ServiceDefinition<S extends Schema = Schema> {
  /** Groups of its consumers begin with it. */
  readonly name: string;
  /** Its own schema in the database; nobody else reads it. */
  readonly schema: string;
  readonly migrations: NonNullable<DatabaseOptions['migrations']>;
  readonly entities?: NonNullable<DatabaseOptions['entities']>;
  /** In production nothing is trusted by default; in development everything is on one machine. */
  settings(isProduction: boolean): S;
  /** Whether it asks other services and waits for their answers. */
  readonly sendsCommands?: boolean;
  /** What it does not keep for ever. */
  kept?(settings: Values<S>): readonly KeptTable[];
  /** Where its process says how it stands. */
  readonly standingTopic?: string;
  /** Connections it may hold. */
  readonly poolMax: number;
  modules(database: Database, settings: Values<S>): readonly DynamicModule[];
  /** Absent where it answers `/health/*` only. */
  edge?(settings: Values<S>, logger: Logger): HttpEdge;
}

export interface RunOptions<S extends Schema> {
  /** Name of the process in logs. */
  readonly name: string;
  readonly definitions: readonly ServiceDefinition[];
  readonly settings: Values<S>;
  readonly databaseUrl: string;
  readonly databaseWaitMs: number;
  readonly migrates: boolean;
  readonly carrier: Carrier;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
  readonly stopDeadlineMs: number;
  /** Beside whether the database takes writes. */
  readonly readinessChecks?: readonly (() => readonly string[])[];
  readonly drainDelayMs?: number;
  /** How long parked messages are kept once they were replayed or discarded; 90 when absent. */
  readonly parkedKeptDays?: number;
  /** Nobody when absent. */
  readonly metricsAccess?: MetricsAccess;
  /** Where traces are told, and how many begin here; nowhere when absent. */
  readonly traces?: { readonly otlpEndpoint: string; readonly tracesPerMille: number };
  /** Run after the services' databases are closed. */
  readonly closers: readonly (() => Promise<void>)[];
}

/** Connects, migrates and runs services in this process. What was opened is closed again when the start fails. */
export async function runServices<S extends Schema>(options: RunOptions<S>): Promise<RunningService> {
  const databases: Database[] = [];
  const parkingLots = new Map<string, PostgresParkingLot>();
  const effects = new Map<string, Database>();
  const modules: DynamicModule[] = [];
  const health = new Health();
  const metrics = new PrometheusMetrics({ process: options.name });
  const { name, logger, traces: { otlpEndpoint = '', tracesPerMille = 0 } = {} } = options;
  const tracing = await startTracing({ endpoint: otlpEndpoint, perMille: tracesPerMille, service: name, logger });
  const tracedCalls = new TracedCalls();
  const closers = [
    () => tracing.stop(),
    async () => {
      for (const database of databases) await database.close();
    },
    ...options.closers,
  ];
  try {
    for (const definition of options.definitions) {
      const database = await databaseOf(definition, options);
      databases.push(database);
      parkingLots.set(definition.name, new PostgresParkingLot(database));
      effects.set(definition.name, database);
      modules.push(...definition.modules(database, options.settings));
      const retention = retentionOf(definition, { ...options, sql: database, metrics });
      retention.start();
      closers.unshift(() => retention.stop());
    }
    // They are one server's: what one of them cannot write none can.
    const probe = new WriteProbe(databases[0]!, options.logger);
    probe.start();
    closers.unshift(() => probe.stop(), tellStanding(options, { health, metrics }));
    watchProcess(metrics, { health, carrier: options.carrier, databases: effects, parkingLots });
    const edge = options.definitions
      .map((definition) => definition.edge?.(options.settings, options.logger))
      .find((candidate) => candidate !== undefined);
    return await runService({
      name: options.name,
      module: serviceRoot(
        {
          bus: tracedBus(measuredBus(options.carrier, metrics), { tracing, calls: tracedCalls }),
          logger: options.logger,
          clock: options.clock,
          metrics,
          readiness: health,
          tracing,
        },
        modules,
      ),
      carrier: options.carrier,
      parkingLots,
      effects,
      logger: options.logger,
      health,
      metrics,
      metricsAccess: options.metricsAccess ?? { token: '', isOpenToThisMachine: false },
      tracing,
      tracedCalls,
      host: options.host,
      port: options.port,
      ...(edge && { edge }),
      stopDeadlineMs: options.stopDeadlineMs,
      readinessChecks: [() => probe.problems(), ...(options.readinessChecks ?? [])],
      drainDelayMs: options.drainDelayMs ?? 0,
      closers,
    });
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

/** Answers with how to end it. */
function tellStanding<S extends Schema>(
  { name, definitions, carrier, clock, logger }: RunOptions<S>,
  { health, metrics }: { readonly health: Health; readonly metrics: PrometheusMetrics },
): () => Promise<void> {
  const topic = definitions.find((definition) => definition.standingTopic !== undefined)?.standingTopic;
  if (topic === undefined) return () => Promise.resolve();
  const services = definitions.map((definition) => definition.name);
  const teller = new StandingTeller({ topic, process: name, services, bus: carrier, health, metrics, clock, logger });
  teller.start();
  return () => teller.stop();
}

function settledParked(schema: string, { parkedKeptDays = 90 }: { readonly parkedKeptDays?: number }): KeptTable {
  return {
    table: `${schema}.parked_messages`,
    isOld: `status <> 'parked' AND settled_at < $1`,
    keptMs: parkedKeptDays * 86_400_000,
  };
}

function databaseOf<S extends Schema>(definition: ServiceDefinition, options: RunOptions<S>): Promise<Database> {
  const { schema, migrations, entities = [], poolMax, name } = definition;
  return connectDatabase({
    url: options.databaseUrl,
    schema,
    migrations,
    entities,
    poolMax,
    applicationName: `paymatch ${name}`,
    logger: options.logger,
    waitMs: options.databaseWaitMs,
    migrates: options.migrates,
  });
}

function retentionOf<S extends Schema>(
  { schema, kept }: ServiceDefinition,
  { sql, clock, logger, metrics, ...options }: RunOptions<S> & Pick<RetentionOptions, 'sql' | 'metrics'>,
): Retention {
  const tables = [settledParked(schema, options), ...(kept?.(options.settings) ?? [])];
  return new Retention({ sql, clock, logger, ...(metrics && { metrics }), tables });
}
