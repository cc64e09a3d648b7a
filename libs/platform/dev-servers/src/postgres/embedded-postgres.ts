import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.js';
import { findBinaries, type Binaries } from './embedded-postgres-binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import {
  embeddedUrl,
  initialise,
  prepareFolder,
  readPassword,
  refuseOtherMajor,
  socketFolder,
} from './embedded-postgres-folder.js';
import {
  hasLivingOwner,
  layoutOf,
  readPostmaster,
  releaseOwnership,
  signalQuietly,
  stopAbandonedServer,
  stopServer,
  takeOwnership,
  type Layout,
} from './embedded-postgres-process.js';

export interface EmbeddedPostgresOptions {
  /** Made when missing. Holds the cluster, its password and the server's log. */
  readonly dataDir: string;
  /** A free one when absent. */
  readonly port?: number;
  /** `false` trades every promise about crashes for speed: for tests only. */
  readonly durable: boolean;
  /** Recovery after a crash counts too. */
  readonly startTimeoutMs?: number;
}

export interface EmbeddedPostgres {
  /** With the password in it: never to be logged. */
  readonly url: string;
  readonly port: number;
  /** The server's process; changes when it had to be started again. */
  readonly pid: number;
  stop(): Promise<void>;
}

const LOG_KEPT_BYTES = 5_000_000;
const PORT_ATTEMPTS_MAX = 5;
const RESTART_DELAY_MS = 200;
const RESTART_DELAY_MAX_MS = 2_000;

const COMMON_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '8MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  // Group commit writes a few hundred rows at a time: room in the log buffer, and checkpoints far apart and spread out.
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  autovacuum: 'on',
  autovacuum_naptime: '15s',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
};
const DURABLE_SETTINGS = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  io_method: 'sync',
  log_min_messages: 'fatal',
};

/**
 * Starts the PostgreSQL that came with `npm install` on 127.0.0.1; makes its data folder when new, and recovers it
 * after a crash.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const layout = layoutOf(options.dataDir);
  prepareFolder(layout, binaries);
  takeOwnership(layout);
  try {
    refuseOtherMajor(layout, binaries);
    await stopAbandonedServer(layout);
    if (!existsSync(layout.cluster)) await initialise(layout, binaries, options.durable);
    const server = new Server(binaries, layout, options);
    await server.start();
    return server;
  } catch (error) {
    releaseOwnership(layout);
    throw error;
  }
}

/** With the password in it: never to be logged. `null` when no server runs in `dataDir`. */
export function findEmbeddedPostgres(dataDir: string): string | null {
  const layout = layoutOf(dataDir);
  const postmaster = hasLivingOwner(layout) ? readPostmaster(layout) : null;
  return postmaster?.isReady ? embeddedUrl(layout, postmaster.port, readPassword(layout)) : null;
}

/** Ends the server in `dataDir` if its owner was killed; returns whether nobody uses that folder now. */
export async function stopAbandonedPostgres(dataDir: string): Promise<boolean> {
  const layout = layoutOf(dataDir);
  if (hasLivingOwner(layout)) return false;
  await stopAbandonedServer(layout);
  return true;
}

class Server implements EmbeddedPostgres {
  #process: ChildProcess | null = null;
  #port: number;
  #isStopping = false;
  #restart: Promise<void> = Promise.resolve();
  readonly #password: string;
  // A process that ends without `stop()` must not leave a server behind; exit handlers cannot wait, a signal is enough.
  readonly #onExit = (): void => {
    if (this.#process?.pid !== undefined) signalQuietly(this.#process.pid, this.options.durable ? 'SIGINT' : 'SIGQUIT');
  };

  constructor(
    private readonly binaries: Binaries,
    private readonly layout: Layout,
    private readonly options: EmbeddedPostgresOptions,
  ) {
    this.#port = options.port ?? 0;
    this.#password = readPassword(layout);
  }

