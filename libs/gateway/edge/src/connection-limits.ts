import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { routeMarks } from './route-marks.js';

export interface ConnectionLimits {
  /** Connections open at a time. */
  readonly connectionsMax: number;
  /** Requests of one connection that may wait for the answers before theirs; the connection of one more is cut. */
  readonly pipelinedMax: number;
  /** Requests worked on at a time, all connections together; one more is asked to come again. */
  readonly inFlightMax: number;
  /**
   * Bytes of answers that nobody has read yet, all connections together; beyond it whoever has waited longest is cut
   * off.
   */
  readonly unreadBytesMax: number;
  /** How long an answer may lie unread. */
  readonly unreadMs: number;
}

/** How often a server that stops looks for connections that nobody uses. */
const STOPPING_LOOK_MS = 250;

export const connectionLimits: ConnectionLimits = {
  connectionsMax: 10_000,
  pipelinedMax: 32,
  inFlightMax: 1_024,
  unreadBytesMax: 64 * 1_024 * 1_024,
  unreadMs: 30_000,
};

/** More is asked of this process at once than it works on; `statusCode` is read by `gatewayFault`. */
export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests';
  readonly statusCode = 503;
}

interface Line {
  length: number;
  last: Promise<void>;
}

/**
 * Bounds what one connection, and all of them, may have under way. A connection's requests are worked on one after the
 * other, each when the answer before it has left: whoever does not read gets no more work done, and keeps no more than
 * one answer waiting.
 */
export class ConnectionGuard {
  private readonly lines = new WeakMap<Socket, Line>();
  /** In the order in which they began to wait. */
  private readonly unread = new Map<ServerResponse, { readonly bytes: number; readonly timer: NodeJS.Timeout }>();
  private unreadBytes = 0;
  private inFlight = 0;

  constructor(private readonly limits: ConnectionLimits = connectionLimits) {}

  install(fastify: FastifyInstance): void {
    fastify.server.maxConnections = this.limits.connectionsMax;
    this.endUnused(fastify);
    fastify.addHook('onRequest', async (request, reply) => {
      if (!(await this.isItsTurn(request, reply))) return reply.hijack();
      if (!isCounted(request)) return undefined;
      if (this.inFlight >= this.limits.inFlightMax) throw new TooManyRequests('too many requests are being worked on');
      this.inFlight += 1;
      reply.raw.once('close', () => {
        this.inFlight -= 1;
      });
      return undefined;
    });
    fastify.addHook('onSend', async (_request, reply, payload) => {
      this.watchUnread(reply.raw, sizeOf(payload));
      return payload;
    });
  }

  /**
   * A server that stops waits for its connections. Node ends those that are idle at that moment; one whose answer is
   * still leaving would be kept for another request until its time is up, and one that never asked anything (browsers
   * open some ahead) for a minute.
   */
  private endUnused(fastify: FastifyInstance): void {
    const { server } = fastify;
    const fresh = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      fresh.add(socket);
      socket.once('close', () => fresh.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage) => fresh.delete(socket));
    fastify.addHook('preClose', async () => {
      const unasked = [...fresh];
      const ending = setInterval(() => {
        server.closeIdleConnections();
        // Whoever was about to ask has had its time.
        for (const socket of unasked) if (fresh.has(socket)) socket.destroy();
      }, STOPPING_LOOK_MS);
      server.once('close', () => clearInterval(ending));
    });
  }

  /** `false` when the connection is gone, or was cut because it has too many waiting. */
  private async isItsTurn(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const { socket } = request.raw;
    const line = this.lines.get(socket) ?? { length: 0, last: Promise.resolve() };
    if (line.length > this.limits.pipelinedMax) socket.destroy();
    if (socket.destroyed) return false;
    this.lines.set(socket, line);
    line.length += 1;
    const before = line.last;
    // Answers of a connection that is gone never close: what waits for them is forgotten with it.
    line.last = new Promise((resolve) => {
      reply.raw.once('close', () => {
        line.length -= 1;
        resolve();
      });
    });
    if (line.length > 1) await before;
    return !socket.destroyed;
  }

  private watchUnread(response: ServerResponse, bytes: number): void {
    if (bytes === 0 || response.destroyed) return;
    const timer = setTimeout(() => response.destroy(), this.limits.unreadMs).unref();
    this.unread.set(response, { bytes, timer });
    this.unreadBytes += bytes;
    response.once('close', () => this.forget(response));
    for (const oldest of this.unread.keys()) {
      if (this.unreadBytes <= this.limits.unreadBytesMax) break;
      this.forget(oldest);
      oldest.destroy();
    }
  }

  private forget(response: ServerResponse): void {
    const waiting = this.unread.get(response);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.unread.delete(response);
    this.unreadBytes -= waiting.bytes;
  }
}

/** Whether this process is alive is asked when it has most to do; streams are bounded by whoever opens them. */
function isCounted(request: FastifyRequest): boolean {
  return routeMarks(request).isStream !== true && request.routeOptions.url?.startsWith('/health/') !== true;
}

function sizeOf(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  return Buffer.isBuffer(payload) ? payload.length : 0;
}
