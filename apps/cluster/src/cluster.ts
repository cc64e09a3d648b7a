import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import type { EmbeddedPostgres } from '@paymatch/platform-postgres';
import { ComposeError } from './compose-error.js';
import type { ComposeService } from './compose-file.js';
import { startBroker, type RunningBroker } from './kafka-stand-in.js';
import { LocalProcess } from './local-process.js';
import { LocalProxy } from './local-proxy.js';
import { startPostgres } from './stand-ins.js';

export interface ClusterOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly services: readonly ComposeService[];
  readonly scale: ReadonlyMap<string, number>;
  readonly proxyPort: number;
  readonly onLine: (line: string) => void;
}

/** Where the running parts are, for people and for tests that hurt them. */
export interface ClusterState {
  readonly proxyUrl: string;
  readonly postgres: { readonly pid: number; readonly port: number };
  readonly kafka: { readonly pid: number; readonly port: number };
  readonly instances: readonly {
    readonly service: string;
    readonly index: number;
    readonly port: number;
    readonly pid: number | null;
    readonly logFile: string;
  }[];
}

interface Instance {
  readonly service: string;
  readonly index: number;
  readonly port: number;
  readonly process: LocalProcess;
  readonly logFile: string;
}

/** The compose file's services as local processes, in the order their dependencies ask for. */
export class Cluster {
  private readonly started = new Map<string, Promise<void>>();
  private readonly instances: Instance[] = [];
  private postgres: EmbeddedPostgres | undefined;
  private kafka: RunningBroker | undefined;
  private proxy: LocalProxy | undefined;
  private proxyUrl = '';

  constructor(private readonly options: ClusterOptions) {
    for (const name of options.scale.keys())
      if (!options.services.some((service) => service.name === name))
        throw new ComposeError(`--scale ${name}: the compose file has no such service`);
    mkdirSync(this.logDir, { recursive: true, mode: 0o700 });
  }

  async start(): Promise<ClusterState> {
    await Promise.all(this.options.services.map((service) => this.ensure(service.name)));
    return this.saveState();
  }

  state(): ClusterState {
    if (!this.postgres || !this.kafka) throw new Error('the cluster has not been started');
    return {
      proxyUrl: this.proxyUrl,
      postgres: { pid: this.postgres.pid, port: this.postgres.port },
      kafka: { pid: this.kafka.pid, port: this.kafka.port },
      instances: this.instances.map(({ service, index, port, process, logFile }) => ({
        service,
        index,
        port,
        pid: process.pid,
        logFile,
      })),
    };
  }

  /** Written after the start and again while running, since a restarted instance has a new pid. */
  saveState(): ClusterState {
    const state = this.state();
    writeFileSync(path.join(this.options.dataDir, 'cluster.json'), `${JSON.stringify(state, null, 2)}\n`, {
      mode: 0o600,
    });
    return state;
  }

  /** One instance after the other, as a rolling restart: each is healthy before the next one goes. */
  async rollingRestart(): Promise<void> {
    for (const instance of this.instances) {
      if (instance.port !== 0) await instance.process.replace();
      this.saveState();
    }
  }

  /** The reverse of the start. */
  async stop(): Promise<void> {
    await this.proxy?.close();
    await Promise.all(this.instances.map((instance) => instance.process.stop()));
    await this.kafka?.stop();
    await this.postgres?.stop();
  }

  private get logDir(): string {
    return path.join(this.options.dataDir, 'logs');
  }

  private ensure(name: string): Promise<void> {
    let start = this.started.get(name);
    if (!start) {
      const service = this.options.services.find((candidate) => candidate.name === name)!;
      start = this.bringUp(service);
      this.started.set(name, start);
    }
    return start;
  }

  private async bringUp(service: ComposeService): Promise<void> {
    await Promise.all(service.dependsOn.map((dependency) => this.ensure(dependency.service)));
    if (service.buildTarget !== null) return this.runInstances(service);
    const [image] = (service.image ?? '').split(':');
    if (image === 'postgres') this.postgres = await startPostgres(service, path.join(this.options.dataDir, 'postgres'));
    else if (image === 'apache/kafka')
      this.kafka = await startBroker(service, path.join(this.options.dataDir, 'kafka'));
    else if (image === 'caddy') await this.startProxy();
    else throw new ComposeError(`services.${service.name}: nothing here stands in for image ${service.image}`);
    this.options.onLine(`${service.name} | running`);
  }

  private async startProxy(): Promise<void> {
    this.proxy = new LocalProxy(() =>
      this.instances
        .filter((instance) => instance.service === 'api-gateway')
        .map((instance) => `http://127.0.0.1:${instance.port}`),
    );
    this.proxyUrl = await this.proxy.listen(this.options.proxyPort);
  }

  private async runInstances(service: ComposeService): Promise<void> {
    const isOneShot = this.options.services.some((other) =>
      other.dependsOn.some(
        (dependency) =>
          dependency.service === service.name && dependency.condition === 'service_completed_successfully',
      ),
    );
    const count = isOneShot ? 1 : (this.options.scale.get(service.name) ?? 1);
    await Promise.all(
      Array.from({ length: count }, async (_, position) => {
        const instance = await this.createInstance(service, position + 1, isOneShot);
        instance.process.start();
        if (!isOneShot) return instance.process.healthy();
        const code = await instance.process.completed();
        if (code !== 0) throw new ComposeError(`${service.name} ended with exit code ${code}; see ${instance.logFile}`);
      }),
    );
  }

  private async createInstance(service: ComposeService, index: number, isOneShot: boolean): Promise<Instance> {
    const port = isOneShot ? 0 : await freePort();
    const logFile = path.join(this.logDir, `${service.name}-${index}.log`);
    const environment = this.localEnvironment(service, port);
    const instance: Instance = {
      service: service.name,
      index,
      port,
      logFile,
      process: new LocalProcess({
        service,
        index,
        environment,
        cwd: this.options.root,
        logFile,
        onLine: this.options.onLine,
      }),
    };
    this.instances.push(instance);
    return instance;
  }

  /** The file's own environment; only names and ports of the containers' network become those of this machine. */
  private localEnvironment(service: ComposeService, port: number): Readonly<Record<string, string>> {
    const addresses = new Map<string, string>();
    if (this.postgres) addresses.set('postgres:5432', `127.0.0.1:${this.postgres.port}`);
    if (this.kafka) addresses.set('kafka:9092', `127.0.0.1:${this.kafka.port}`);
    const entries = Object.entries(service.environment).map(([name, value]) => {
      if (name === 'PORT') return [name, String(port)] as const;
      if (name === 'PAYMATCH_HOST') return [name, '127.0.0.1'] as const;
      if (name !== 'DATABASE_URL' && name !== 'PAYMATCH_KAFKA_BROKERS') return [name, value] as const;
      return [name, value.replace(/[a-z][a-z0-9-]*:\d+/g, (address) => addresses.get(address) ?? address)] as const;
    });
    return Object.fromEntries(entries);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
