import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { fastify, type FastifyInstance } from 'fastify';
import { eventually } from '@paymatch/platform-testing';
import { ConnectionGuard, connectionLimits, type ConnectionLimits } from './connection-limits.js';

let server: FastifyInstance | undefined;
const sockets: Socket[] = [];
let running = 0;
let runningMost = 0;
let begun = 0;
/** While it is set, requests for `/slow` wait for it. */
let gate: Promise<void> | undefined;

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
});

async function start(limits: Partial<ConnectionLimits>): Promise<number> {
  [running, runningMost, begun] = [0, 0, 0];
  server = fastify();
  new ConnectionGuard({ ...connectionLimits, ...limits }).install(server);
  server.get('/slow', async () => {
    begun += 1;
    running += 1;
    runningMost = Math.max(runningMost, running);
    await gate;
    running -= 1;
    return 'slow';
  });
  server.get('/large', () => 'x'.repeat(16 * 1_024 * 1_024));
  server.get('/health/live', () => 'ok');
  await server.listen({ port: 0, host: '127.0.0.1' });
  return (server.server.address() as { readonly port: number }).port;
}

async function open(port: number): Promise<{ readonly socket: Socket; text(): string; isClosed(): boolean }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let [text, isClosed] = ['', false];
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.on('close', () => (isClosed = true)).on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, text: () => text, isClosed: () => isClosed };
}

const ask = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const answers = (text: string): number => text.split('HTTP/1.1 200').length - 1;

function closedGate(): () => void {
  let openGate = (): void => undefined;
  gate = new Promise((resolve) => (openGate = resolve));
  return () => {
    gate = undefined;
    openGate();
  };
}

describe('requests of one connection', () => {
  it('are worked on one after the other, and all answered in order', async () => {
    const client = await open(await start({}));
    client.socket.write(ask('/slow').repeat(32));
    await eventually(() => expect(answers(client.text())).toBe(32));
    expect(runningMost).toBe(1);
  });

  it('cut the connection when more of them wait than may, and nothing more is worked on', async () => {
    const openGate = closedGate();
    const client = await open(await start({ pipelinedMax: 8 }));
    client.socket.write(ask('/slow').repeat(1_000));
    await eventually(() => expect(client.isClosed()).toBe(true));
    openGate();
    await eventually(() => expect(running).toBe(0));
    expect(begun).toBe(1);
  });

  it('wait while an answer lies unread, and cut the connection when it lies too long', async () => {
    const port = await start({ unreadMs: 500 });
    const client = await open(port);
    client.socket.pause();
    client.socket.write(ask('/large') + ask('/slow'));
    const other = await open(port);
    other.socket.write(ask('/slow'));
    await eventually(() => expect(answers(other.text())).toBe(1));
    client.socket.on('close', () => undefined).resume();
    await eventually(() => expect(client.isClosed() || client.text().length > 16_000_000).toBe(true));
  });
});

describe('all connections together', () => {
  it('have so many requests under way and no more; whether the process is alive is always answered', async () => {
    const openGate = closedGate();
    const port = await start({ inFlightMax: 2 });
    const busy = [await open(port), await open(port)];
    for (const { socket } of busy) socket.write(ask('/slow'));
    await eventually(() => expect(running).toBe(2));
    const late = await open(port);
    late.socket.write(ask('/slow'));
    await eventually(() => expect(late.text()).toContain('HTTP/1.1 503'));
    late.socket.write(ask('/health/live'));
    await eventually(() => expect(answers(late.text())).toBe(1));
    openGate();
    await eventually(() => expect(busy.map(({ text }) => answers(text()))).toEqual([1, 1]));
    late.socket.write(ask('/slow'));
    await eventually(() => expect(answers(late.text())).toBe(2));
  });

  it('keep so many bytes unread and no more: whoever has waited longest is cut off', async () => {
    const port = await start({ unreadBytesMax: 40 * 1_024 * 1_024 });
    const clients: Awaited<ReturnType<typeof open>>[] = [];
    for (let index = 0; index < 4; index += 1) {
      const client = await open(port);
      client.socket.pause();
      client.socket.write(ask('/large'));
      clients.push(client);
      await eventually(() => expect(server!.server.listening).toBe(true));
    }
    for (const { socket } of clients) socket.resume();
    await eventually(() =>
      expect(clients.every(({ isClosed, text }) => isClosed() || text().length > 16_000_000)).toBe(true),
    );
    expect(clients.filter(({ isClosed }) => isClosed()).length).toBeGreaterThanOrEqual(2);
  });
});

describe('a server that stops', () => {
  it('waits for no connection that never asked anything, nor for one that was just answered', async () => {
    const port = await start({});
    const unasked = await open(port);
    const openGate = closedGate();
    const client = await open(port);
    client.socket.write(ask('/slow'));
    await eventually(() => expect(running).toBe(1));
    // An answer that begins before the stop and ends after it says nothing of the connection's end.
    const closed = server!.close();
    openGate();
    await closed;
    expect(answers(client.text())).toBe(1);
    await eventually(() => expect([unasked.isClosed(), client.isClosed()]).toEqual([true, true]));
  });
});
