import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { WebhookDeliveryView } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import { answers, hangs, HostileReceiver, resets, type Behaviour } from './testing/hostile-receiver.js';
import { fact, snapshot, T0 } from './testing/payment-facts.js';
import { WebhookHarness } from './testing/webhook-harness.js';

const PER_ENDPOINT = 3;
/** Long for a fast receiver even on a busy machine; all that hang do so at the same time. */
const TIMEOUT_MS = 8_000;

let service: WebhookHarness;
let shop: HostileReceiver;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(() => service.close());
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  // Before the dispatchers stop: what hangs there ends now.
  for (const socket of sockets) socket.destroy();
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
        }),
    ),
  );
  await shop.close();
  await service.clear();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Accepts, and never says a word of TLS: the connection is never made. */
const silentPort = (): Promise<number> => listening(createServer());
/** Speaks TLS and has no certificate to show. */
const certlessPort = (): Promise<number> => listening(createTlsServer({}).on('tlsClientError', () => undefined));

const startsAnswer: Behaviour = (answer) => {
  answer.writeHead(200, { 'content-length': '100' }).write('the beginning');
};
const poursForEver: Behaviour = (answer) => {
  answer.writeHead(200);
  const pour = (): void => {
    while (!answer.destroyed && answer.write(Buffer.alloc(16_384)));
  };
  answer.on('drain', pour);
  pour();
};
const takesThirtySeconds: Behaviour = (answer) => {
  const timer = setTimeout(() => answer.writeHead(200).end('at last'), 30_000);
  answer.on('close', () => {
    clearTimeout(timer);
  });
};

interface Animal {
  readonly name: string;
  readonly behaviour?: Behaviour;
  readonly url?: () => Promise<string>;
  /** Of every one of its deliveries after one attempt. */
  readonly status: WebhookDeliveryView['status'];
  readonly httpStatus: number | null;
  readonly error: string | null;
  /** `null`: none is planned. */
  readonly againAfterMs: number | null;
}

const MINUTE = 60_000;
const delivered = { status: 'delivered', httpStatus: 200, error: null, againAfterMs: null } as const;
const refused = { status: 'pending', error: null, againAfterMs: MINUTE } as const;
const failed = { status: 'pending', httpStatus: null, againAfterMs: MINUTE } as const;

const zoo: readonly Animal[] = [
  { name: 'fast', behaviour: answers(200), ...delivered },
  { name: 'thirty-seconds', behaviour: takesThirtySeconds, ...failed, error: 'timeout' },
  { name: 'hangs', behaviour: hangs, ...failed, error: 'timeout' },
  {
    name: 'hangs-at-connect',
    url: async () => `https://127.0.0.1:${await silentPort()}/`,
    ...failed,
    error: 'timeout',
  },
  // The status has come, and with it the answer: the receiver has the webhook.
  { name: 'hangs-in-body', behaviour: startsAnswer, ...delivered },
  { name: 'endless-body', behaviour: poursForEver, ...delivered },
  { name: 'five-hundred', behaviour: answers(500), ...refused, httpStatus: 500 },
  {
    name: 'too-many',
    behaviour: answers(429, { 'retry-after': '600' }),
    ...refused,
    httpStatus: 429,
    againAfterMs: 10 * MINUTE,
  },
  { name: 'redirects', behaviour: answers(301, { location: '/redirects' }), ...refused, httpStatus: 301 },
  { name: 'resets', behaviour: resets, ...failed, error: 'connection_reset' },
  { name: 'bad-tls', url: async () => `https://127.0.0.1:${await certlessPort()}/`, ...failed, error: 'tls_failure' },
];

const completed = (merchantId: string) =>
  fact('payments.payment-completed', snapshot({ merchantId, status: 'completed', version: 3 }));

/** An endpoint of each kind, every one a merchant's own. */
async function houseTheZoo(animals: readonly Animal[]): Promise<void> {
  shop.behave([], (answer, received) => {
    const animal = zoo.find(({ name }) => received.path === `/${name}`);
    (animal?.behaviour ?? answers(410))(answer, received);
  });
  for (const { name, url } of animals)
    await service.setEndpoint(url === undefined ? shop.url(`/${name}`) : await url(), [], name);
}

