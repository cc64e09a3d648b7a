import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGenuine, type ReceivedWebhook } from '../webhook-receiver.js';
import type { Webhook } from './history.js';
import type { Random } from './random.js';
import { untilFirst } from './until-first.js';

export type Manner = 'kind' | 'slow' | '500' | '429' | 'redirect' | 'hang' | 'cut' | 'endless';

const SLOW_MS = 1_500;
/** How long a server that hangs does so, and one that never stops answering answers. */
const HANG_MS = 20_000;
const ENDLESS_CHUNK = Buffer.alloc(1_024, 'x');
/** So much of what comes is answered in the bad manner; shops fail for some requests more often than for all. */
const BAD_SHARE = 0.6;

/** A merchant's server with an address for each endpoint; tells of each webhook that came whole. */
export class ChaosReceiver {
  manner: Manner = 'kind';
  readonly secrets = new Map<string, string>();
  private readonly waiting = new Map<string, () => void>();

  private constructor(
    private readonly server: Server,
    private readonly random: Random,
    private readonly note: (webhook: Webhook) => void,
  ) {
    server.on('request', (request, response) => this.receive(request, response));
  }

  static async start(random: Random, note: (webhook: Webhook) => void): Promise<ChaosReceiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ChaosReceiver(server, random, note);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves when that payment's completion comes; the caller gives up when it likes. */
  completionOf(paymentId: string): Promise<void> {
    return new Promise((resolve) => this.waiting.set(paymentId, resolve));
  }

  forget(paymentId: string): void {
    this.waiting.delete(paymentId);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    // What came in part is no webhook: the sender knows that it has not been taken.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void this.answer(request, response, Buffer.concat(chunks).toString('utf8')));
  }

  private async answer(request: IncomingMessage, response: ServerResponse, raw: string): Promise<void> {
    const atMs = Date.now();
    const endpoint = (request.url ?? '/').slice(1);
    const webhook = readWebhook(request, raw, atMs);
    const isBad = this.manner !== 'kind' && endpoint !== 'probe' && this.random.next() < BAD_SHARE;
    const answered = isBad ? await this.answerBadly(response, this.manner) : say(response, 200);
    const { event, body } = webhook;
    this.note({
      type: 'webhook',
      endpoint,
      webhookId: String(request.headers['webhook-id']),
      paymentId: body.data.id,
      event,
      sequence: body.sequence,
      isGenuine: isGenuine(webhook, this.secrets.get(endpoint) ?? ''),
      answered,
      atMs,
    });
    if (event === 'payment.completed' && answered === 200) {
      this.waiting.get(body.data.id)?.();
      this.waiting.delete(body.data.id);
    }
  }

  private async answerBadly(response: ServerResponse, manner: Manner): Promise<number> {
    switch (manner) {
      case 'kind':
        return say(response, 200);
      case 'slow':
        await sleep(SLOW_MS);
        return response.destroyed ? 0 : say(response, 200);
      case '500':
        return say(response, 500);
      case '429':
        response.setHeader('retry-after', '1');
        return say(response, 429);
      case 'redirect':
        response.setHeader('location', 'http://127.0.0.1:1/elsewhere');
        return say(response, 302);
      case 'hang':
        await Promise.race([sleep(HANG_MS, undefined, { ref: false }), untilFirst(response, ['close'])]);
        response.destroy();
        return 0;
      case 'cut':
        response.destroy();
        return 0;
      case 'endless':
        return this.answerForEver(response);
    }
  }

  /** A success in its first line, and a body without end: the sender takes it for one, or for none. */
  private async answerForEver(response: ServerResponse): Promise<number> {
    response.writeHead(200);
    for (const endMs = Date.now() + HANG_MS; Date.now() < endMs && !response.destroyed;) {
      response.write(ENDLESS_CHUNK);
      await sleep(5);
    }
    response.destroy();
    return 200;
  }
}

function say(response: ServerResponse, status: number): number {
  response.writeHead(status).end();
  return status;
}

function readWebhook(request: IncomingMessage, raw: string, atMs: number): ReceivedWebhook {
  return {
    event: String(request.headers['x-fastaar-event']),
    headers: request.headers,
    raw,
    body: JSON.parse(raw) as ReceivedWebhook['body'],
    receivedAtMs: atMs,
  };
}