  get url(): string {
    return embeddedUrl(this.layout, this.#port, this.#password);
  }
  get port(): number {
    return this.#port;
  }
  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async start(): Promise<void> {
    const isPortFree = this.options.port === undefined;
    for (let attempt = 1; ; attempt += 1) {
      if (isPortFree) this.#port = await freePort();
      const failure = await this.#launch();
      if (failure === null) break;
      // Somebody may take the free port between asking for it and using it.
      if (!isPortFree || attempt === PORT_ATTEMPTS_MAX || !/could not bind|create any TCP\/IP sockets/.test(failure)) {
        throw new EmbeddedPostgresError(
          `PostgreSQL did not start on port ${this.#port}: ${failure} (more in ${this.layout.logFile})`,
        );
      }
    }
    process.once('exit', this.#onExit);
  }

  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    await this.#restart;
    const pid = this.#process?.pid;
    if (pid !== undefined) await stopServer(pid, this.options.durable ? 'fast' : 'immediate');
    process.removeListener('exit', this.#onExit);
    releaseOwnership(this.layout);
  }

  /** Starts the server once; `null` when it is ready, otherwise why it is not. */
  async #launch(): Promise<string | null> {
    if (existsSync(this.layout.logFile) && statSync(this.layout.logFile).size > LOG_KEPT_BYTES)
      renameSync(this.layout.logFile, `${this.layout.logFile}.1`);
    const log = openSync(this.layout.logFile, 'a', 0o600);
    const logStart = statSync(this.layout.logFile).size;
    const child = this.#spawn(log);
    closeSync(log);
    let ended: string | null = null;
    child.once('error', (error) => {
      ended = error.message;
    });
    child.once('exit', (code, signal) => {
      ended ??= `it ended with ${signal ?? code}`;
    });
    const deadline = Date.now() + (this.options.startTimeoutMs ?? 60_000);
    while (ended === null && Date.now() < deadline) {
      const postmaster = readPostmaster(this.layout);
      if (postmaster?.pid === child.pid && postmaster?.isReady) {
        this.#process = child;
        child.once('exit', () => this.#onUnexpectedExit());
        child.unref();
        return null;
      }
      await sleep(5);
    }
    if (ended === null && child.pid !== undefined) await stopServer(child.pid, 'immediate');
    return (
      complaintIn(readFileSync(this.layout.logFile).subarray(logStart).toString('utf8')) ||
      (ended ?? 'it was not ready in time')
    );
  }

  #spawn(log: number): ChildProcess {
    const settings = {
      ...COMMON_SETTINGS,
      ...(this.options.durable ? DURABLE_SETTINGS : TEST_SETTINGS),
      port: String(this.#port),
      unix_socket_directories: socketFolder(this.layout),
    };
    const { prefix, uid, gid } = this.binaries.launch;
    const [program = this.binaries.postgres, ...args] = [
      ...prefix,
      this.binaries.postgres,
      '-D',
      this.layout.cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    // A session of its own: Ctrl-C in the terminal goes to Node alone, which stops its own work before the database.
    return spawn(program, args, {
      cwd: this.layout.dataDir,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
  }

  /**
   * The server was killed under us: it comes back on the same port, recovered, until it does. Clients reconnect on
   * their own.
   */
  #onUnexpectedExit(): void {
    if (this.#isStopping) return;
    this.#process = null;
    this.#restart = (async () => {
      for (let delayMs = RESTART_DELAY_MS; !this.#isStopping; delayMs = Math.min(delayMs * 2, RESTART_DELAY_MAX_MS)) {
        // Backends of a killed server take a moment to notice; until then a new one is refused.
        if ((await this.#launch()) === null) return;
        await sleep(delayMs);
      }
    })();
  }
}

/** The lines of a server's log that say why it ended, as one line. */
function complaintIn(log: string): string {
  const lines = log
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\S+ \S+ \S+ \[\d+\] /, '').trim());
  const complaints = lines.filter((line) => /^(FATAL|PANIC|ERROR)|could not/.test(line));
  return (complaints.length > 0 ? complaints : lines).slice(-3).join(' | ');
}