describe('a zoo of receivers', () => {
  it('gets what each can take, and each of the others its next attempt when the schedule or its answer says', async () => {
    await houseTheZoo(zoo);
    const dispatcher = service.dispatcher({ inFlightMax: 256, sender: service.sender({ timeoutMs: TIMEOUT_MS }) });
    for (const { name } of zoo)
      await dispatcher.sendMade((terms) =>
        service.make(
          Array.from({ length: PER_ENDPOINT }, () => completed(name)),
          terms,
        ),
      );
    for (const { name, status, httpStatus, error, againAfterMs } of zoo) {
      const nextAttemptAt = againAfterMs === null ? null : new Date(T0 + againAfterMs).toISOString();
      const attempts = [expect.objectContaining({ httpStatus, error })];
      await eventually(
        async () =>
          expect({ name, deliveries: await service.deliveries(null, name) }).toEqual({
            name,
            deliveries: Array(PER_ENDPOINT).fill(expect.objectContaining({ status, attempts, nextAttemptAt })),
          }),
        { timeoutMs: 50_000 },
      );
    }
    // A redirect is followed nowhere, not even to where it came from.
    expect(shop.received.filter(({ path }) => path === '/redirects')).toHaveLength(PER_ENDPOINT);
    // Nobody is asked again before the time.
    service.nowMs += MINUTE - 1;
    expect(await service.leasable()).toEqual([]);
  });

  it('holds everything for one that is gone, and tells it nothing more', async () => {
    await houseTheZoo([]);
    await service.setEndpoint(shop.url('/gone'), [], 'gone', { concurrencyMax: 1 });
    const dispatcher = service.dispatcher();
    await dispatcher.sendMade((terms) => service.make([completed('gone')], terms));
    await eventually(async () => (await service.endpoint('gone')).status === 'disabled');
    await dispatcher.sendMade((terms) => service.make([completed('gone')], terms));
    service.nowMs += 86_400_000;
    expect(await service.leasable()).toEqual([]);
    expect((await service.deliveries(null, 'gone')).map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect(shop.received).toHaveLength(1);
  });

  it('lets nobody wait for those that hang: the others have everything while these still hang', async () => {
    const hanging = zoo.filter(({ name }) =>
      ['thirty-seconds', 'hangs', 'hangs-at-connect', 'hangs-in-body'].includes(name),
    );
    const quick = ['fast', 'five-hundred', 'resets', 'redirects', 'bad-tls'];
    await houseTheZoo([...hanging, ...zoo.filter(({ name }) => quick.includes(name))]);
    // Nothing that hangs ends by itself in this test.
    const dispatcher = service.dispatcher({ inFlightMax: 64, sender: service.sender({ timeoutMs: 120_000 }) });
    const counts = new Map([
      ...hanging.map(({ name }) => [name, 50] as const),
      ...quick.map((name) => [name, 40] as const),
    ]);
    for (const [merchantId, count] of counts)
      await dispatcher.sendMade((terms) =>
        service.make(
          Array.from({ length: count }, () => completed(merchantId)),
          terms,
        ),
      );
    const attemptedOf = async (merchantId: string) =>
      (await service.deliveries(null, merchantId)).filter(({ attempts }) => attempts.length > 0).length;
    await eventually(async () => expect(await attemptedOf('fast')).toBe(40), { timeoutMs: 30_000 });
    // One that only fails is tried more and more slowly, and still does not wait for those that hang.
    for (const name of quick.slice(1))
      await eventually(async () => expect(await attemptedOf(name)).toBeGreaterThan(4), { timeoutMs: 30_000 });
    for (const { name } of hanging) expect(await attemptedOf(name)).toBe(0);
    for (const socket of sockets) socket.destroy();
    await shop.close();
    shop = await HostileReceiver.listen();
  });
});
