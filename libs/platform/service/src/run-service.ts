import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  attachTransport,
  PaymatchTransport,
  type Carrier,
  type ParkingLot,
  type RelaxedEffects,
  type TracedCalls,
} from '@paymatch/platform-messaging';
import type { Logger, PrometheusMetrics, Tracing } from '@paymatch/platform-observability';
import type { Health } from './health.js';
import type { HttpEdge } from './http-edge.js';
import { addMetricsRoute, type MetricsAccess } from './metrics-route.js';
import { addTraces } from './traces.js';

/** A turn of the event loop this short had nothing to do. */
const QUIET_MS = 1;
const QUIET_ROUNDS_MAX = 1_000;

export interface ServiceOptions {
  readonly name: string;
  readonly module: DynamicModule;
  readonly carrier: Carrier;
  /** Where each service of this process keeps messages it could not handle. */
  readonly parkingLots: ReadonlyMap<string, ParkingLot>;
  /** Where each service of this process writes. */
  readonly effects: ReadonlyMap<string, RelaxedEffects>;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: PrometheusMetrics;
  readonly metricsAccess: MetricsAccess;
  readonly tracing: Tracing;
  /** Traced calls from outside that are under way. */
  readonly tracedCalls: TracedCalls;
  readonly host: string;
  /** 0 = a free one. */
  readonly port: number;
  /** The HTTP edge of a service that has one; the others answer `/health/*` only. */
  readonly edge?: HttpEdge;
  readonly stopDeadlineMs: number;
  /** One line for each problem while which this process must not be sent work. */
  readonly readinessChecks?: readonly (() => readonly string[])[];
  /** How long requests are still taken after readiness is gone, so that a proxy in front notices first. */
  readonly drainDelayMs: number;
  /** Run after everything has stopped, in order: databases, embedded servers. */
  readonly closers: readonly (() => Promise<void>)[];
}

export interface RunningService {
  readonly url: string;
  readonly health: Health;
  /** For composition: something the process's modules provide. */
  get<T>(token: symbol): T;
  /** Finishes what is in hand within the deadline, then closes everything. Repeats wait for the first. */
  stop(): Promise<void>;
}

/**
 * Starts a service. One without an edge answers `/health/*` from the first moment. An edge listens once consumers run,
 * or once it is plain that the messaging system is away: reads need none, so they are served while it is waited for.
 * Stops in reverse: not ready, no new requests, requests in hand, consumers, relays, databases.
 */
export async function runService(options: ServiceOptions): Promise<RunningService> {
  const { health } = options;
  const adapter = options.edge?.createAdapter() ?? new FastifyAdapter({ bodyLimit: 1_024 });
  const app = await NestFactory.create<NestFastifyApplication>(options.module, adapter, {
    logger: nestLogger(options.logger, health),
    abortOnError: false,
  });
  addHealthRoutes(app, health);
  addMetricsRoute(app, options.metrics, options.metricsAccess);
  if (options.edge) addTraces(app, { tracing: options.tracing, calls: options.tracedCalls });
  options.edge?.configure(app);
  let stopping: Promise<void> | undefined;
  let serveWithout: () => void = () => undefined;
  const withoutMessaging = new Promise<void>((resolve) => {
    serveWithout = resolve;
  });
  const transport = new PaymatchTransport({
    carrier: options.carrier,
    logger: options.logger,
    metrics: options.metrics,
    tracing: options.tracing,
    parkingLotOf: (service: string) => {
      const parkingLot = options.parkingLots.get(service);
      if (!parkingLot) throw new Error(`service ${service} consumes messages here but has no place to park them`);
      return parkingLot;
    },
    effectsOf: (service: string) => {
      const effects = options.effects.get(service);
      if (!effects) throw new Error(`service ${service} consumes messages here but has no database`);
      return effects;
    },
    // HTTP ends first; what is left of the time is the consumers'.
    closeDeadlineMs: Math.ceil(options.stopDeadlineMs / 2),
    onWaiting: (fault) => {
      if (!stopping) health.markNotReady(`waiting for the messaging system: ${fault}`);
      serveWithout();
    },
  });
  attachTransport(app, transport);
  health.addReadinessCheck(() => transport.problems());
  for (const check of options.readinessChecks ?? []) health.addReadinessCheck(check);
  health.addLivenessCheck(() => transport.stalls());
  try {
    // A proxy takes whoever listens for one that serves, and whoever answers quickest for the least busy: an edge
    // listens last.
    if (!options.edge) await app.listen(options.port, options.host);
    else {
      await assertPortFree(options.port, options.host);
      await app.init();
    }
    const started = app.startAllMicroservices().then(() => {
      if (!stopping) health.markReady();
    });
    await Promise.race([started, withoutMessaging]);
    if (options.edge) await app.listen(options.port, options.host);
    started.catch((error: unknown) => {
      options.logger.error('the consumers could not be started', { service: options.name, error });
      health.addLivenessCheck(() => [`the consumers could not be started: ${(error as Error).message}`]);
    });
  } catch (error) {
    // Modules have begun to work and hold connections: they end first, or the databases could not be closed.
    await app.close();
    throw error;
  }
  const address = app.getHttpServer().address() as AddressInfo;
  return {
    url: `http://${options.host}:${address.port}`,
    health,
    get: (token) => app.get(token, { strict: false }),
    stop: () => (stopping ??= stopService(app, health, options)),
  };
}

