import { renderOpenApi } from '@paymatch/gateway-edge';
import { DocumentedAnswers } from '@paymatch/platform-testing';
import { panelApi } from '../openapi/panel.api.js';

const documented = new DocumentedAnswers(renderOpenApi(panelApi));

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

export interface CallOptions {
  /** `null` sends none; the client's own unless said. */
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Calls the panel over a socket, with the key of a shop; every answer must be as its document says. */
export class PanelClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async call(method: string, path: string, options: CallOptions = {}): Promise<Reply> {
    const key = options.key === undefined ? this.key : options.key;
    const response = await fetch(`${this.url}/api/panel/v1${path}`, {
      method,
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
    });
    const { status, headers } = response;
    const json = await response.json();
    documented.check({ method, path: `/api/panel/v1${path}`, status, headers, body: json });
    return { status, headers, json };
  }
}

/** Problem details that lead to the log by their request id. */
export function expectProblem(reply: Reply, status: number, code: string): void {
  expect([reply.status, reply.json.type, reply.headers.get('content-type')]).toEqual([
    status,
    `urn:paymatch:problem:${code}`,
    'application/problem+json',
  ]);
  expect(reply.json).toMatchObject({
    status,
    title: expect.any(String),
    detail: expect.any(String),
    instance: `urn:request:${reply.headers.get('x-request-id')}`,
  });
}
