import type { PaymentSnapshot } from '@paymatch/contracts';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath } from './testing/checkout-world.js';

let server: CheckoutServer;
afterEach(() => server.stop());

interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** Waits until the text so far matches. */
  until(pattern: RegExp): Promise<string>;
  /** Waits until the server ends it. */
  toEnd(): Promise<string>;
  leave(): void;
}

async function openStream(payment: PaymentSnapshot): Promise<OpenStream> {
  const controller = new AbortController();
  const answer = await fetch(`${server.url}${pagePath(payment)}/events`, {
    headers: { accept: 'text/event-stream' },
    signal: controller.signal,
  });
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const more = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (value !== undefined) text += decoder.decode(value, { stream: true });
    return !done;
  };
  return {
    status: answer.status,
    headers: answer.headers,
    until: async (pattern) => {
      while (!pattern.test(text)) if (!(await more())) throw new Error(`the stream ended before ${pattern}: ${text}`);
      return text;
    },
    toEnd: async () => {
      while (await more());
      return text;
    },
    leave: () => controller.abort(),
  };
}

const waiting = (): PaymentSnapshot => {
  const merchant = server.world.addMerchant();
  return server.world.addPayment(merchant.id, {
    status: 'awaiting_verification',
    provider: 'bkash',
    trxId: 'DH7K2M9QX4',
    walletNumber: '01712345678',
  });
};

const eventually = async (isSo: () => boolean): Promise<void> => {
  for (let n = 0; n < 200 && !isSo(); n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
};

describe('the live stream of a payment', () => {
  it('tells where it stands, then every change, and ends with the payment', async () => {
    server = await startCheckoutServer();
    const payment = waiting();
    const stream = await openStream(payment);
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    expect(stream.headers.get('x-request-id')).toMatch(/./);
    await stream.until(/data: \{"status":"awaiting_verification","version":1\}\n\n/);
    server.world.change(payment.id, { reviewReason: 'amount_mismatch' });
    await stream.until(/"version":2\}\n\n/);
    server.world.complete(payment.id);
    const text = await stream.toEnd();
    expect(text.match(/^data: .*$/gm)).toEqual([
      'data: {"status":"awaiting_verification","version":1}',
      'data: {"status":"awaiting_verification","version":2}',
      'data: {"status":"completed","version":3}',
      'data: {}',
    ]);
    expect(text).toMatch(/event: end\ndata: \{\}\n\n$/);
    expect(text).not.toContain('DH7K2M9QX4');
    await eventually(() => server.world.watcherCount(payment.id) === 0);
  });

  it('of a payment that is over already says so and ends', async () => {
    server = await startCheckoutServer();
    const payment = server.world.addPayment(server.world.addMerchant().id, { status: 'completed' });
    expect(await (await openStream(payment)).toEnd()).toContain('"status":"completed"');
    // Nothing of it may stay in the books: five more streams still fit.
    for (let n = 0; n < 6; n += 1) expect((await openStream(payment)).status).toBe(200);
  });

  it('tells a change that another instance applied, at its next look', async () => {
    server = await startCheckoutServer({ streamTickMs: 20 });
    const payment = waiting();
    const stream = await openStream(payment);
    await stream.until(/"version":1/);
    server.world.payments.set(payment.id, { ...payment, version: 2, status: 'completed' });
    expect(await stream.toEnd()).toContain('{"status":"completed","version":2}');
  });

  it('tells that the time is over though no event came', async () => {
    server = await startCheckoutServer({ streamTickMs: 20 });
    const payment = server.world.addPayment(server.world.addMerchant().id);
    const stream = await openStream(payment);
    await stream.until(/"status":"pending","version":1/);
    server.world.nowMs = Date.parse(payment.expiresAt);
    expect(await stream.toEnd()).toContain('{"status":"expired","version":1}');
  });

  it('stays alive with heartbeats, and ends after its life', async () => {
    server = await startCheckoutServer({ streamTickMs: 20, streamLifeMs: 200 });
    const text = await (await openStream(waiting())).toEnd();
    expect(text.match(/^: still here$/gm)!.length).toBeGreaterThan(2);
    expect(text).toMatch(/event: end\ndata: \{\}\n\n$/);
  });

  it('ends when the payment cannot be read any more, so that the page polls', async () => {
    server = await startCheckoutServer({ streamTickMs: 20 });
    const stream = await openStream(waiting());
    await stream.until(/"version":1/);
    server.world.outage = new Error('the database is gone');
    expect(await stream.toEnd()).toMatch(/event: end/);
  });

  it('is refused beyond five of one payment, until one of them leaves', async () => {
    server = await startCheckoutServer();
    const payment = waiting();
    const streams = await Promise.all([1, 2, 3, 4, 5].map(() => openStream(payment)));
    const sixth = await openStream(payment);
    expect([sixth.status, sixth.headers.get('retry-after'), await sixth.toEnd()]).toEqual([
      503,
      '10',
      '{"error":"too_many_streams"}',
    ]);
    streams[0]!.leave();
    await eventually(() => server.world.watcherCount(payment.id) === 4);
    expect((await openStream(payment)).status).toBe(200);
  });

  it('is refused beyond what the process may hold, until one of them leaves', async () => {
    server = await startCheckoutServer({ streamsMax: 2 });
    const first = await openStream(waiting());
    const payment = waiting();
    const second = await openStream(payment);
    expect([first.status, second.status, (await openStream(waiting())).status]).toEqual([200, 200, 503]);
    second.leave();
    await eventually(() => server.world.watcherCount(payment.id) === 0);
    expect([(await openStream(waiting())).status, (await openStream(waiting())).status]).toEqual([200, 503]);
  });

  it('does not hold up the server’s stop', async () => {
    server = await startCheckoutServer();
    const stream = await openStream(waiting());
    const startedAt = Date.now();
    const [text] = await Promise.all([stream.toEnd(), server.stop()]);
    expect(text).toContain('event: end');
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    server = await startCheckoutServer();
  });

  it('answers HEAD without staying open', async () => {
    server = await startCheckoutServer();
    const answer = await fetch(`${server.url}${pagePath(waiting())}/events`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(2_000),
    });
    expect(answer.status).toBe(200);
  });
});
