import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openWholeShop, type WholeGateway, type WholeShop } from './whole-gateway.js';

interface ReceivedWebhook {
  readonly event: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export const customerNumber = '01912345678';

/** A shop that hears its webhooks, with its customer and its phone. */
export class TracedShop {
  private constructor(
    private readonly gateway: WholeGateway,
    readonly shop: WholeShop,
    private readonly server: Server,
    private readonly received: readonly ReceivedWebhook[],
  ) {}

  static async open(gateway: WholeGateway): Promise<TracedShop> {
    const received: ReceivedWebhook[] = [];
    const server = createServer((request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { headers } = request;
        received.push({
          event: String(headers['x-fastaar-event']),
          headers,
          body: Buffer.concat(chunks).toString('utf8'),
        });
        answer.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const opened = new TracedShop(gateway, await openWholeShop(gateway), server, received);
    const { port } = server.address() as AddressInfo;
    const events = ['payment.created', 'payment.awaiting_verification', 'payment.completed'];
    await opened.post('/api/panel/v1/webhook-endpoints', { url: `http://127.0.0.1:${port}/`, events });
    return opened;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  async create(headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const { id } = await this.post<{ readonly id: string }>('/api/v1/payments', { amount: 500 }, headers);
    return id;
  }

  /** The customer's form. */
  async submit(paymentId: string, trxId: string): Promise<number> {
    const answer = await fetch(`${this.gateway.url}/pay/${paymentId}/trx`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ wallet_id: this.shop.walletId, trx_id: trxId }),
    });
    return answer.status;
  }

  /** What the phone got, signed. */
  async forward(trxId: string): Promise<number> {
    const { device } = this.shop;
    const now = new Date();
    const dhaka = new Date(now.getTime() + 6 * 3_600_000).toISOString();
    const printed = `${dhaka.slice(0, 10).split('-').reverse().join('/')} ${dhaka.slice(11, 16)}`;
    const body = JSON.stringify({
      messages: [
        {
          part: null,
          seq: null,
          sender: 'bKash',
          body:
            `You have received Tk 500.00 from ${customerNumber}. Fee Tk 0.00. Balance Tk 12,345.67. TrxID ${trxId} ` +
            `at ${printed}`,
          sim_slot: 0,
          sent_at: now.toISOString(),
          received_at: now.toISOString(),
        },
      ],
    });
    const [seq, timestamp] = [now.getTime(), Math.floor(now.getTime() / 1_000)];
    const signed = `${device.id}.${seq}.${timestamp}.${createHash('sha256').update(body).digest('hex')}`;
    const answer = await fetch(`${this.gateway.url}/api/device/v1/messages`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-device-id': device.id,
        'x-device-seq': String(seq),
        'x-device-timestamp': String(timestamp),
        'x-device-signature': createHmac('sha256', device.secret).update(signed).digest('hex'),
      },
    });
    return answer.status;
  }

  /** What the shop was told of a payment, in order. */
  receivedOf(paymentId: string): readonly ReceivedWebhook[] {
    return this.received.filter(({ body }) => body.includes(paymentId));
  }

  private async post<Data>(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Data> {
    const answer = await fetch(`${this.gateway.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.shop.key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const read = (await answer.json()) as { readonly data: Data };
    if (!answer.ok) throw new Error(`${path} answered HTTP ${answer.status}: ${JSON.stringify(read)}`);
    return read.data;
  }
}
