import { createHash, timingSafeEqual } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Setting } from '@paymatch/platform-config';
import { SECONDS_BUCKETS, type PrometheusMetrics } from '@paymatch/platform-observability';
import type { FastifyRequest } from 'fastify';

const TOKEN_LENGTH_MIN = 16;

/** For every process: who may read its figures. */
export const metricsToken: Setting<string> = {
  env: 'PAYMATCH_METRICS_TOKEN',
  doc: 'Bearer token for /metrics, at least 16 characters; without one, development tells its figures to this machine alone, and production to nobody',
  default: '',
  isSecret: true,
  parse: (value) => {
    // Empty is as good as not set: so a compose file may hand on what its user left out.
    if (value !== '' && value.length < TOKEN_LENGTH_MIN)
      throw new Error(`must have at least ${TOKEN_LENGTH_MIN} characters`);
    return value;
  },
};

/** Who may read the figures. They tell how much a shop sells: nothing of them is for strangers. */
export interface MetricsAccess {
  /** Empty: no token opens them. */
  readonly token: string;
  /** Whether a program on this machine may read them without one. */
  readonly isOpenToThisMachine: boolean;
}

export function metricsAccess(token: string, isProduction: boolean): MetricsAccess {
  return { token, isOpenToThisMachine: token === '' && !isProduction };
}

/** `/metrics`, and how long requests take. */
export function addMetricsRoute(app: NestFastifyApplication, metrics: PrometheusMetrics, access: MetricsAccess): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/metrics', async (request, reply) => {
    const given = isGiven(request, access);
    if (!given.isAllowed) return reply.code(given.code).header('www-authenticate', 'Bearer').send('');
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.render());
  });
  const requests = metrics.distribution({
    name: 'paymatch_http_request_seconds',
    help: 'Requests answered, by route and kind of answer',
    labels: ['method', 'route', 'status'],
    buckets: SECONDS_BUCKETS,
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (route === '/metrics' || route.startsWith('/health/')) return;
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000);
  });
}

function isGiven(
  request: FastifyRequest,
  { token, isOpenToThisMachine }: MetricsAccess,
): { readonly isAllowed: boolean; readonly code: 401 | 404 } {
  if (token !== '') return { isAllowed: isSame(request.headers.authorization ?? '', `Bearer ${token}`), code: 401 };
  return { isAllowed: isOpenToThisMachine && isFromThisMachine(request), code: 404 };
}

/** Not by way of a proxy on this machine, whose callers are anybody. */
function isFromThisMachine({ raw }: FastifyRequest): boolean {
  const address = raw.socket.remoteAddress ?? '';
  const isForwarded = Object.keys(raw.headers).some((name) =>
    /^(?:x-forwarded-|forwarded$|via$|x-real-ip$)/.test(name),
  );
  return !isForwarded && /^(?:127\.|::1$|::ffff:127\.)/.test(address);
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
