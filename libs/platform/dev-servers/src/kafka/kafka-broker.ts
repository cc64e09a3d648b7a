import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { brokerEnvironment, brokerProperties, heapArguments, type BrokerEnvironment } from './broker-settings.js';
import { freePort } from '../free-port.js';
import { prepareKafkaJars } from './kafka-jars.js';

export interface KafkaBrokerOptions {
  /** Made when missing. Holds the log, the settings, the broker's output and its process id. */
  readonly dataDir: string;
  /** A free one when absent. */
  readonly port?: number;
  /** Settings as the container image takes them; those of `docker/kafka.env` when absent. */
  readonly environment?: BrokerEnvironment;
  /** Added to, or in place of, those. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Further listeners by name, each on a free port: `SASL_SSL` and the like. */
  readonly listeners?: Readonly<Record<string, 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL'>>;
  /** Given to the tool that prepares the storage, e.g. users to begin with. */
  readonly formatArguments?: readonly string[];
  readonly startTimeoutMs?: number;
  /** Where the jars are kept between runs. */
  readonly cacheDir?: string;
}

const STOP_TIMEOUT_MS = 15_000;

const LOG_SETTINGS = `
status = error
rootLogger.level = warn
rootLogger.appenderRefs = out
rootLogger.appenderRef.out.ref = out
appenders = out
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %c{1} %m%n
`;

/** A real Apache Kafka of one node (KRaft) as a child process on 127.0.0.1, without containers. */
export class KafkaBroker {
  private child: ChildProcess | undefined;
  private readonly environment: BrokerEnvironment;
  private readonly ports = new Map<string, number>();
  private readonly endChild = (): void => {
    this.child?.kill('SIGKILL');
  };

  private constructor(
    private readonly options: KafkaBrokerOptions,
    readonly port: number,
    private readonly jars: string,
  ) {
    this.environment = options.environment ?? brokerEnvironment();
  }

  /** Resolves when the broker answers. Throws `KafkaBrokerMissing` where Java or the jars cannot be had. */
  static async start(options: KafkaBrokerOptions): Promise<KafkaBroker> {
    const jars = prepareKafkaJars(options.cacheDir);
    mkdirSync(options.dataDir, { recursive: true });
    endAbandonedBroker(pidFileOf(options.dataDir));
    const port = options.port ?? (await freePort());
    writeFileSync(path.join(options.dataDir, 'log4j2.properties'), LOG_SETTINGS);
    const broker = new KafkaBroker(options, port, jars);
    for (const name of ['CONTROLLER', ...Object.keys(options.listeners ?? {})])
      broker.ports.set(name, await freePort());
    writeFileSync(broker.settingsFile, broker.settingsText());
    if (!existsSync(path.join(options.dataDir, 'log'))) broker.format();
    await broker.start();
    return broker;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Where one of the further listeners is. */
  addressOf(listener: string): string {
    return `127.0.0.1:${this.ports.get(listener)}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it again after `stop` or `kill`, on the same port with the same data. */
  async start(): Promise<void> {
    const output = openSync(this.outputFile, 'a');
    const child = spawn(
      'java',
      [
        ...heapArguments(this.environment),
        `-Dlog4j2.configurationFile=${path.join(this.options.dataDir, 'log4j2.properties')}`,
        '-cp',
        `${this.jars}/*`,
        'kafka.Kafka',
        this.settingsFile,
      ],
      {
        stdio: ['ignore', output, output],
        // Not of the terminal's group: ^C ends those who use the broker first, and then the broker.
        detached: true,
      },
    );
    closeSync(output);
    this.child = child;
    if (child.pid !== undefined) writeFileSync(pidFileOf(this.options.dataDir), String(child.pid));
    process.removeListener('exit', this.endChild);
    process.once('exit', this.endChild);
    const deadlineMs = Date.now() + (this.options.startTimeoutMs ?? 60_000);
    while (!(await this.answers())) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the Kafka broker ended at its start; see ${this.outputFile}`);
      if (Date.now() > deadlineMs) {
        await this.kill();
        throw new Error(`the Kafka broker did not answer in time; see ${this.outputFile}`);
      }
      await sleep(100);
    }
  }

  /** Resolves when the broker that was started last has ended, by whose hand it may be. */
  async ended(): Promise<void> {
    const child = this.child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** An orderly stop; a broker that does not end in time is killed. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** As if the machine lost its power, but for what the operating system still writes. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private get settingsFile(): string {
    return path.join(this.options.dataDir, 'server.properties');
  }

  private get outputFile(): string {
    return path.join(this.options.dataDir, 'broker.log');
  }

  private settingsText(): string {
    const { dataDir, listeners = {}, properties } = this.options;
    const protocols = { PLAINTEXT: 'PLAINTEXT', CONTROLLER: 'PLAINTEXT', ...listeners };
    const addresses = new Map([['PLAINTEXT', this.port], ...this.ports]);
    const settings: Record<string, string> = {
      'process.roles': 'broker,controller',
      'node.id': '1',
      'controller.quorum.voters': `1@${this.addressOf('CONTROLLER')}`,
      listeners: [...addresses].map(([name, port]) => `${name}://127.0.0.1:${port}`).join(','),
      'listener.security.protocol.map': Object.entries(protocols)
        .map((pair) => pair.join(':'))
        .join(','),
      'controller.listener.names': 'CONTROLLER',
      'log.dirs': path.resolve(dataDir, 'log'),
      ...brokerProperties(this.environment),
      ...properties,
    };
    return Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
  }

  private format(): void {
    // Kafka's command reads an id that begins with a dash as an option; Kafka's own generator avoids these, too.
    const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
    const { status, stderr, stdout } = spawnSync(
      'java',
      [
        '-cp',
        `${this.jars}/*`,
        'kafka.tools.StorageTool',
        'format',
        '-t',
        clusterId,
        '-c',
        this.settingsFile,
        '--ignore-formatted',
        ...(this.options.formatArguments ?? []),
      ],
      { encoding: 'utf8', timeout: 60_000 },
    );
    if (status !== 0) throw new Error(`the Kafka broker's storage could not be formatted: ${stderr || stdout}`);
  }

  private async answers(): Promise<boolean> {
    const admin = new Kafka({
      brokers: [this.address],
      logLevel: logLevel.NOTHING,
      connectionTimeout: 1_000,
      retry: { retries: 0 },
    }).admin();
    try {
      await admin.connect();
      return (await admin.describeCluster()).brokers.length > 0;
    } catch {
      return false;
    } finally {
      await admin.disconnect();
    }
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    this.child = undefined;
    process.removeListener('exit', this.endChild);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill(signal);
    const overdue = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(overdue);
    rmSync(pidFileOf(this.options.dataDir), { force: true });
  }
}

function pidFileOf(dataDir: string): string {
  return path.join(dataDir, 'broker.pid');
}

/** A process that was killed leaves its broker running; only that very broker is ended. */
function endAbandonedBroker(pidFile: string): void {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(path.dirname(pidFile)))
    process.kill(pid, 'SIGKILL');
  rmSync(pidFile, { force: true });
}
