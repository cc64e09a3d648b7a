import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Link } from './link.js';
import { untilFirst } from './until-first.js';

/** A server that says everything back, and ends when it was told all. */
async function echo(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a way that can be hurt', () => {
  let server: Server;
  let link: Link;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    server = await echo();
    const { port } = server.address() as AddressInfo;
    link = await Link.open({ protocol: 'http', target: () => ({ host: '127.0.0.1', port }) });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await link.close();
    server.close();
    await once(server, 'close');
  });

  async function open(): Promise<Socket> {
    const socket = connect(link.port, '127.0.0.1');
    sockets.push(socket);
    // What is cut says so by an error; that it is closed is what is waited for.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }
  async function said(socket: Socket, text: string): Promise<string> {
    socket.write(text);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    return chunk.toString();
  }

  it('carries what is sent, in order, also when it comes late', async () => {
    const socket = await open();
    expect(await said(socket, 'one')).toBe('one');
    const end = link.begin('any', { delayMs: 50, kilobytesPerSecond: 8 });
    expect(await said(socket, 'two')).toBe('two');
    end();
    let back = '';
    socket.on('data', (chunk: Buffer) => (back += chunk.toString()));
    const all = Array.from({ length: 500 }, (_, index) => `${index};`).join('');
    for (const part of all.match(/.{1,7}/gs)!) socket.write(part);
    socket.end();
    await once(socket, 'close');
    expect(back).toBe(all);
  });

  it('lets nothing pass while it stands still, and everything afterwards', async () => {
    const socket = await open();
    await said(socket, 'one');
    const end = link.begin('any', { isStalled: true });
    let back = '';
    socket.on('data', (chunk: Buffer) => (back += chunk.toString()));
    socket.write('two');
    const other = await open();
    other.write('three');
    expect(back).toBe('');
    end();
    while (back !== 'two') await once(socket, 'data');
  });

  it('cuts connections of the client that is meant, and refuses new ones while it is closed', async () => {
    const socket = await open();
    await said(socket, 'one');
    expect(link.cut('somebody else')).toBe(0);
    const end = link.begin('any', { isClosed: true });
    expect(link.cut('any')).toBe(1);
    await untilFirst(socket, ['close']);
    const refused = connect(link.port, '127.0.0.1').on('error', () => undefined);
    await untilFirst(refused, ['close']);
    end();
    expect(await said(await open(), 'two')).toBe('two');
  });

  it('tells the server that all was said, and goes on to carry what the server says', async () => {
    const socket = await open();
    await said(socket, 'one');
    const ended = once(socket, 'end');
    expect(link.halfClose('any')).toBe(1);
    socket.resume();
    await ended;
  });

  it('outlives being cut in the middle of what is sent', async () => {
    const socket = await open();
    socket.write(Buffer.alloc(4_000_000));
    const closed = untilFirst(socket, ['close']);
    link.cut('any');
    await closed;
    expect(await said(await open(), 'two')).toBe('two');
  });
});
