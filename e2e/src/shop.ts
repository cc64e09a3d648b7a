import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sms, type Sms } from './bkash-message.js';
import { holdToDocuments } from './documented.js';
import type { Demo } from './running-gateway.js';

/** One HTTP answer, its JSON body parsed. */
export interface Answer<Body = Record<string, never>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Payment {
  readonly id: string;
  readonly status: string;
  readonly amount: string;
  readonly invoice_id: string | null;
  readonly trx_id: string | null;
  readonly failure_reason: string | null;
  readonly checkout_url: string;
  readonly livemode: boolean;
}

/** What a merchant's shop, its customer and its phone do, over real sockets and nothing else. */
export class Shop {
  private sequence = Date.now();

  constructor(
    readonly demo: Demo,
    readonly key: string = demo.merchant.liveKey,
    /** As long as a client waits for one answer; for ever when absent. */
    private readonly timeoutMs?: number,
  ) {}

  /**
   * Asks and reads the whole answer. The limit is a timer of its own beside the signal: an answer whose connection was
   * lost in its midst has been seen never to end, whatever its signal said.
   */
  private async ask(
    url: string,
    init: RequestInit = {},
  ): Promise<{ readonly response: Response; readonly text: string }> {
    const { timeoutMs } = this;
    const controller = new AbortController();
    const answer = async () => {
      const response = await fetch(url, { ...init, signal: controller.signal });
      return { response, text: await response.text() };
    };
    if (timeoutMs === undefined) return answer();
    const late = sleep(timeoutMs, undefined, { ref: false }).then(() => {
      controller.abort();
      throw new Error(`no answer within ${timeoutMs} ms`);
    });
    return Promise.race([answer(), late]);
  }

  async call<Body>(
    method: string,
    pathname: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    const { response, text } = await this.ask(`${this.demo.baseUrl}${pathname}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const { status, headers: given } = response;
    const read = isJson ? JSON.parse(text) : text;
    holdToDocuments({ method, path: pathname, status, headers: given, body: read });
    return { status, headers: given, body: read as Body };
  }

  create(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<{ data: Payment }>> {
    return this.call('POST', '/api/v1/payments', body, headers);
  }

  async payment(id: string): Promise<Payment> {
    return (await this.call<{ data: Payment }>('GET', `/api/v1/payments/${id}`)).body.data;
  }

  /** Where the demo merchant's live endpoint sends from now on. */
  async hearAt(url: string | null, events: readonly string[]): Promise<void> {
    const path = `/api/panel/v1/webhook-endpoints/${this.demo.merchant.webhookEndpointId}`;
    const { status, body } = await this.call('PATCH', path, { url, events });
    if (status !== 200)
      throw new Error(`setting the webhook endpoint answered HTTP ${status}: ${JSON.stringify(body)}`);
  }

  /** Waits until the payment has that status; fails with what it has instead. */
  async becomes(id: string, status: string, timeoutMs = 10_000): Promise<Payment> {
    const deadlineMs = Date.now() + timeoutMs;
    for (;;) {
      const payment = await this.payment(id);
      if (payment.status === status) return payment;
      if (Date.now() > deadlineMs)
        throw new Error(
          `payment ${id} is ${payment.status} (${payment.failure_reason ?? 'no reason'}), not ${status}, after ` +
            `${timeoutMs} ms`,
        );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  wallet(provider: string): Demo['wallets'][number] {
    const wallet = this.demo.wallets.find((candidate) => candidate.provider === provider);
    if (!wallet) throw new Error(`the demo merchant has no ${provider} wallet`);
    return wallet;
  }

  /** The customer's part without JavaScript: opens the page, picks the wallet, sends the form. */
  async submitTrx(
    paymentId: string,
    form: { readonly provider: string; readonly trxId: string; readonly senderNumber?: string },
  ): Promise<number> {
    const walletId = this.wallet(form.provider).id;
    // `change` is what the page of a waiting payment links to; a pending one knows nothing of it.
    const { response: page, text: html } = await this.ask(
      `${this.demo.baseUrl}/pay/${paymentId}?wallet=${walletId}&change=1`,
    );
    if (page.status === 502 || page.status === 503) return page.status;
    const cookies = page.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
    const token = /name="form_token" value="([^"]+)"/.exec(html)?.[1];
    if (!token) throw new Error(`the checkout page of ${paymentId} offers no form (HTTP ${page.status})`);
    const { response } = await this.ask(`${this.demo.baseUrl}/pay/${paymentId}/trx`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookies, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        form_token: token,
        wallet_id: walletId,
        trx_id: form.trxId,
        sender_number: form.senderNumber ?? '',
      }),
    });
    return response.status;
  }

  /** The phone's part: forwards messages as the device, signed. */
  async forward(
    ...messages: readonly {
      readonly sender: string;
      readonly body: string;
      readonly sentAt?: string;
      readonly part?: { readonly key: string; readonly index: number; readonly total: number };
    }[]
  ): Promise<Answer<{ results: { seq: number | null; status: string; reason?: string }[] }>> {
    const { device, baseUrl } = this.demo;
    const seq = (this.sequence += 1);
    const now = new Date().toISOString();
    const body = JSON.stringify({
      messages: messages.map(({ sender, body: text, sentAt = now, part = null }) => ({
        part,
        seq: null,
        sender,
        body: text,
        sim_slot: 0,
        sent_at: sentAt,
        received_at: sentAt,
      })),
    });
    const timestamp = Math.floor(Date.now() / 1_000);
    const signed = `${device.id}.${seq}.${timestamp}.${createHash('sha256').update(body).digest('hex')}`;
    const { response, text } = await this.ask(`${baseUrl}/api/device/v1/messages`, {
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
    const { status, headers } = response;
    const isJson = headers.get('content-type')?.includes('json') === true;
    const answer = { method: 'POST', path: '/api/device/v1/messages', status, headers };
    holdToDocuments({ ...answer, body: isJson ? JSON.parse(text) : text });
    return { status, headers, body: (response.ok ? JSON.parse(text) : text) as never };
  }
}

/** A bKash "money received" text as it would come now; its TrxID carries today's date in Dhaka as real ones do. */
export function bkashSms(amount: string, from?: string): Sms {
  return sms({ amount, ...(from !== undefined && { from }) });
}
