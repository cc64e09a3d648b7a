import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@paymatch/platform-observability';

export const stormSecret = 'a secret of at least thirty-two characters';

/**
 * A clock that all processes share and that runs faster than real time, so that a schedule of hours passes in seconds.
 */
export function fasterClock({ epochMs, speed }: { readonly epochMs: number; readonly speed: number }): Clock {
  return { nowMs: () => Math.floor(epochMs + (Date.now() - epochMs) * speed) };
}

/**
 * How long a process lives: so long at least, and until so many more requests were heard, however slow the machine is.
 */
export interface Life {
  readonly ms: number;
  readonly requests: number;
  readonly heardCount: () => number;
}

/** A dispatcher process that is killed again and again in the middle of its work, and started anew. */
export class StormProcess {
  killCount = 0;
  private child: ChildProcess | undefined;
  private running: Promise<void> | undefined;
  private isOver = false;

  constructor(private readonly args: readonly string[]) {}

  start(life: Life): void {
    this.running = this.run(life);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    this.child?.kill('SIGKILL');
    await this.running;
  }

  private async run(life: Life): Promise<void> {
    // Built before the tests run; a process cannot be given sources.
    const file = path.resolve(__dirname, '../../dist/testing/storm-process.js');
    while (!this.isOver) {
      const child = spawn(process.execPath, [file, ...this.args], { stdio: ['pipe', 'ignore', 'inherit'] });
      this.child = child;
      const exited = once(child, 'exit');
      const diesAtCount = life.heardCount() + life.requests;
      await Promise.race([sleep(life.ms, undefined, { ref: false }), exited]);
      while (!this.isOver && child.exitCode === null && life.heardCount() < diesAtCount) await sleep(5);
      if (this.isOver) child.kill('SIGKILL');
      else this.killCount += child.kill('SIGKILL') ? 1 : 0;
      await exited;
    }
  }
}

export interface Heard {
  readonly endpoint: string;
  readonly eventId: string;
  readonly paymentId: string;
  readonly sequence: number;
  readonly isAccepted: boolean;
}

/**
 * Five shops in one server; each request fails with a chance of one in ten, in one of three ways. Remembers what it
 * heard, in order.
 */
export class StormReceiver {
  readonly heard: Heard[] = [];
  /** Bodies by event: the same at every attempt and at every endpoint. */
  readonly bodies = new Map<string, string>();
  /** Events whose body or id changed between two attempts. */
  readonly changed = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly random: () => number,
  ) {}

  static async listen(random: () => number): Promise<StormReceiver> {
    const server = createServer();
    const receiver = new StormReceiver(server, random);
    server.on('request', (request: IncomingMessage, answer: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => receiver.take(request, Buffer.concat(chunks).toString('utf8'), answer));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  url(endpoint: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${endpoint}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private take(request: IncomingMessage, body: string, answer: ServerResponse): void {
    const { id, sequence, data } = JSON.parse(body) as { id: string; sequence: number; data: { id: string } };
    const known = this.bodies.get(id);
    if ((known !== undefined && known !== body) || request.headers['webhook-id'] !== id) this.changed.add(id);
    this.bodies.set(id, body);
    const isAccepted = this.random() >= 0.1;
    this.heard.push({ endpoint: request.url!.slice(1), eventId: id, paymentId: data.id, sequence, isAccepted });
    if (isAccepted) answer.writeHead(200).end('ok');
    else this.fail(answer);
  }

  private fail(answer: ServerResponse): void {
    const way = this.random();
    if (way < 0.4) answer.writeHead(500).end('no');
    else if (way < 0.8) answer.writeHead(503).end('later');
    else answer.socket?.resetAndDestroy();
  }
}
