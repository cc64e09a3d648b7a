import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type EmbeddedPostgres, freePort } from '@paymatch/platform-dev-servers';
import { ComposeError } from './compose-error.js';
import type { ComposeService } from './compose-file.js';
import { startBroker, type RunningBroker } from './kafka-stand-in.js';
import { LocalProcess } from './local-process.js';
import { startPrometheus, type RunningPrometheus } from './prometheus.js';
import { startProxy, type RunningProxy } from './proxy.js';
import { startPostgres } from './stand-ins.js';
import { atWay, type Way } from './way.js';

export interface ClusterOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly services: readonly ComposeService[];
  readonly scale: ReadonlyMap<string, number>;
  readonly proxyPort: number;
  /** Of `postgres` and `kafka`, where somebody stands between them and the services. */
  readonly ways: ReadonlyMap<string, Way>;
  readonly onLine: (line: string) => void;
}

/** Where the running parts are, for people and for tests that hurt them. */
export interface ClusterState {
  /** Of the runner itself: SIGTERM stops the cluster, SIGHUP restarts its instances one after the other. */
  readonly pid: number;
  readonly proxyUrl: string;
  readonly postgres: { readonly pid: number; readonly port: number };
  readonly kafka: { readonly pid: number; readonly port: number };
  readonly instances: readonly {
    readonly service: string;
    readonly index: number;
    readonly host: string;
    readonly port: number;
    readonly pid: number | null;
    readonly logFile: string;
  }[];
}

interface Instance {
  readonly service: string;
  readonly index: number;
  readonly host: string;
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
  private proxy: RunningProxy | undefined;
  private prometheus: RunningPrometheus | null = null;
  /**
   * Where loopback has more than one address, all gateways have one port and each an address of its own, as containers
   * do.
   */
  private gatewayPort: Promise<number> | undefined;

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
    if (!this.postgres || !this.kafka || !this.proxy) throw new Error('the cluster has not been started');
    return {
      pid: process.pid,
      proxyUrl: this.proxy.url,
      postgres: { pid: this.postgres.pid, port: this.postgres.port },
      kafka: { pid: this.kafka.pid, port: this.kafka.port },
      instances: this.instances.map(({ service, index, host, port, process, logFile }) => ({
        service,
        index,
        host,
        port,
        pid: process.pid,
        logFile,
      })),
    };
  }

  /** Written after the start and again while running, since a restarted instance has a new pid. */
  saveState(): ClusterState {
    const state = this.state();
    const file = path.join(this.options.dataDir, 'cluster.json');
    // Beside and then renamed: somebody reads it at any time.
    writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return state;
  }

  /** One instance after the other, as a rolling restart: each is healthy before the next one goes. */
  async rollingRestart(): Promise<void> {
    for (const instance of this.instances) {
      if (instance.port !== 0) await instance.process.replace();
      this.saveState();
    }
  }

  /** After the start: Prometheus with every instance as a target, where this machine has it. */
  async watch(): Promise<void> {
    const running = this.instances.filter(({ port }) => port !== 0);
    const gateway = this.options.services.find(({ name }) => name === 'api-gateway');
    this.prometheus = await startPrometheus({
      root: this.options.root,
      dataDir: path.join(this.options.dataDir, 'prometheus'),
      logFile: path.join(this.logDir, 'prometheus.log'),
      targets: running.map(({ service, host, port }) => ({ service, host, port })),
      token: gateway?.environment.PAYMATCH_METRICS_TOKEN ?? '',
      onLine: this.options.onLine,
    });
  }

  /** The reverse of the start. */
  async stop(): Promise<void> {
    await this.prometheus?.stop();
    await this.proxy?.stop();
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
      start = this.startService(service);
      this.started.set(name, start);
    }
    return start;
  }

  private async startService(service: ComposeService): Promise<void> {
    await Promise.all(service.dependsOn.map((dependency) => this.ensure(dependency.service)));
    if (service.buildTarget !== null) return this.runInstances(service);
    const [image] = (service.image ?? '').split(':');
    const dataDir = path.join(this.options.dataDir, service.name);
    const way = this.options.ways.get(service.name);
    if (image === 'postgres') this.postgres = await startPostgres(service, dataDir, way);
    else if (image === 'apache/kafka')
      this.kafka = await startBroker({ service, dataDir, way, onLine: this.options.onLine });
    else if (image === 'caddy') await this.startProxy(service);
    else throw new ComposeError(`services.${service.name}: nothing here stands in for image ${service.image}`);
    this.options.onLine(`${service.name} | running`);
  }

  private async startProxy(service: ComposeService): Promise<void> {
    const gateways = this.instances.filter((instance) => instance.service === 'api-gateway');
    this.proxy = await startProxy({
      service,
      root: this.options.root,
      dataDir: path.join(this.options.dataDir, service.name),
      logFile: path.join(this.logDir, `${service.name}.log`),
      port: this.options.proxyPort,
      gateways: () => gateways.filter(({ process }) => process.pid !== null),
      onLine: this.options.onLine,
    });
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
    const isGateway = service.name === 'api-gateway' && process.platform === 'linux';
    const host = isGateway ? `127.0.0.${index + 1}` : '127.0.0.1';
    const port = isOneShot ? 0 : await (isGateway ? (this.gatewayPort ??= freePort()) : freePort());
    const logFile = path.join(this.logDir, `${service.name}-${index}.log`);
    const environment = this.localEnvironment(service, host, port);
    const instance: Instance = {
      service: service.name,
      index,
      host,
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
  private localEnvironment(service: ComposeService, host: string, port: number): Readonly<Record<string, string>> {
    const addresses = new Map<string, string>();
    const { ways } = this.options;
    if (this.postgres) addresses.set('postgres:5432', atWay(ways.get('postgres') ?? { byPort: this.postgres.port }));
    if (this.kafka) addresses.set('kafka:9092', atWay(ways.get('kafka') ?? { byPort: this.kafka.port }));
    const entries = Object.entries(service.environment).map(([name, value]) => {
      if (name === 'PORT') return [name, String(port)] as const;
      if (name === 'PAYMATCH_HOST') return [name, host] as const;
      if (name !== 'DATABASE_URL' && name !== 'PAYMATCH_KAFKA_BROKERS') return [name, value] as const;
      return [name, value.replace(/[a-z][a-z0-9-]*:\d+/g, (address) => addresses.get(address) ?? address)] as const;
    });
    return Object.fromEntries(entries);
  }
}
