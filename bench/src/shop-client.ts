import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Demo } from './running-system.js';

/**
 * What a shop, its customers and its phone do, over kept connections, so that the system is measured and not the
 * client.
 */
export class ShopClient {
  private readonly agent = new Agent({ connections: 128 });
  private sequence = Date.now();

  constructor(
    private readonly demo: Demo,
    private readonly baseUrl: string,
  ) {}

  /** A payment of 500.00; its id. */
  async create(): Promise<string> {
    const { status, text } = await this.send('POST', '/api/v1/payments', { json: { amount: 500 } });
    if (status !== 201) throw new Error(`creating a payment answered HTTP ${status}: ${text}`);
    return (JSON.parse(text) as { data: { id: string } }).data.id;
  }

  async statusOf(id: string): Promise<string> {
    const { status, text } = await this.send('GET', `/api/v1/payments/${id}`);
    if (status !== 200) throw new Error(`reading a payment answered HTTP ${status}: ${text}`);
    return (JSON.parse(text) as { data: { status: string } }).data.status;
  }

  /** Resolves with the time at which the read model said so. */
  async becomes(
    id: string,
    wanted: string,
    options: { readonly everyMs: number; readonly timeoutMs: number },
  ): Promise<number> {
    const deadline = performance.now() + options.timeoutMs;
    for (;;) {
      const status = await this.statusOf(id);
      const now = performance.now();
      if (status === wanted) return now;
      if (now > deadline) throw new Error(`payment ${id} is ${status}, not ${wanted}, after ${options.timeoutMs} ms`);
      await new Promise((resolve) => {
        setTimeout(resolve, options.everyMs);
      });
    }
  }

  /** The customer's part: opens the page, picks the bKash wallet, sends the form. */
  async submitTrx(id: string, trxId: string): Promise<void> {
    const wallet = this.demo.wallets.find(({ provider }) => provider === 'bkash')!;
    const page = await request(`${this.baseUrl}/pay/${id}?wallet=${wallet.id}`, { dispatcher: this.agent });
    const token = /name="form_token" value="([^"]+)"/.exec(await page.body.text())?.[1];
    if (token === undefined) throw new Error(`the checkout page offers no form (HTTP ${page.statusCode})`);
    const cookie = [page.headers['set-cookie'] ?? []]
      .flat()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    const answer = await request(`${this.baseUrl}/pay/${id}/trx`, {
      method: 'POST',
      dispatcher: this.agent,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        form_token: token,
        wallet_id: wallet.id,
        trx_id: trxId,
        sender_number: '',
      }).toString(),
    });
    await answer.body.dump();
    if (answer.statusCode !== 303) throw new Error(`the TrxID form answered HTTP ${answer.statusCode}`);
  }

  /** The phone's part: one message, signed. Resolves when the gateway has taken it. */
  async forward(sms: { readonly sender: string; readonly body: string }): Promise<void> {
    const { device } = this.demo;
    this.sequence += 1;
    const now = new Date();
    const body = JSON.stringify({
      messages: [{ seq: null, ...sms, sim_slot: 0, sent_at: now.toISOString(), received_at: now.toISOString() }],
    });
    const timestamp = Math.floor(now.getTime() / 1_000);
    const signed = `${device.id}.${this.sequence}.${timestamp}.${createHash('sha256').update(body).digest('hex')}`;
    const answer = await request(`${this.baseUrl}/api/device/v1/messages`, {
      method: 'POST',
      body,
      dispatcher: this.agent,
      headers: {
        'content-type': 'application/json',
        'x-device-id': device.id,
        'x-device-seq': String(this.sequence),
        'x-device-timestamp': String(timestamp),
        'x-device-signature': createHmac('sha256', device.secret).update(signed).digest('hex'),
      },
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || !text.includes('"accepted"'))
      throw new Error(`the message was not accepted (HTTP ${answer.statusCode}): ${text}`);
  }

  async sendWebhooksTo(url: string, events: readonly string[]): Promise<void> {
    const { status, text } = await this.send('POST', '/api/panel/v1/webhook-endpoints', { json: { url, events } });
    if (status !== 201) throw new Error(`setting the webhook endpoint answered HTTP ${status}: ${text}`);
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private async send(
    method: 'GET' | 'POST' | 'PUT',
    pathname: string,
    { json }: { readonly json?: unknown } = {},
  ): Promise<{ readonly status: number; readonly text: string }> {
    const { statusCode, body } = await request(`${this.baseUrl}${pathname}`, {
      method,
      dispatcher: this.agent,
      headers: { authorization: `Bearer ${this.demo.merchant.liveKey}`, 'content-type': 'application/json' },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    return { status: statusCode, text: await body.text() };
  }
}

const ID_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
let balanceMinor = 1_000_000;
let printedIds = 0;

/**
 * A bKash "money received" of Tk 500.00 as it would come now: its TrxID carries today's date in Dhaka, its balance
 * grows with each.
 */
export function nextSms(): { readonly sender: string; readonly body: string; readonly trxId: string } {
  const dhaka = new Date(Date.now() + 6 * 3_600_000).toISOString();
  const [year, month, day] = [Number(dhaka.slice(0, 4)), Number(dhaka.slice(5, 7)), Number(dhaka.slice(8, 10))];
  printedIds += 1 + Math.floor(Math.random() * 50);
  const trxId = `${ID_ALPHABET[year - 2013]}${ID_ALPHABET[9 + month]}${ID_ALPHABET[day]}${printedIds.toString(36).toUpperCase().padStart(7, '0')}`;
  balanceMinor += 50_000;
  const balance = (balanceMinor / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
  const printed = `${dhaka.slice(8, 10)}/${dhaka.slice(5, 7)}/${dhaka.slice(0, 4)} ${dhaka.slice(11, 16)}`;
  return {
    sender: 'bKash',
    body:
      `You have received Tk 500.00 from 01712345678. Fee Tk 0.00. Balance Tk ${balance}. TrxID ${trxId} at ` +
      `${printed}`,
    trxId,
  };
}

/** Does all of `items`, `concurrency` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const item of { [Symbol.iterator]: () => waiting }) await work(item);
    }),
  );
}
