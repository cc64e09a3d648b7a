import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@paymatch/platform-dev-servers';
import { RunningCluster } from '../running-cluster.js';
import type { Part } from './fault-kinds.js';
import { Link } from './link.js';
import { forget, pidIn, postmasterOf, SmallDisk, untilListening, withChildren } from './processes.js';
import { Clocks, makeStranger, type LinkOfClient, type Subject } from './subject.js';

const BACK_MS = 60_000;
/** The roles by which services come to the database. */
const roles: Readonly<Record<string, string>> = {
  payments: 'payments',
  'sms-matching': 'sms_matching',
  'webhook-dispatch': 'webhook_dispatch',
  'api-gateway': 'gateway',
};

interface Place {
  readonly folder: string;
  readonly dataDir: string;
  readonly disks: ReadonlyMap<string, SmallDisk | string>;
  readonly receiverPort: number;
}

interface Links {
  readonly clients: Link;
  readonly receivers: Link;
  readonly postgres: Link;
  readonly kafka: Link;
}

/** docker-compose.yml as processes over Kafka, with proxies on every way between its parts. */
export class ClusterSubject implements Subject {
  readonly target = 'cluster';

  private constructor(
    private readonly cluster: RunningCluster,
    private readonly made: {
      readonly links: Links;
      readonly ports: { readonly postgres: number; readonly kafka: number };
      readonly clocks: Clocks;
      readonly disks: ReadonlyMap<string, SmallDisk | string>;
      readonly folder: string;
    },
    private readonly secrets: { readonly postgres: string; readonly stranger: string },
  ) {}

  static async start(receiverPort: number): Promise<ClusterSubject> {
    const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-chaos-'));
    const dataDir = path.join(folder, 'data');
    const disks = new Map<string, SmallDisk | string>(
      ['postgres', 'kafka'].map((name) => {
        mkdirSync(path.join(dataDir, name), { recursive: true });
        return [name, SmallDisk.mount(path.join(dataDir, name), '3g')];
      }),
    );
    try {
      return await ClusterSubject.startIn({ folder, dataDir, disks, receiverPort });
    } catch (error) {
      forget(folder, [...disks.values()]);
      throw error;
    }
  }

  private static async startIn({ folder, dataDir, disks, receiverPort }: Place): Promise<ClusterSubject> {
    const clocks = new Clocks(path.join(folder, 'clock'));
    const ports = { postgres: await freePort(), kafka: await freePort() };
    let proxyPort = 0;
    const open = (protocol: 'http' | 'postgres' | 'kafka', port: () => number): Promise<Link> =>
      Link.open({ protocol, target: () => ({ host: '127.0.0.1', port: port() }) });
    const links = {
      clients: await open('http', () => proxyPort),
      receivers: await open('http', () => receiverPort),
      postgres: await open('postgres', () => ports.postgres),
      kafka: await open('kafka', () => ports.kafka),
    };
    const [secret, postgres] = [randomBytes(32).toString('hex'), randomBytes(16).toString('hex')];
    const cluster = await RunningCluster.start(
      {},
      {
        ...clocks.environment,
        PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX: '100000',
        PAYMATCH_SECRET: secret,
        POSTGRES_PASSWORD: postgres,
      },
      { dataDir, args: waysOf(ports, links) },
    );
    proxyPort = Number(new URL(cluster.demo.baseUrl).port);
    const stranger = await makeStranger({
      PAYMATCH_SECRET: secret,
      PAYMATCH_DATABASE_PASSWORD: postgres,
      DATABASE_URL: `postgres://postgres@127.0.0.1:${ports.postgres}/paymatch`,
    });
    return new ClusterSubject(cluster, { links, ports, clocks, disks, folder }, { postgres, stranger });
  }

  get demo(): Subject['demo'] {
    return { ...this.cluster.demo, baseUrl: `http://127.0.0.1:${this.made.links.clients.port}` };
  }
  get strangersKey(): string {
    return this.secrets.stranger;
  }
  get databaseUrl(): string {
    return `postgres://postgres:${this.secrets.postgres}@127.0.0.1:${this.made.ports.postgres}/paymatch`;
  }
  get broker(): string {
    return `127.0.0.1:${this.made.ports.kafka}`;
  }

  pidsOf(part: Part): readonly number[] {
    const { dataDir } = this.cluster;
    if (part === 'postgres') {
      const { pid } = postmasterOf(path.join(dataDir, 'postgres'));
      return pid === null ? [] : withChildren(pid);
    }
    if (part !== 'kafka') return this.cluster.pids(part).filter((pid) => isService(pid, part));
    const pid = pidIn(path.join(dataDir, 'kafka/broker.pid'));
    return pid === null ? [] : [pid];
  }

  /** Services are started again by the cluster's runner: what that takes is theirs. */
  async isBack(part: Part): Promise<void> {
    if (part === 'postgres' || part === 'kafka') await untilListening(() => this.made.ports[part], BACK_MS);
  }

  linkOf(part: Part): LinkOfClient {
    const { links } = this.made;
    if (part === 'client-gateway') return { link: links.clients, client: 'any' };
    if (part === 'dispatcher-receiver') return { link: links.receivers, client: 'any' };
    const [, service = '', server] = /^(.*)-(postgres|kafka)$/.exec(part) ?? [];
    return server === 'kafka'
      ? { link: links.kafka, client: service }
      : { link: links.postgres, client: roles[service] ?? part };
  }

  diskOf(part: Part): SmallDisk | string {
    return this.made.disks.get(part) ?? `${part} has no disk`;
  }

  setClock(part: Part, aheadMs: number): void {
    this.made.clocks.set(part, aheadMs);
  }

  log(): string {
    const logs = this.logs().map(({ name, text }) => `== ${name}\n${text.slice(-100_000)}`);
    return [this.cluster.log, ...logs].join('\n');
  }

  hasLogged(words: string): boolean {
    return this.logs().some(({ text }) => text.includes(words));
  }

  private logs(): readonly { readonly name: string; readonly text: string }[] {
    const folder = path.join(this.cluster.dataDir, 'logs');
    return readdirSync(folder).map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    await Promise.all(Object.values(this.made.links).map((link) => link.close()));
    forget(this.made.folder, [...this.made.disks.values()]);
  }
}

function waysOf(ports: { readonly postgres: number; readonly kafka: number }, links: Links): readonly string[] {
  return [
    '--way',
    `postgres=${ports.postgres}:${links.postgres.port}`,
    '--way',
    `kafka=${ports.kafka}:${links.kafka.port}`,
  ];
}

/** A pid may have gone to somebody else since it was written down. */
function isService(pid: number, service: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`apps/${service}/dist/main.js`);
  } catch {
    return false;
  }
}
