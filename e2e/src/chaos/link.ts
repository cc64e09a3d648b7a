import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf, type Protocol } from './link-client.js';
import { untilFirst } from './until-first.js';

/** What a way does to what passes. Nothing when all are absent. */
export interface Weather {
  readonly delayMs?: number;
  readonly kilobytesPerSecond?: number;
  /** Nothing passes, and nothing is cut. */
  readonly isStalled?: boolean;
  /** New connections are refused. */
  readonly isClosed?: boolean;
}

/** More than this waits in no direction of a connection; its sender is held back then. */
const HELD_BYTES_MAX = 1_048_576;
const STALL_LOOK_MS = 20;

interface Pair {
  client: string;
  readonly near: Socket;
  readonly far: Socket;
}

export interface LinkOptions {
  readonly protocol: Protocol;
  readonly target: () => { readonly host: string; readonly port: number };
  readonly port?: number;
}

/** A TCP proxy on loopback that can be told to hurt what passes, of one client alone or of all. */
export class Link {
  private readonly pairs = new Set<Pair>();
  private readonly weathers = new Set<{ readonly client: string; readonly weather: Weather }>();

  private constructor(
    private readonly server: Server,
    private readonly options: LinkOptions,
  ) {
    server.on('connection', (near) => this.accept(near));
  }

  static async open(options: LinkOptions): Promise<Link> {
    // Halves of connections close apart: one side may have said all while the other has not.
    const server = createServer({ allowHalfOpen: true });
    const link = new Link(server, options);
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    return link;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** For connections of that client, beside what else there is, until the returned function is called. */
  begin(client: string, weather: Weather): () => void {
    const begun = { client, weather };
    this.weathers.add(begun);
    return () => this.weathers.delete(begun);
  }

  /** Cuts every connection of that client; how many there were. */
  cut(client: string): number {
    const own = this.of(client);
    for (const pair of own) drop(pair);
    return own.length;
  }

  /** Tells the server that the client has said all, though it has not; the connections themselves go on. */
  halfClose(client: string): number {
    const own = this.of(client);
    for (const { far } of own) far.end();
    return own.length;
  }

  async close(): Promise<void> {
    this.weathers.clear();
    for (const pair of this.pairs) drop(pair);
    this.server.close();
    await once(this.server, 'close');
  }

  private of(client: string): readonly Pair[] {
    return [...this.pairs].filter((pair) => pair.client === client);
  }

  private weatherOf(pair: Pair): Weather {
    let found: Weather = {};
    for (const { client, weather } of this.weathers) if (client === pair.client) found = { ...found, ...weather };
    return found;
  }

  private accept(near: Socket): void {
    const far = connect({ ...this.options.target(), allowHalfOpen: true });
    const pair: Pair = { client: clientOf(this.options.protocol, null) ?? '', near, far };
    this.pairs.add(pair);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.forget(pair));
      socket.on('close', () => this.forget(pair));
    }
    if (this.weatherOf(pair).isClosed) return this.forget(pair);
    near.once('data', (first: Buffer) => {
      pair.client = clientOf(this.options.protocol, first) ?? pair.client;
      if (this.weatherOf(pair).isClosed) this.forget(pair);
    });
    this.carry(pair, near, far);
    this.carry(pair, far, near);
  }

  /** One direction, in order; the end comes after all that was sent before. */
  private carry(pair: Pair, from: Socket, to: Socket): void {
    let chain = Promise.resolve();
    let heldBytes = 0;
    from.on('data', (chunk: Buffer) => {
      const arrivedMs = performance.now();
      heldBytes += chunk.length;
      if (heldBytes > HELD_BYTES_MAX) from.pause();
      chain = chain.then(async () => {
        await this.hold(pair, chunk, arrivedMs);
        heldBytes -= chunk.length;
        if (to.destroyed || to.writableEnded) return;
        if (!to.write(chunk)) await untilFirst(to, ['drain', 'close']);
        if (heldBytes <= HELD_BYTES_MAX) from.resume();
      });
    });
    from.on('end', () => {
      chain = chain.then(() => void to.end());
    });
  }

  private async hold(pair: Pair, chunk: Buffer, arrivedMs: number): Promise<void> {
    const { delayMs = 0, kilobytesPerSecond } = this.weatherOf(pair);
    const leftMs = arrivedMs + delayMs - performance.now();
    if (leftMs > 0) await sleep(leftMs);
    if (kilobytesPerSecond !== undefined) await sleep(chunk.length / kilobytesPerSecond);
    while (this.weatherOf(pair).isStalled && !pair.near.destroyed) await sleep(STALL_LOOK_MS);
  }

  private forget(pair: Pair): void {
    this.pairs.delete(pair);
    drop(pair);
  }
}

function drop({ near, far }: Pair): void {
  near.resetAndDestroy();
  far.resetAndDestroy();
}