/** Told at once, before anything works: a port that somebody else has. Throws what listening there would throw. */
async function assertPortFree(port: number, host: string): Promise<void> {
  const probe = createServer().listen(port, host);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}

/**
 * Resolves when all that has arrived is taken up. Closing resets connections that were not accepted yet and requests
 * that were not read yet, and nobody can tell those from requests that were carried out: it has to come right after a
 * look at the sockets.
 */
async function quietMoment(): Promise<void> {
  for (let round = 0; round < QUIET_ROUNDS_MAX; round += 1) {
    const startedMs = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    if (performance.now() - startedMs < QUIET_MS) return;
  }
}

async function stopService(app: NestFastifyApplication, health: Health, options: ServiceOptions): Promise<void> {
  health.markStopping();
  const overdue = setTimeout(() => {
    options.logger.error('stop took longer than its deadline; ending now', {
      service: options.name,
      deadlineMs: options.stopDeadlineMs,
    });
    process.exit(1);
  }, options.stopDeadlineMs);
  overdue.unref();
  await sleep(options.drainDelayMs);
  // Requests in hand may still need an answer over the bus, so HTTP ends before the consumers do.
  await app.getHttpAdapter().getInstance().close();
  await app.close();
  for (const close of options.closers) await close();
  clearTimeout(overdue);
}

function addHealthRoutes(app: NestFastifyApplication, health: Health): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/health/live', async (_request, reply) => {
    const state = health.live();
    return reply.code(state.status === 'ok' ? 200 : 503).send(state);
  });
  fastify.get('/health/ready', async (_request, reply) => {
    const state = health.ready();
    return reply.code(state.status === 'ok' ? 200 : 503).send(state);
  });
  fastify.addHook('preClose', quietMoment);
  fastify.addHook('onRequest', async (request, reply) => {
    // A proxy keeps connections open: while we drain, each ends with its next answer, so that none is in use when we
    // close.
    if (health.isStopping) reply.header('connection', 'close');
    if (health.hasStarted || request.url.startsWith('/health/') || request.url === '/metrics') return;
    // In contract A's words, which hold what the other faces' clients look for as well.
    const error = { type: 'service_unavailable', message: 'The service is starting; try again in a moment.' };
    await reply.code(503).header('retry-after', '2').send({ error, message: error.message, code: error.type });
  });
}

/**
 * Nest's own start-up chatter is left out; its warnings and errors are ours. What stops the start is told by whoever
 * started it.
 */
function nestLogger(logger: Logger, health: Health): LoggerService {
  const asText = (value: unknown): string => (value instanceof Error ? value.message : String(value));
  return {
    log: () => undefined,
    debug: () => undefined,
    verbose: () => undefined,
    warn: (message: unknown) => logger.warn(asText(message)),
    error: (message: unknown, ...rest: unknown[]) =>
      logger[health.hasStarted ? 'error' : 'debug'](asText(message), { rest: rest.map(asText) }),
    fatal: (message: unknown) => logger.error(asText(message)),
  };
}
