import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ComposeService } from './compose-file.js';

const restartDelayMs = 200;
const restartDelayMaxMs = 5_000;
/** What ran for so long had come up: its next end is no failed start, and the wait is short again. */
const cameUpMs = 10_000;
const healthPollMs = 100;

export interface LocalProcessOptions {
  readonly service: ComposeService;
  /** 1, 2, … among the instances of one service. */
  readonly index: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logFile: string;
  readonly onLine: (line: string) => void;
}

/**
 * One instance of a service: what a container would run, as a process; restarted and stopped as the compose file says.
 */
export class LocalProcess {
  private child: ChildProcess | null = null;
  private readonly log: WriteStream;
  private isStopping = false;
  private restarts = 0;
  private startedMs = 0;

  constructor(private readonly options: LocalProcessOptions) {
    this.log = createWriteStream(options.logFile, { flags: 'a' });
  }

  get name(): string {
    return `${this.options.service.name}-${this.options.index}`;
  }

  get pid(): number | null {
    return this.child?.exitCode === null && this.child.signalCode === null ? (this.child.pid ?? null) : null;
  }

  start(): void {
    const { service, environment, cwd } = this.options;
    const [command, ...args] = service.command;
    if (command === undefined || (command !== 'node' && !path.isAbsolute(command)))
      throw new Error(`${service.name} runs ${command ?? 'nothing'}; only node commands run as local processes`);
    // A group of its own: ^C comes to the cluster, which stops everything in order.
    const child = spawn(command === 'node' ? process.execPath : command, args, {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...nodeOptions(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child = child;
    this.startedMs = performance.now();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.log.write(chunk);
        for (const line of chunk.toString().split('\n')) if (line !== '') this.options.onLine(`${this.name} | ${line}`);
      });
    }
    child.on('exit', (code, signal) => void this.exited(code, signal));
  }

  private async exited(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.isStopping || !this.options.service.isRestarted) return;
    this.restarts = performance.now() - this.startedMs < cameUpMs ? this.restarts + 1 : 1;
    const delayMs = Math.min(restartDelayMs * 2 ** Math.min(this.restarts - 1, 5), restartDelayMaxMs);
    this.options.onLine(`${this.name} | ended (${signal ?? code}); starting it again in ${delayMs} ms`);
    await sleep(delayMs);
    if (!this.isStopping) this.start();
  }

  /** For one-shot services: resolves with the exit code. */
  async completed(): Promise<number> {
    const child = this.child;
    if (!child) throw new Error(`${this.name} was never started`);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode ?? 1;
  }

  /** Runs the compose file's own health check until it succeeds. */
  async healthy(): Promise<void> {
    const check = this.options.service.healthcheck;
    if (!check) return;
    const deadlineMs = Date.now() + check.startPeriodMs + check.retries * check.intervalMs;
    while (!(await this.isHealthy())) {
      if (this.isStopping) throw new Error(`${this.name} was stopped before it was healthy`);
      if (Date.now() > deadlineMs)
        throw new Error(
          `${this.name} did not become healthy within ${check.startPeriodMs + check.retries * check.intervalMs} ` +
            `ms; see ${this.options.logFile}`,
        );
      await sleep(healthPollMs);
    }
  }

  private async isHealthy(): Promise<boolean> {
    const check = this.options.service.healthcheck!;
    const [command, ...args] = check.command;
    const probe = spawn(command === 'node' ? process.execPath : command!, args, {
      cwd: this.options.cwd,
      env: { PATH: process.env.PATH, ...this.options.environment },
      stdio: 'ignore',
      timeout: check.timeoutMs,
    });
    const [code] = (await once(probe, 'exit')) as [number | null];
    return code === 0;
  }

  /** SIGTERM, then SIGKILL after the grace period. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const child = this.child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const killer = setTimeout(() => child.kill('SIGKILL'), this.options.service.stopGracePeriodMs);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(killer);
    }
    this.log.end();
  }

  /** Stops and starts again, as a new version would be rolled out. */
  async replace(): Promise<void> {
    const child = this.child;
    this.isStopping = true;
    if (child && child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    this.isStopping = false;
    this.start();
    await this.healthy();
  }
}

/** What Node was told for the runner holds for what it runs: whoever tries the services out wants it there. */
function nodeOptions(): Readonly<Record<string, string>> {
  return process.env.NODE_OPTIONS === undefined ? {} : { NODE_OPTIONS: process.env.NODE_OPTIONS };
}
