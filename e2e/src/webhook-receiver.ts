import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  readonly event: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: {
    readonly id: string;
    readonly event: string;
    readonly livemode: boolean;
    readonly sequence: number;
    readonly data: { readonly id: string; readonly status: string; readonly trx_id: string | null };
  };
  readonly receivedAtMs: number;
}

/**
 * A merchant's server: keeps what comes, answers as told. Its signature check is written from the contract, not from
 * our code.
 */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** The status of the n-th request (0-based); 200 when absent. */
  answer: (request: ReceivedWebhook, index: number) => number = () => 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const webhook: ReceivedWebhook = {
          event: String(request.headers['x-fastaar-event']),
          headers: request.headers,
          raw,
          body: JSON.parse(raw) as ReceivedWebhook['body'],
          receivedAtMs: Date.now(),
        };
        receiver.received.push(webhook);
        response.writeHead(receiver.answer(webhook, receiver.received.length - 1)).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks`;
  }

  of(paymentId: string): readonly ReceivedWebhook[] {
    return this.received.filter((webhook) => webhook.body.data.id === paymentId);
  }

  async waitFor(paymentId: string, event: string, timeoutMs = 10_000): Promise<ReceivedWebhook> {
    const deadlineMs = Date.now() + timeoutMs;
    for (;;) {
      const found = this.of(paymentId).find((webhook) => webhook.event === event);
      if (found) return found;
      if (Date.now() > deadlineMs)
        throw new Error(
          `no ${event} of ${paymentId} within ${timeoutMs} ms; came: ${
            this.of(paymentId)
              .map((webhook) => webhook.event)
              .join(', ') || 'nothing'
          }`,
        );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Contract A, Webhooks: `t=<unix seconds>,v1=<hex HMAC-SHA256(secret, "{t}.{raw body}")>`, not older than 300 s. */
export function isGenuine(webhook: ReceivedWebhook, secret: string): boolean {
  const match = /^t=(\d+),v1=([a-f0-9]{64})$/.exec(String(webhook.headers['x-fastaar-signature']));
  if (!match || Math.abs(Date.now() / 1_000 - Number(match[1])) > 300) return false;
  return createHmac('sha256', secret).update(`${match[1]}.${webhook.raw}`).digest('hex') === match[2];
}
