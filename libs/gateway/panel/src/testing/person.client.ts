import { renderOpenApi } from '@paymatch/gateway-edge';
import { DocumentedAnswers } from '@paymatch/platform-testing';
import { panelApi } from '../openapi/panel.api.js';
import type { Reply } from './panel.client.js';
import { PASSWORD } from './panel.harness.js';

const documented = new DocumentedAnswers(renderOpenApi(panelApi));

export interface PersonCall {
  readonly body?: unknown;
  /** Over what a browser would send; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A browser that speaks to the panel: it keeps its cookie, and sends what the console would. */
export class PersonClient {
  cookie: string | null = null;
  csrfToken = '';
  merchant: string | null = null;
  mode: 'live' | 'test' = 'live';

  constructor(readonly url: string) {}

  /** Signs in; throws when that fails. */
  async signIn(email: string, password = PASSWORD): Promise<this> {
    const reply = await this.call('POST', '/session', { body: { email, password } });
    if (reply.status !== 200) throw new Error(`${email} could not sign in: ${JSON.stringify(reply.json)}`);
    return this;
  }

  at(merchantId: string, mode: 'live' | 'test' = 'live'): this {
    this.merchant = merchantId;
    this.mode = mode;
    return this;
  }

  async call(method: string, path: string, { body, headers = {} }: PersonCall = {}): Promise<Reply> {
    const sent: Record<string, string | null> = {
      cookie: this.cookie,
      ...(method !== 'GET' && { origin: this.url, 'x-csrf-token': this.csrfToken }),
      ...(this.merchant !== null && { 'paymatch-merchant': this.merchant, 'paymatch-mode': this.mode }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    const response = await fetch(`${this.url}/api/panel/v1${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: Object.entries(sent).filter((pair): pair is [string, string] => pair[1] !== null),
    });
    // A stream goes on: whoever reads one does so by other means.
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    const json: unknown = response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text;
    const { status, headers: answered } = response;
    if (!isStream) documented.check({ method, path: `/api/panel/v1${path}`, status, headers: answered, body: json });
    this.keep(answered.getSetCookie(), json);
    return { status, headers: answered, json };
  }

  private keep(cookies: readonly string[], json: unknown): void {
    for (const line of cookies) {
      const [pair = ''] = line.split(';', 1);
      this.cookie = pair.endsWith('=') ? null : pair;
    }
    const token = (json as { readonly data?: { readonly csrf_token?: string } | null } | null)?.data?.csrf_token;
    if (token !== undefined) this.csrfToken = token;
  }
}
