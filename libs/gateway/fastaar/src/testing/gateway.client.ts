import { renderOpenApi } from '@paymatch/gateway-edge';
import { DocumentedAnswers } from '@paymatch/platform-testing';
import { fastaarApi } from '../openapi/fastaar.api.js';

const documented = new DocumentedAnswers(renderOpenApi(fastaarApi));

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
  readonly text: string;
}

export interface CallOptions {
  /** `null` sends none; the client's own unless said. */
  readonly key?: string | null;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** Calls a gateway over a socket, with the key of a shop; every answer must be as its document says. */
export class GatewayClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async call(method: string, path: string, options: CallOptions = {}): Promise<Reply> {
    const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const key = options.key === undefined ? this.key : options.key;
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body !== undefined && { body }),
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
    });
    const text = await response.text();
    const { status, headers } = response;
    const json = text === '' ? null : JSON.parse(text);
    documented.check({ method, path, status, headers, body: json });
    return { status, headers, json, text };
  }
}

/** One body for every generation of clients, whatever went wrong. */
export function expectError(reply: Reply, status: number, type: string): void {
  expect({ status: reply.status, type: reply.json?.error?.type }).toEqual({ status, type });
  expect(reply.json).toMatchObject({ message: reply.json.error.message, code: type });
  expect(reply.json.errors).toEqual(reply.json.error.errors);
  expect(reply.headers.get('x-request-id')).toBeTruthy();
  expect(reply.headers.get('content-type')).toContain('application/json');
}
