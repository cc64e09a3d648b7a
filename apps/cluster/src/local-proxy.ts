import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const healthIntervalMs = 500;
const connectRetriesMax = 20;
const retryDelayMs = 100;
/** A body this long is held back, so that it can be sent again when an instance went away before it read it. */
const bodyKeptBytesMax = 1_048_576;

/** Stands in for the compose file's reverse proxy: round robin over the ready gateways, another one when a connection is refused. */
export class LocalProxy {
  private readonly server: Server;
  private next = 0;
  private readonly ready = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly upstreams: () => readonly string[]) {
    this.server = createServer((incoming, outgoing) => void this.handle(incoming, outgoing));
  }

  async listen(port: number): Promise<string> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    await this.checkHealth();
    this.timer = setInterval(() => void this.checkHealth(), healthIntervalMs);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async checkHealth(): Promise<void> {
    const upstreams = this.upstreams();
    for (const known of this.ready) if (!upstreams.includes(known)) this.ready.delete(known);
    await Promise.all(
      upstreams.map(async (upstream) => {
        const answer = await fetch(`${upstream}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
          () => null,
        );
        await answer?.body?.cancel();
        if (answer?.ok) this.ready.add(upstream);
        else this.ready.delete(upstream);
      }),
    );
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      const body = await bodyOf(incoming);
      for (let attempt = 0; attempt < connectRetriesMax; attempt += 1) {
        const candidates = [...this.ready];
        const upstream = candidates[this.next++ % Math.max(candidates.length, 1)];
        if (upstream !== undefined && (await this.forward(upstream, body, { incoming, outgoing }))) return;
        await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
      }
      outgoing
        .writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain' })
        .end('No gateway is ready; try again in a moment.\n');
    } catch (error) {
      if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain' });
      outgoing.end(`${(error as Error).message}\n`);
    }
  }

  /** `false` when the instance was not there: nothing of the request has happened, another one may take it. */
  private forward(
    upstream: string,
    body: Buffer,
    pair: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
  ): Promise<boolean> {
    const { incoming, outgoing } = pair;
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
      outbound.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ECONNREFUSED') return reject(error);
        this.ready.delete(upstream);
        resolve(false);
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
