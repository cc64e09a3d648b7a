import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askerOf, errorCodeOf, fieldsOf, routePattern } from '@paymatch/gateway-edge';
import { SupervisedLoop } from '@paymatch/platform-loops';
import {
  CLOCK,
  LOGGER,
  METRICS,
  noMetrics,
  type Clock,
  type Logger,
  type Metrics,
} from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { API_REQUESTS, ApiRequests } from './api-requests.js';

const FLUSH_EVERY_MS = 1_000;
const ID_SHAPE = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:pay_)?[0-9A-HJKMNP-TV-Z]{26})$/i;

export function apiRequestsProvider(database: Database): Provider {
  return {
    provide: API_REQUESTS,
    useFactory: (clock: Clock, metrics: Metrics | undefined) => {
      const dropped = (metrics ?? noMetrics).counter({
        name: 'paymatch_api_requests_unlisted_total',
        help: 'Requests by keys that were to be listed and are not: too many at once, or the database was away',
        labels: [],
      });
      return new ApiRequests(database, clock, (count) => dropped.add({}, count));
    },
    inject: [CLOCK, { token: METRICS, optional: true }],
  };
}

/** Keeps what keys were answered, after each answer has gone out. */
@Injectable()
export class ApiRequestsRecorder implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: SupervisedLoop;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(API_REQUESTS) private readonly requests: ApiRequests,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new SupervisedLoop({
      name: 'the writing down of the last API requests',
      logger,
      everyMs: FLUSH_EVERY_MS,
      turn: () => requests.flush(),
    });
  }

  onModuleInit(): void {
    const fastify = this.host.httpAdapter?.getInstance<FastifyInstance>();
    fastify?.addHook('onResponse', async (request, reply) => this.note(request, reply));
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await this.requests.flush();
  }

  private note(request: FastifyRequest, reply: FastifyReply): void {
    const asker = askerOf(request);
    if (asker === undefined) return;
    this.requests.note({
      asker,
      requestId: String(reply.getHeader('x-request-id') ?? request.id),
      method: request.method,
      path: listedPath(request),
      status: reply.statusCode,
      errorCode: errorCodeOf(request),
      durationMs: Math.round(reply.elapsedTime),
    });
  }
}

/** As the route is written, with our own ids: whatever else somebody put into an address may be about a person. */
function listedPath(request: FastifyRequest): string {
  const params = fieldsOf(request.params);
  return (routePattern(request) ?? '').replace(/:(\w+)/g, (name, key: string) => {
    const value = params[key];
    return typeof value === 'string' && ID_SHAPE.test(value) ? value : name;
  });
}
