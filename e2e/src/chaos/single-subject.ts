import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { freePort } from '@paymatch/platform-dev-servers';
import { RunningGateway } from '../running-gateway.js';
import type { Part } from './fault-kinds.js';
import { Link } from './link.js';
import { forget, postmasterOf, SmallDisk, untilListening, withChildren } from './processes.js';
import { Clocks, makeStranger, type LinkOfClient, type Subject } from './subject.js';

const BACK_MS = 30_000;
const WATCH_MS = 100;
const environment = { PAYMATCH_LOG_LEVEL: 'warn', PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX: '100000' };

interface Place {
  readonly folder: string;
  readonly dataDir: string;
  readonly disk: SmallDisk | string;
  readonly receiverPort: number;
}

/** Everything in one process on its embedded PostgreSQL; what a supervisor does when it ends is done here. */
export class SingleSubject implements Subject {
  readonly target = 'single';
  readonly broker = null;
  private isStopping = false;
  private readonly kept: Promise<void>;
  private readonly logs: string[] = [];

  private constructor(
    private gateway: RunningGateway,
    readonly demo: Subject['demo'],
    private readonly made: {
      readonly folder: string;
      readonly env: Readonly<Record<string, string>>;
      readonly clocks: Clocks;
      readonly disk: SmallDisk | string;
      readonly clients: Link;
      readonly receivers: Link;
    },
    readonly strangersKey: string,
  ) {
    this.kept = this.keepUp();
  }

  static async start(receiverPort: number): Promise<SingleSubject> {
    const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-chaos-'));
    const dataDir = path.join(folder, 'data');
    mkdirSync(dataDir);
    const disk = SmallDisk.mount(dataDir, '4g');
    try {
      return await SingleSubject.startIn({ folder, dataDir, disk, receiverPort });
    } catch (error) {
      forget(folder, [disk]);
      throw error;
    }
  }

  private static async startIn({ folder, dataDir, disk, receiverPort }: Place): Promise<SingleSubject> {
    const clocks = new Clocks(path.join(folder, 'clock'));
    const port = await freePort();
    const env = { PORT: String(port), ...environment, ...clocks.environment };
    const gateway = await RunningGateway.start({ dataDir, env });
    const clients = await Link.open({ protocol: 'http', target: () => ({ host: '127.0.0.1', port }) });
    const receivers = await Link.open({
      protocol: 'http',
      target: () => ({ host: '127.0.0.1', port: receiverPort }),
    });
    const demo = { ...gateway.demo, baseUrl: `http://127.0.0.1:${clients.port}` };
    const strangersKey = await makeStranger({ PAYMATCH_DATA: dataDir });
    return new SingleSubject(gateway, demo, { folder, env, clocks, disk, clients, receivers }, strangersKey);
  }

  get databaseUrl(): string {
    const url = findEmbeddedPostgres(this.dataDir);
    if (url === null) throw new Error('the embedded PostgreSQL does not run');
    return url;
  }

  pidsOf(part: Part): readonly number[] {
    if (part === 'gateway') return this.gateway.hasEnded ? [] : [this.gateway.pid];
    const { pid } = postmasterOf(this.dataDir);
    return pid === null ? [] : withChildren(pid);
  }

  /** The gateway is started at once, and what it takes to come up is its own time. */
  async isBack(part: Part): Promise<void> {
    if (part === 'postgres') await untilListening(() => postmasterOf(this.dataDir).port, BACK_MS);
  }

  /** Starts the gateway again whenever it has ended, until it comes up. */
  private async keepUp(): Promise<void> {
    for (; !this.isStopping; await sleep(WATCH_MS)) {
      if (!this.gateway.hasEnded) continue;
      this.logs.push(this.gateway.log.slice(-20_000));
      try {
        this.gateway = await RunningGateway.start({ dataDir: this.dataDir, env: this.made.env });
      } catch (error) {
        // As under a supervisor: what did not come up, on a full disk for one, is started once more.
        this.logs.push(String(error));
      }
    }
  }

  linkOf(part: Part): LinkOfClient {
    return { link: part === 'client-gateway' ? this.made.clients : this.made.receivers, client: 'any' };
  }

  diskOf(): SmallDisk | string {
    return this.made.disk;
  }

  setClock(_part: Part, aheadMs: number): void {
    this.made.clocks.set('standalone', aheadMs);
  }

  log(): string {
    return [...this.logs, this.gateway.log].join('\n');
  }

  hasLogged(words: string): boolean {
    return this.log().includes(words);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.kept;
    await this.gateway.stop();
    await Promise.all([this.made.clients.close(), this.made.receivers.close()]);
    forget(this.made.folder, [this.made.disk]);
  }

  private get dataDir(): string {
    return this.gateway.dataDir;
  }
}
