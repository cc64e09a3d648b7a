import { createServer, type AddressInfo, type Server } from 'node:net';
import { refuseUrl } from '@paymatch/webhook-dispatch-domain';
import { UndiciSender } from './undici.sender.js';

const strict = { allowHttp: true, allowPrivateTargets: false };
let trap: Server;
let connectedCount = 0;
const senders: UndiciSender[] = [];

beforeAll(async () => {
  trap = createServer((socket) => {
    connectedCount += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    // All of this machine's addresses, of both families where it has both.
    trap.listen(0, resolve);
  });
});
afterAll(
  () =>
    new Promise((resolve) => {
      trap.close(resolve);
    }),
);
beforeEach(() => {
  connectedCount = 0;
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.close()));
});

const port = (): number => (trap.address() as AddressInfo).port;

/** A sender whose names resolve to these addresses, one set after the other. */
function senderThatResolves(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const left = [...answers];
  const sender = new UndiciSender({
    ...strict,
    timeoutMs: 2_000,
    resolveHost: async (hostname) => {
      asked.push(hostname);
      return (left.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
  });
  senders.push(sender);
  return { asked, send: (url: string) => sender.send({ url, headers: {}, body: Buffer.from('{}') }) };
}

describe('an address that is this machine, its network or its cloud', () => {
  it.each([
    ['plain', '127.0.0.1'],
    ['short', '127.1'],
    ['decimal', '2130706433'],
    ['hexadecimal', '0x7f000001'],
    ['hexadecimal in parts', '0x7f.0x0.0x0.0x1'],
    ['octal', '0177.0.0.1'],
    ['octal as a whole', '017700000001'],
    ['with a trailing dot', '127.0.0.1.'],
    ['percent-encoded', '%31%32%37.0.0.1'],
    ['in full-width digits', '１２７.０.０.１'],
    ['nobody', '0.0.0.0'],
    ['IPv6', '[::1]'],
    ['IPv6 nobody', '[::]'],
    ['v4 mapped into v6', '[::ffff:127.0.0.1]'],
    ['v4 mapped into v6, in hexadecimal', '[::ffff:7f00:1]'],
    ['v4 compatible v6', '[::127.0.0.1]'],
    ['NAT64', '[64:ff9b::127.0.0.1]'],
    ['NAT64 to metadata', '[64:ff9b::a9fe:a9fe]'],
    ['6to4', '[2002:7f00:1::]'],
    ['private', '10.0.0.1'],
    ['metadata', '169.254.169.254'],
    ['metadata as a number', '2852039166'],
    ['metadata mapped into v6', '[::ffff:169.254.169.254]'],
    ['metadata with a trailing dot', '169.254.169.254.'],
    ['metadata of another cloud', '[fd00:ec2::254]'],
    ['metadata at a public address', '168.63.129.16'],
  ])('%s (%s) cannot be set, and would not be connected to', async (_what, host) => {
    const { asked, send } = senderThatResolves();
    expect(refuseUrl(`http://${host}:${port()}/`, strict)).toBe('private_address');
    expect(await send(`http://${host}:${port()}/`)).toEqual({ kind: 'failed', error: 'target_not_allowed' });
    expect(asked).toEqual([]);
    expect(connectedCount).toBe(0);
  });

  it.each([
    'localhost',
    'localhost.',
    'LOCALHOST',
    'a.localhost.',
    'metadata.google.internal',
    'metadata.google.internal.',
  ])('by the name %s cannot be set, and would not be connected to', async (host) => {
    const { send } = senderThatResolves(['127.0.0.1']);
    expect(refuseUrl(`http://${host}:${port()}/`, strict)).toBe('private_address');
    expect(await send(`http://${host}:${port()}/`)).toEqual({ kind: 'failed', error: 'target_not_allowed' });
    expect(connectedCount).toBe(0);
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['metadata', ['169.254.169.254']],
    ['NAT64', ['64:ff9b::7f00:1']],
    ['v4 mapped into v6', ['::ffff:127.0.0.1']],
    ['a public one and a private one', ['8.8.8.8', '127.0.0.1']],
  ])('behind an honest name (%s) is not connected to', async (_what, addresses) => {
    const { send } = senderThatResolves(addresses);
    expect(refuseUrl(`http://shop.example:${port()}/`, strict)).toBeNull();
    expect(await send(`http://shop.example:${port()}/`)).toEqual({ kind: 'failed', error: 'target_not_allowed' });
    expect(connectedCount).toBe(0);
  });

  it('behind a name that flips after the check is not connected to: the socket goes where the check looked, once', async () => {
    // Of the documentation prefix 3fff::/20 (RFC 9637), to which no packet finds a way.
    const { asked, send } = senderThatResolves(['3fff::1'], ['127.0.0.1']);
    const url = `http://shop.example:${port()}/`;
    expect(await send(url)).toMatchObject({ kind: 'failed' });
    expect(asked).toEqual(['shop.example']);
    expect(await send(url)).toEqual({ kind: 'failed', error: 'target_not_allowed' });
    expect(asked).toEqual(['shop.example', 'shop.example']);
    expect(connectedCount).toBe(0);
  });
});
