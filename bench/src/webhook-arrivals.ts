import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Webhook {
  readonly event: string;
  readonly data: { readonly id: string };
}

/** A merchant's server on the loopback address that notes when each webhook came, and answers 200 at once. */
export class WebhookArrivals {
  private readonly atMs = new Map<string, number>();
  private readonly waiting = new Map<string, (atMs: number) => void>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookArrivals> {
    const server = createServer();
    const arrivals = new WebhookArrivals(server);
    server.on('request', (incoming, answer) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { event, data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Webhook;
        arrivals.note(`${event} ${data.id}`);
        answer.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return arrivals;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks`;
  }

  /** When (`performance.now()`) that webhook of that payment first came. */
  async of(event: string, paymentId: string, timeoutMs: number): Promise<number> {
    const name = `${event} ${paymentId}`;
    const found = this.atMs.get(name);
    if (found !== undefined) return found;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<number>((resolve, reject) => {
        this.waiting.set(name, resolve);
        timer = setTimeout(() => reject(new Error(`no ${name} within ${timeoutMs} ms`)), timeoutMs);
      });
    } finally {
      clearTimeout(timer);
      this.waiting.delete(name);
    }
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private note(name: string): void {
    if (this.atMs.has(name)) return;
    const now = performance.now();
    this.atMs.set(name, now);
    this.waiting.get(name)?.(now);
  }
}
