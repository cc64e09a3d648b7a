import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { answers, dripsHeaders, hangs, HostileReceiver, resets, speaksNonsense } from '../testing/hostile-receiver.js';
import { attemptErrorOf, UndiciSender, type UndiciSenderOptions } from './undici.sender.js';

const TIMEOUT_MS = 300;
let receiver: HostileReceiver;
const senders: UndiciSender[] = [];

beforeEach(async () => {
  receiver = await HostileReceiver.listen();
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.close()));
  await receiver.close();
});

function sender(options: Partial<UndiciSenderOptions> = {}): UndiciSender {
  const made = new UndiciSender({ allowHttp: true, allowPrivateTargets: true, timeoutMs: TIMEOUT_MS, ...options });
  senders.push(made);
  return made;
}
const request = (url: string) => ({
  url,
  headers: { 'content-type': 'application/json', 'x-a': 'b' },
  body: Buffer.from('{"টাকা":1}'),
});

describe('an attempt', () => {
  it('posts the bytes and headers as they are', async () => {
    expect(await sender().send(request(receiver.url('/hook?x=1')))).toEqual({
      kind: 'answered',
      httpStatus: 200,
      retryAfter: null,
    });
    expect(receiver.received).toEqual([
      expect.objectContaining({
        path: '/hook?x=1',
        body: '{"টাকা":1}',
        headers: expect.objectContaining({ 'x-a': 'b', 'content-type': 'application/json' }),
      }),
    ]);
  });

  it('brings back the status and Retry-After', async () => {
    receiver.behave([answers(503, { 'retry-after': '120' })]);
    expect(await sender().send(request(receiver.url()))).toEqual({
      kind: 'answered',
      httpStatus: 503,
      retryAfter: '120',
    });
  });

  it('does not follow a redirect', async () => {
    receiver.behave([answers(307, { location: receiver.url('/elsewhere') })]);
    expect(await sender().send(request(receiver.url()))).toEqual({
      kind: 'answered',
      httpStatus: 307,
      retryAfter: null,
    });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it.each([
    ['that never answers', hangs],
    ['that drips its headers', dripsHeaders],
  ])('ends in time with a receiver %s', async (_what, behaviour) => {
    receiver.behave([behaviour]);
    const startedAt = performance.now();
    expect(await sender().send(request(receiver.url()))).toEqual({ kind: 'failed', error: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS * 4);
  });

  it('ends in time, and counts as answered, when the body drips for ever', async () => {
    receiver.behave([
      (answer) => {
        answer.writeHead(200).write('a');
        const timer = setInterval(() => answer.write('a'), 20);
        answer.on('close', () => {
          clearInterval(timer);
        });
      },
    ]);
    expect(await sender().send(request(receiver.url()))).toEqual({
      kind: 'answered',
      httpStatus: 200,
      retryAfter: null,
    });
  });

  it('reads at most a little of an endless body and closes the connection', async () => {
    let sentBytes = 0;
    const closed = new Promise<void>((resolve) => {
      receiver.behave([
        (answer) => {
          answer.writeHead(200);
          const pour = (): void => {
            while (!answer.destroyed) {
              sentBytes += 16_384;
              if (!answer.write(Buffer.alloc(16_384))) break;
            }
          };
          answer.on('drain', pour).on('close', resolve);
          pour();
        },
      ]);
    });
    expect(await sender({ timeoutMs: 10_000 }).send(request(receiver.url()))).toEqual({
      kind: 'answered',
      httpStatus: 200,
      retryAfter: null,
    });
    await closed;
    // What the two kernels buffered counts as sent; the sender itself took 64 kB.
    expect(sentBytes).toBeLessThan(16 * 1_048_576);
  });

  it('says that the connection was reset', async () => {
    receiver.behave([resets]);
    expect(await sender().send(request(receiver.url()))).toEqual({ kind: 'failed', error: 'connection_reset' });
  });

  it('says that nobody listens', async () => {
    const gone = await HostileReceiver.listen();
    const url = gone.url();
    await gone.close();
    expect(await sender().send(request(url))).toEqual({ kind: 'failed', error: 'connection_refused' });
  });

  it('says that the answer is not HTTP', async () => {
    receiver.behave([speaksNonsense]);
    expect(await sender().send(request(receiver.url()))).toEqual({ kind: 'failed', error: 'invalid_answer' });
  });

  it('says that the other side does not speak TLS', async () => {
    expect(await sender().send(request(receiver.url().replace('http:', 'https:')))).toEqual({
      kind: 'failed',
      error: 'tls_failure',
    });
  });

  it('does not send over plain http unless that is allowed', async () => {
    expect(await sender({ allowHttp: false }).send(request(receiver.url()))).toEqual({
      kind: 'failed',
      error: 'url_not_allowed',
    });
    expect(receiver.received).toEqual([]);
  });

  it('survives a URL that is none', async () => {
    expect(await sender().send(request('http://'))).toEqual({ kind: 'failed', error: 'url_not_allowed' });
  });
});

describe('an attempt that must stay on the public internet', () => {
  const guarded = (addresses: readonly string[][]): { readonly sender: UndiciSender; readonly asked: string[] } => {
    const asked: string[] = [];
    const left = [...addresses];
    return {
      asked,
      sender: sender({
        allowPrivateTargets: false,
        resolveHost: async (hostname) => {
          asked.push(hostname);
          return (left.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
        },
      }),
    };
  };

  it.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00:ec2::254'])(
    'is refused when the name resolves to %s',
    async (address) => {
      const { sender: guardedSender, asked } = guarded([[address]]);
      expect(await guardedSender.send(request(`http://shop.example:${receiver.port}/hook`))).toEqual({
        kind: 'failed',
        error: 'target_not_allowed',
      });
      expect(asked).toEqual(['shop.example']);
      expect(receiver.received).toEqual([]);
    },
  );

  it('is refused when one of several addresses is private', async () => {
    expect(
      await guarded([['8.8.8.8', '127.0.0.1']]).sender.send(request(`http://shop.example:${receiver.port}/`)),
    ).toEqual({ kind: 'failed', error: 'target_not_allowed' });
  });

  it.each(['127.0.0.1', '[::1]', '2130706433', '[::ffff:7f00:1]'])(
    'is refused for the address %s written in the URL',
    async (host) => {
      const { sender: guardedSender, asked } = guarded([]);
      expect(await guardedSender.send(request(`http://${host}:${receiver.port}/hook`))).toEqual({
        kind: 'failed',
        error: 'target_not_allowed',
      });
      expect(asked).toEqual([]);
      expect(receiver.received).toEqual([]);
    },
  );

  it('says that a name has no address', async () => {
    expect(await guarded([[]]).sender.send(request('http://shop.example/'))).toEqual({
      kind: 'failed',
      error: 'dns_failure',
    });
  });

  it('connects to the very address that was checked, and asks for the name once per connection', async () => {
    const asked: string[] = [];
    const open = sender({
      resolveHost: async (hostname) => {
        asked.push(hostname);
        return [{ address: '127.0.0.1', family: 4 }];
      },
    });
    await open.send(request(`http://shop.example:${receiver.port}/hook`));
    // One turn of the event loop, in which the connection becomes free again.
    await new Promise(setImmediate);
    await open.send(request(`http://shop.example:${receiver.port}/hook`));
    expect(receiver.received.map(({ headers }) => headers.host)).toEqual(
      Array(2).fill(`shop.example:${receiver.port}`),
    );
    expect(asked).toEqual(['shop.example']);
  });
});

describe('names for what went wrong', () => {
  it.each([
    [Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }), 'tls_failure'],
    [Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'tls_failure'],
    [new Error('x', { cause: Object.assign(new Error('y'), { code: 'ECONNRESET' }) }), 'connection_reset'],
    [new AggregateError([Object.assign(new Error('y'), { code: 'ECONNREFUSED' })]), 'connection_refused'],
    [new Error('who knows'), 'network_failure'],
  ])('%#', (error, word) => {
    expect(attemptErrorOf(error)).toBe(word);
  });

  it('a server that closes at once is a reset connection', async () => {
    const server = createServer((socket) => {
      socket.end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    expect(await sender().send(request(`http://127.0.0.1:${port}/`))).toEqual({
      kind: 'failed',
      error: 'connection_reset',
    });
    server.close();
  });
});
