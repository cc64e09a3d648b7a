import { patchRequestQueue } from './request-queue.patch.js';

interface Queue {
  readonly inflight: Map<number, unknown>;
  readonly throttleCheckTimeoutId: unknown;
  push(request: {
    readonly entry: { readonly correlationId: number };
    readonly expectResponse: boolean;
    readonly sendRequest: () => void;
  }): void;
  fulfillRequest(response: { readonly correlationId: number; readonly payload: null; readonly size: number }): void;
  maybeThrottle(ms: number): void;
  destroy(): void;
}

function newQueue(maxInFlightRequests: number | null = null): Queue {
  const RequestQueue = require('kafkajs/src/network/requestQueue') as new (options: unknown) => Queue;
  return new RequestQueue({
    maxInFlightRequests,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: 'c',
    broker: 'b',
    logger: { debug() {}, warn() {} },
  });
}

const requestOf = (correlationId: number, sent: number[]) => ({
  entry: { correlationId, resolve() {}, reject() {} },
  expectResponse: true,
  sendRequest: () => {
    sent.push(correlationId);
  },
});

describe('the request queue of kafkajs, patched', () => {
  beforeAll(() => patchRequestQueue());

  it('arms no timer when an answer leaves nothing pending', () => {
    const queue = newQueue();
    const sent: number[] = [];
    queue.push(requestOf(1, sent));
    queue.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    expect(sent).toEqual([1]);
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it('sends what waits for a free place when an answer comes', () => {
    const queue = newQueue(1);
    const sent: number[] = [];
    queue.push(requestOf(1, sent));
    queue.push(requestOf(2, sent));
    expect(sent).toEqual([1]);
    queue.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    expect(sent).toEqual([1, 2]);
    queue.destroy();
  });

  it('sends what the broker throttled when the time is over', async () => {
    const queue = newQueue();
    const sent: number[] = [];
    queue.maybeThrottle(30);
    queue.push(requestOf(1, sent));
    expect(sent).toEqual([]);
    await new Promise((resolve) => {
      setTimeout(resolve, 120);
    });
    expect(sent).toEqual([1]);
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });
});
