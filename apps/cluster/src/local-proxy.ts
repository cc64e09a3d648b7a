import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ProxySettings } from './caddyfile.js';

/** A body this long is held back, so that it can be sent again when an instance went away before it read it. */
const bodyKeptBytesMax = 1_048_576;

/**
 * Stands in for the compose file's proxy where that cannot be had. It does what the Caddyfile says and no more: the
 * instances' names are asked for every so often, one that cannot be reached is left alone for a while, and nobody asks
 * whether they are well.
 */
export class LocalProxy {
  private readonly server: Server;
  private known: { readonly upstreams: readonly string[]; readonly atMs: number } = { upstreams: [], atMs: -Infinity };
  private readonly failedUntilMs = new Map<string, number>();
  private readonly inFlight = new Map<string, number>();

  constructor(
    private readonly upstreams: () => readonly string[],
    private readonly settings: ProxySettings,
  ) {
    this.server = createServer((incoming, outgoing) => void this.handle(incoming, outgoing));
  }

  async listen(port: number): Promise<string> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** The one with the fewest requests in hand among those not known to be gone. */
  private pick(): string | undefined {
    const nowMs = Date.now();
    if (nowMs - this.known.atMs >= this.settings.refreshMs) this.known = { upstreams: this.upstreams(), atMs: nowMs };
    const load = (upstream: string): number => this.inFlight.get(upstream) ?? 0;
    return this.known.upstreams
      .filter((upstream) => (this.failedUntilMs.get(upstream) ?? 0) <= nowMs)
      .reduce<string | undefined>(
        (best, upstream) => (best === undefined || load(upstream) < load(best) ? upstream : best),
        undefined,
      );
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (/^\/metrics(?:[/?]|$)/.test(incoming.url ?? '')) return void outgoing.writeHead(404).end();
    try {
      const body = await bodyOf(incoming);
      for (const deadlineMs = Date.now() + this.settings.tryMs; Date.now() < deadlineMs;) {
        const upstream = this.pick();
        if (upstream !== undefined && (await this.forward(upstream, body, { incoming, outgoing }))) return;
        await new Promise((resolve) => setTimeout(resolve, this.settings.tryIntervalMs));
      }
      outgoing.writeHead(503).end();
    } catch (error) {
      if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain' });
      outgoing.end(`${(error as Error).message}\n`);
    }
  }

  /** `false` when the instance was not there: nothing of the request has happened, another one may take it. */
  private async forward(
    upstream: string,
    body: Buffer,
    pair: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
  ): Promise<boolean> {
    this.inFlight.set(upstream, (this.inFlight.get(upstream) ?? 0) + 1);
    try {
      return await this.exchange(upstream, body, pair);
    } finally {
      this.inFlight.set(upstream, this.inFlight.get(upstream)! - 1);
    }
  }

  private exchange(
    upstream: string,
    body: Buffer,
    { incoming, outgoing }: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
  ): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...incoming.headers,
        'x-forwarded-for': incoming.socket.remoteAddress ?? '',
        'x-forwarded-proto': 'http',
      };
      const outbound = httpRequest(
        `${upstream}${incoming.url}`,
        { method: incoming.method ?? 'GET', headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
          answer.on('end', () => resolve(true));
          answer.on('error', () => {
            outgoing.destroy();
            resolve(true);
          });
        },
      );
      const dialing = setTimeout(
        () => outbound.destroy(Object.assign(new Error('no connection'), { code: 'ECONNREFUSED' })),
        this.settings.dialTimeoutMs,
      );
      outbound.on('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => clearTimeout(dialing));
        else clearTimeout(dialing);
      });
      outbound.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(dialing);
        this.failedUntilMs.set(upstream, Date.now() + this.settings.failMs);
        if (error.code === 'ECONNREFUSED') resolve(false);
        else reject(error);
      });
      outgoing.on('close', () => outbound.destroy());
      outbound.end(body);
    });
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyKeptBytesMax) throw new Error(`the body is longer than ${bodyKeptBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
