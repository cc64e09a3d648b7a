import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { holdToDocuments } from './documented.js';
import type { Demo } from './running-gateway.js';

export type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

let orders = 0;
/** Nobody else's number in any run. */
export function unique(): string {
  orders += 1;
  return `${process.pid}-${Date.now()}-${orders}`;
}

/** Sums below 1,000 BRL that do not come twice soon, so that one test's money is not another's. */
export function uniqueSum(): string {
  orders += 1;
  return `${300 + (orders % 600)}.${String(10 + (Date.now() % 90)).padStart(2, '0')}`;
}

/** A program written for contract B; all it is given is a base URL and credentials. */
export class ContractBClient {
  private constructor(
    readonly baseUrl: string,
    readonly token: string,
  ) {}

  static async open(demo: Demo, mode: 'live' | 'sandbox' = 'live'): Promise<ContractBClient> {
    const { clientId, clientSecret, sandboxClientId, sandboxClientSecret } = demo.smartfastpay;
    const reply = await askToken(
      demo.baseUrl,
      mode === 'live' ? { id: clientId, secret: clientSecret } : { id: sandboxClientId, secret: sandboxClientSecret },
    );
    if (reply.status !== 200) throw new Error(`no token: HTTP ${reply.status} ${JSON.stringify(reply.body)}`);
    return new ContractBClient(demo.baseUrl, reply.body.data.access_token as string);
  }

  get(path: string, token: string | null = this.token): Promise<Reply> {
    return send(`${this.baseUrl}${path}`, {
      headers: token === null ? {} : { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  }

  post(path: string, body: unknown, token: string | null = this.token): Promise<Reply> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return send(`${this.baseUrl}${path}`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
    });
  }

  async becomes(id: string, status: string, timeoutMs = 15_000): Promise<Json> {
    return until(async () => {
      const { body } = await this.get(`/payment/${id}`);
      return body.data?.status === status
        ? (body.data as Json)
        : new Error(`payment ${id} is ${JSON.stringify(body)}, not ${status}`);
    }, timeoutMs);
  }
}

/** Waits for something to be there; `look` says with an Error what is wrong so far. */
export async function until<T>(look: () => Promise<T | Error>, timeoutMs = 15_000): Promise<T> {
  for (const deadlineMs = Date.now() + timeoutMs; ;) {
    const found = await look();
    if (!(found instanceof Error)) return found;
    if (Date.now() > deadlineMs) throw found;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

export async function send(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
  const text = await response.text();
  const { status, headers } = response;
  const body: unknown = headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text;
  holdToDocuments({ method: init.method ?? 'GET', path: new URL(url).pathname, status, headers, body });
  return { status, headers, body };
}

export function askToken(
  baseUrl: string,
  credentials: { readonly id: string; readonly secret: string },
  body?: { readonly type: string; readonly text: string },
): Promise<Reply> {
  const basic = Buffer.from(`${credentials.id}:${credentials.secret}`).toString('base64');
  return send(`${baseUrl}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, ...(body !== undefined && { 'content-type': body.type }) },
    ...(body !== undefined && { body: body.text }),
  });
}

/** A valid `POST /payment`, as SmartFastPay's documentation shows it. */
export function order(parts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    customer_id: '58f0c005-3b7d-4c75-81f3-93b9a6fee864',
    branch: 'loja-1',
    name: 'Richard Roe',
    email: 'richard@roe.com',
    document: '16972691419',
    amount: '300.00',
    currency: 'USD',
    payment_method: 'pix',
    callback: 'http://127.0.0.1:9/nobody',
    transaction: { id: unique() },
    ...parts,
  };
}

/** `E`, the bank's ISPB, minutes in UTC, eleven characters of the bank's own (Banco Central, API Pix). */
export function endToEndId(): string {
  return `E12345678${new Date().toISOString().replace(/\D/g, '').slice(0, 12)}${randomBytes(16)
    .toString('base64')
    .replace(/[^0-9A-Za-z]/g, '')
    .padEnd(11, '0')
    .slice(0, 11)}`;
}

/** Crockford's base 32 of a UUID's 128 bits: how contract A, and the checkout page's address, spell the same id. */
export function ulidOf(uuid: string): string {
  let value = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text = '0123456789abcdefghjkmnpqrstvwxyz'[Number(value & 31n)]! + text;
    value >>= 5n;
  }
  return text;
}

export interface Callback {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Json;
}

/** A shop's callback address, written from the contract. */
export class CallbackReceiver {
  readonly received: Callback[] = [];

  private constructor(private readonly server: Server) {}

  static async start(port = 0): Promise<CallbackReceiver> {
    const server = createServer();
    const receiver = new CallbackReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        receiver.received.push({ path: request.url ?? '', headers: request.headers, raw, body: JSON.parse(raw) });
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callback`;
  }

  of(paymentId: string): readonly Callback[] {
    return this.received.filter(({ body }) => body.data?.[0]?.id === paymentId);
  }

  waitFor(paymentId: string): Promise<Callback> {
    return until(async () => this.of(paymentId)[0] ?? new Error(`no callback of ${paymentId} has come`));
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Contract B, Callback: `t=<milliseconds>,v1=<hex HMAC-SHA256(secret, t + "." + body)>`. */
export function isGenuineCallback(
  { headers, raw }: Pick<Callback, 'headers' | 'raw'>,
  secret: string,
  nowMs = Date.now(),
): boolean {
  const match = /^t=(\d{13}),v1=([0-9a-f]{64})$/.exec(String(headers['smartfastpay-signature']));
  if (match === null || Math.abs(nowMs - Number(match[1])) > 300_000) return false;
  return createHmac('sha256', secret).update(`${match[1]}.${raw}`).digest('hex') === match[2];
}
