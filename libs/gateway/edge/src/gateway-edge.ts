import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '@paymatch/platform-observability';
import { compressAnswers } from './compressed-answers.js';
import { ConnectionGuard, TooManyRequests } from './connection-limits.js';
import { sendFaceAnswer, type GatewayFace } from './gateway-face.js';
import { gatewayFault } from './gateway-fault.js';
import { readJson } from './json-body.js';
import { KnownRoutes, MethodNotAllowed } from './known-routes.js';
import { problemAnswer } from './problem-details.js';
import { noteErrorCode } from './request-askers.js';
import { BODY_BYTES_MAX, routeMarks, routePattern } from './route-marks.js';

const REQUEST_TIMEOUT_MS = 30_000;
const OVERLOAD_LOGGED_EVERY_MS = 10_000;
const PARAM_LENGTH_MAX = 200;
const REQUEST_ID_SHAPE = /^[A-Za-z0-9._-]{8,128}$/;

export interface GatewayEdgeOptions {
  readonly faces: readonly GatewayFace[];
  readonly logger: Logger;
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is believed; nobody's unless set. */
  readonly trustedProxies?: readonly string[];
}

/**
 * What every HTTP request meets before and after Nest: a request id, a limit on its body, and an answer in its face's
 * own words whatever happens. The adapter goes to `NestFactory.create`, then `configure` the app once.
 */
export class GatewayEdge {
  private readonly faces: readonly GatewayFace[];
  private overloadLoggedAtMs = 0;
  private readonly routes = new KnownRoutes();

  constructor(private readonly options: GatewayEdgeOptions) {
    this.faces = [...options.faces].sort((a, b) => b.prefix.length - a.prefix.length);
  }

  createAdapter(): FastifyAdapter {
    const adapter = new FastifyAdapter({
      logger: false,
      bodyLimit: BODY_BYTES_MAX,
      requestTimeout: REQUEST_TIMEOUT_MS,
      trustProxy: [...(this.options.trustedProxies ?? [])],
      requestIdHeader: false,
      genReqId: (request: IncomingMessage) => requestIdOf(request),
      routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
      // A path that cannot be decoded is answered by the router, before any hook.
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
        this.begin(request, reply);
        this.answer(error, request, reply);
      },
    });
    const fastify = adapter.getInstance();
    fastify.addHook('onRoute', ({ url, method }) => this.routes.add(url, [method].flat()));
    compressAnswers(adapter);
    fastify.addHook('onRequest', (request, reply, done) => {
      this.begin(request, reply);
      done();
    });
    new ConnectionGuard().install(fastify);
    adapter.useBodyParser('application/json', false, { bodyLimit: BODY_BYTES_MAX }, (request, body, done) => {
      (request as { rawBody?: Buffer }).rawBody = body as Buffer;
      parseJson(request, body as Buffer, done);
    });
    return adapter;
  }

  configure(app: NestFastifyApplication): void {
    app.useGlobalFilters(new GatewayExceptionFilter((error, request, reply) => this.answer(error, request, reply)));
  }

  /**
   * `no-store`: many answers hold a secret or somebody's money, and none of those may lie in a cache. What may says so
   * itself.
   */
  private begin(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
  }

  private answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    // By the route that was found: an address may spell `/payment` as `/%70ayment`.
    const path = routePattern(request) ?? requestPath(request);
    const error = this.explain(thrown, requestPath(request));
    if (error instanceof MethodNotAllowed) reply.header('allow', error.allowed.join(', '));
    const answer =
      this.faces.find((face) => path.startsWith(face.prefix))?.answer(error, request) ?? problemAnswer(error, request);
    if (answer.status >= 500) this.log(error, request);
    noteErrorCode(request, answer.body);
    void sendFaceAnswer(reply, answer);
  }

  /** The framework says of a wrong method that there is no such route. */
  private explain(error: unknown, path: string): unknown {
    if (!(error instanceof NotFoundException)) return error;
    const allowed = this.routes.allowed(path);
    return allowed.length === 0 ? error : new MethodNotAllowed(allowed);
  }

  private log(error: unknown, request: FastifyRequest): void {
    // One line for each would be one more load.
    if (error instanceof TooManyRequests && Date.now() < this.overloadLoggedAtMs + OVERLOAD_LOGGED_EVERY_MS) return;
    if (error instanceof TooManyRequests) this.overloadLoggedAtMs = Date.now();
    const fields = { requestId: request.id, method: request.method, route: routePattern(request) ?? null, error };
    if (gatewayFault(error).kind === 'unavailable')
      this.options.logger.warn('a request could not be served for now', fields);
    else this.options.logger.error('a request failed', fields);
  }
}

@Catch()
class GatewayExceptionFilter implements ExceptionFilter {
  constructor(private readonly answer: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** The caller's own id when it is a harmless one, so that both sides' logs meet. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID_SHAPE.test(given) ? given : randomUUID();
}

function parseJson(request: FastifyRequest, bytes: Buffer, done: (error: Error | null, body?: unknown) => void): void {
  if (bytes.length === 0) return done(null, undefined);
  let body: unknown;
  try {
    body = readJson(bytes, { isTolerant: routeMarks(request).isBodyTolerant ?? false });
  } catch (error) {
    return done(error as Error);
  }
  done(null, body);
}

/** The path as the router reads it: without scheme and host, decoded. */
function requestPath(request: FastifyRequest): string {
  const path = (request.raw.url ?? '/').replace(/^[a-z]+:\/\/[^/?]*/i, '').split('?', 1)[0]!;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
